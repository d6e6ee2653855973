"""One round: whoever is fewer bids, persons or places, until the proof is close enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.graph import Graph

# A bid raises by at least one part of so many of a weight.
PARTS = 4
FINER = 4
# What the total of a round may lie below its bound: 0.02 %.
GAP = 0.0002
LARGEST_SUM = 2**62


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One round's choice. job_of: (n,) the job of each person, -1 for none. price: (j,) of a place, in weights."""

    job_of: NDArray[np.int32] = field(hash=False, compare=False)
    price: NDArray[np.float64] = field(hash=False, compare=False)
    total: int
    bound: int

    @property
    def pairs(self) -> int:
        """How many pairs were chosen."""
        return int(np.count_nonzero(self.job_of >= 0))


def best_choice(graph: Graph) -> Choice:
    """A choice of at most one pair a person within the free places, its total at most `GAP` below its bound."""
    if graph.pairs == 0:
        nobody = np.full(graph.persons, -1, dtype=np.int32)
        return Choice(job_of=nobody, price=np.zeros(len(graph.places)), total=0, bound=0)
    wanted = np.bincount(graph.job, minlength=len(graph.places))
    places = np.minimum(graph.places, wanted)
    listed = int(np.count_nonzero(np.diff(graph.start)))
    bid = _persons_bid if listed <= places.sum() else _places_bid
    most_parts = _enough_parts(graph, listed=listed, places=places)
    parts = min(PARTS, most_parts)
    while True:
        choice = bid(graph, places=places, parts=parts)
        if choice.bound - choice.total <= GAP * choice.bound or parts >= most_parts:
            return choice
        parts = min(FINER * parts, most_parts)


def _enough_parts(graph: Graph, *, listed: int, places: NDArray[np.int64]) -> int:
    # So many parts prove the best itself, as the gap is then less than one whole weight; never so many that a sum of
    # all prices and gains would not fit in 64 bits.
    most = LARGEST_SUM // (2 * listed * int(graph.weight.max()))
    return max(1, min(listed + 1, int(places.sum()) + 1, most))


def _persons_bid(graph: Graph, *, places: NDArray[np.int64], parts: int) -> Choice:
    loops = _loops()
    job, weight = graph.job.copy(), graph.weight.copy()
    loops.heaviest_first(graph.start, job, weight)
    price = np.zeros(len(places), dtype=np.int64)
    chosen = np.empty(graph.persons, dtype=np.int64)
    loops.persons_bid(graph.start, job, weight, places, parts, 1, price, chosen)
    job_of = np.where(chosen >= 0, job[chosen], np.int32(-1))
    total = int(weight[chosen[chosen >= 0]].sum(dtype=np.int64))
    return _proven(graph, places=places, parts=parts, price=price, job_of=job_of, total=total)


def _places_bid(graph: Graph, *, places: NDArray[np.int64], parts: int) -> Choice:
    loops = _loops()
    job_start = np.zeros(len(places) + 1, dtype=np.int64)
    person, weight = np.empty(graph.pairs, dtype=np.int32), np.empty(graph.pairs, dtype=np.int32)
    loops.by_job(graph.start, graph.job, graph.weight, len(places), job_start, person, weight)
    price = np.zeros(len(places), dtype=np.int64)
    profit = np.zeros(graph.persons, dtype=np.int64)
    job_of = np.full(graph.persons, -1, dtype=np.int32)
    loops.places_bid(job_start, person, weight, places, parts, 1, profit, job_of)
    loops.prices_of_places(job_start, person, weight, places, parts, profit, job_of, price)
    total = int(graph.weight[graph.pairs_of(job_of)].sum(dtype=np.int64))
    return _proven(graph, places=places, parts=parts, price=price, job_of=job_of, total=total)


def _proven(
    graph: Graph,
    *,
    places: NDArray[np.int64],
    parts: int,
    price: NDArray[np.int64],
    job_of: NDArray[np.int32],
    total: int,
) -> Choice:
    # Weights are whole, so the best total is whole too and the bound may be rounded down.
    bound = int(_loops().bound(graph.start, graph.job, graph.weight, places, parts, price)) // parts
    return Choice(job_of=job_of, price=price / parts, total=total, bound=bound)


def _loops() -> ModuleType:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.engines.matching.spread import auction_loops

    return auction_loops
