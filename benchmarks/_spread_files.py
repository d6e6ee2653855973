"""Listed pairs as arrays in files: each peer spreads them in a process of its own, with nothing else in it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOP = 50
ARRAYS = ("person_start", "job_index", "weight", "places")

Columns = dict[str, NDArray[Any]]


def read_graph(folder: Path) -> Columns:
    """The arrays of `allocate`, by name."""
    return {name: np.load(folder / f"{name}.npy") for name in ARRAYS}


def digest_of(arrays: Columns) -> str:
    """The same for the same market."""
    digest = hashlib.sha256()
    for name in ARRAYS:
        digest.update(arrays[name].tobytes())
    return digest.hexdigest()
