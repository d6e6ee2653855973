"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream to a file that takes its name only when it is whole and on disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".half")
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        half.chmod(_usual_mode())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    # What a file made in the ordinary way would be readable for; temporary files are for nobody else.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
