"""Random passwords and keys that belong to one data folder, in one file that only its owner may read."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

PRIVATE = 0o600
ROOT = 0


def new_password() -> str:
    """43 random characters that need no escaping in a URL."""
    return secrets.token_urlsafe(32)


def secret(*, file: Path, name: str, make: Callable[[], str] = new_password) -> str:
    """The secret called `name`, made and stored the first time it is asked for (call it under the data's lock)."""
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    if name not in known:
        known[name] = make()
        _replace(file, json.dumps(known, indent=1))
    return known[name]


def _replace(file: Path, text: str) -> None:
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    if os.geteuid() == ROOT:  # root may visit an ordinary user's data: that user must still be able to read the file
        folder = file.parent.stat()
        os.chown(half, folder.st_uid, folder.st_gid)
    half.replace(file)
