"""A round kept warm: persons who come one by one get the best there is for all in microseconds."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.bidding import Choice, in_parts, proven
from jobbro.engines.matching.spread.graph import Graph, checked_graph, loops
from jobbro.engines.matching.spread.model import Spread

# An eighth of a weight a bid: at most 0.02 % where a chosen pair weighs 625 or more, and usually a tenth of that.
PARTS = 8
STEP = 1
ROOM = 1024
# Of a job's places no more are kept count of than there are persons and so many more.
MOST_ARRIVALS = 100_000

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Number = TypeVar("Number", bound=np.generic)


class WarmRound:
    """The first round of a spread, open for more persons. Not to be shared between threads."""

    def __init__(
        self, spread: Spread, *, person_start: Longs, job_index: Ints, weight: Ints, places: Longs, per_place: int
    ) -> None:
        """`spread` is what `allocate` said of these arrays. Raises `ValueError` as `allocate`."""
        graph = checked_graph(person_start=person_start, job_index=job_index, weight=weight, places=places)
        self._persons, self._pairs = graph.persons, graph.pairs
        self._start = _with_room(graph.start, more=ROOM)
        self._job, self._weight = _with_room(graph.job, more=ROOM), _with_room(graph.weight, more=ROOM)
        loops().heaviest_first(graph.start, self._job, self._weight)
        self._job_of = _with_room(_first_jobs(spread, graph=graph), more=ROOM, fill=-1)
        self._places = np.minimum(places, graph.persons + MOST_ARRIVALS) * per_place
        self._hold(spread.price)

    @property
    def persons(self) -> int:
        """How many persons there are by now."""
        return self._persons

    def arrive(self, *, job_index: Ints, weight: Ints) -> int:
        """One more person with this list, as in `allocate`: the position of the job they get, -1 for none.

        Others may be moved to another job of their list, or lose theirs to somebody who gains more by it. Raises
        `ValueError` for a list that is none.
        """
        row = checked_graph(
            person_start=np.array([0, len(job_index)], dtype=np.int64),
            job_index=job_index,
            weight=weight,
            places=self._places,
        )
        one = self._append(row)
        state = self._base, self._bid, self._bidder, self._held, PARTS, STEP, self._price, self._job_of
        loops().arrive(one, self._start, self._job, self._weight, *state)
        return int(self._job_of[one])

    def choice(self) -> Choice:
        """Everybody's job by now, its total and the bound that the prices prove."""
        graph = Graph(
            start=self._start[: self._persons + 1],
            job=self._job[: self._pairs],
            weight=self._weight[: self._pairs],
            places=self._places,
        )
        job_of = self._job_of[: self._persons]
        return proven(graph, places=self._places, parts=PARTS, price=self._price, job_of=job_of)

    def _hold(self, price: NDArray[np.float64]) -> None:
        """Everybody with a job holds a place of it, at its price; where a place is free the price is 0."""
        self._base = np.concatenate([[0], np.cumsum(self._places)]).astype(np.int64)
        self._bid = np.zeros(self._base[-1], dtype=np.int64)
        self._bidder = np.zeros(self._base[-1], dtype=np.int32)
        self._held = np.zeros(len(self._places), dtype=np.int64)
        self._price = in_parts(price, parts=PARTS)
        loops().hold(self._job_of, self._price, self._base, self._bid, self._bidder, self._held)
        self._price[self._held < self._places] = 0

    def _append(self, row: Graph) -> int:
        one, low, high = self._persons, self._pairs, self._pairs + row.pairs
        if one + 2 > len(self._start):
            self._start = _with_room(self._start, more=len(self._start))
        if one + 1 > len(self._job_of):
            self._job_of = _with_room(self._job_of, more=len(self._job_of) + 1, fill=-1)
        if high > len(self._job):
            self._job = _with_room(self._job, more=len(self._job) + row.pairs)
            self._weight = _with_room(self._weight, more=len(self._weight) + row.pairs)
        heaviest_first = np.argsort(-row.weight, kind="stable")
        self._job[low:high], self._weight[low:high] = row.job[heaviest_first], row.weight[heaviest_first]
        self._start[one + 1] = high
        self._persons, self._pairs = one + 1, high
        return one


def _first_jobs(spread: Spread, *, graph: Graph) -> Ints:
    """(n,) the job of each person in the first round, -1 for none."""
    at = np.flatnonzero(spread.proposed == 1)
    job_of = np.full(graph.persons, -1, dtype=np.int32)
    job_of[np.searchsorted(graph.start, at, side="right") - 1] = graph.job[at]
    return job_of


def _with_room(row: NDArray[Number], *, more: int, fill: int = 0) -> NDArray[Number]:
    return np.concatenate([row, np.full(more, fill, dtype=row.dtype)])
