"""The pairs that can be chosen, as arrays: each person's list, and the places of each job."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_PAIRS = 2**31 - 1
MOST_WEIGHT = 10_000


@dataclass(frozen=True, kw_only=True)
class Graph:
    """p pairs of n persons with j jobs. start: (n + 1,). job, weight: (p,). places: (j,) that are still free."""

    start: NDArray[np.int64] = field(hash=False, compare=False)
    job: NDArray[np.int32] = field(hash=False, compare=False)
    weight: NDArray[np.int32] = field(hash=False, compare=False)
    places: NDArray[np.int64] = field(hash=False, compare=False)

    @property
    def persons(self) -> int:
        """How many persons there are, with a list or without."""
        return len(self.start) - 1

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.job)

    def still_open(self, *, proposed: NDArray[np.uint16], left: NDArray[np.int64]) -> Graph:
        """The pairs not proposed yet whose jobs have places left."""
        start = np.empty_like(self.start)
        loops().count_open(self.start, self.job, proposed, left, start)
        if start[-1] == self.pairs:
            return replace(self, places=left.copy())
        job, weight = np.empty(start[-1], dtype=np.int32), np.empty(start[-1], dtype=np.int32)
        loops().keep_open(self.start, self.job, self.weight, proposed, left, start, job, weight)
        return Graph(start=start, job=job, weight=weight, places=left.copy())

    def pairs_of(self, job_of: NDArray[np.int32]) -> NDArray[np.int64]:
        """The pair of each person who has a job in `job_of` (n,), where -1 is none, in the order of persons."""
        pair = np.empty(self.persons, dtype=np.int64)
        loops().find_pairs(self.start, self.job, job_of, pair)
        return pair[pair >= 0]


def checked_graph(*, person_start: Any, job_index: Any, weight: Any, places: Any) -> Graph:
    """The graph of these arrays. Raises `ValueError` for another type, shape or value."""
    _is_row(person_start, name="person_start", kind=np.int64)
    _is_row(job_index, name="job_index", kind=np.int32)
    _is_row(weight, name="weight", kind=np.int32)
    _is_row(places, name="places", kind=np.int64)
    pairs = len(job_index)
    if pairs > MOST_PAIRS:
        raise ValueError(f"{pairs} pairs are more than the {MOST_PAIRS} that can be spread at once")
    if len(person_start) == 0 or person_start[0] != 0 or person_start[-1] != pairs or (np.diff(person_start) < 0).any():
        raise ValueError(f"person_start must rise from 0 to the {pairs} pairs")
    if len(weight) != pairs:
        raise ValueError(f"there are {len(weight)} weights for {pairs} pairs")
    if pairs and (job_index.min() < 0 or job_index.max() >= len(places)):
        raise ValueError(f"job_index holds a position outside the {len(places)} jobs")
    if pairs and (weight.min() < 1 or weight.max() > MOST_WEIGHT):
        raise ValueError(f"a weight is not from 1 to {MOST_WEIGHT}")
    if len(places) and places.min() < 1:
        raise ValueError("a job has no places; it takes at least 1")
    return Graph(start=person_start, job=job_index, weight=weight, places=places)


def _is_row(array: Any, *, name: str, kind: type[np.generic]) -> None:
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype != kind:
        raise ValueError(f"{name} must be one row of {kind.__name__}")


def loops() -> ModuleType:
    """The compiled loops; numba takes a second to load and most of the product never needs it."""
    from jobbro.engines.matching.spread import auction_loops

    return auction_loops
