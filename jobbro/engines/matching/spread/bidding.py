"""The two sides of a round at the auction, and what their bids prove."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.graph import Graph, loops

# A step begins so many of the steps before it below where that ended: what larger steps got wrong is within a few.
BACK = 4
NEVER = 2**62

Longs = NDArray[np.int64]
Prices = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One round's choice. job_of: (n,) the job of each person, -1 for none. price: (j,) of a place, in weights."""

    job_of: NDArray[np.int32] = field(hash=False, compare=False)
    price: Prices = field(hash=False, compare=False)
    total: int
    bound: int

    @property
    def pairs(self) -> int:
        """How many pairs were chosen."""
        return int(np.count_nonzero(self.job_of >= 0))

    def with_better(self, other: Choice) -> Choice:
        """Of two choices for one round the heavier, with the prices that prove more."""
        tight = min(self, other, key=lambda each: each.bound)
        heavy = max(self, other, key=lambda each: each.total)
        return replace(heavy, price=tight.price, bound=tight.bound)


class PersonsBid:
    """Persons bid for places. Prices are whole numbers of parts of a weight."""

    def __init__(self, graph: Graph, places: Longs) -> None:
        """places: (j,) that are free, at least 1 wherever somebody has the job in their list."""
        self._graph, self._places = graph, places
        self._job, self._weight = graph.job.copy(), graph.weight.copy()
        self._job_of = np.full(graph.persons, -1, dtype=np.int32)
        loops().heaviest_first(graph.start, self._job, self._weight)

    def bid(self, price: Longs, *, parts: int, step: int) -> None:
        """Everybody bids anew from `price`, (j,), which the bids raise."""
        lists = self._graph.start, self._job, self._weight
        loops().persons_bid(*lists, self._places, parts, step, price, self._job_of)

    def has_left_over(self, price: Longs) -> bool:
        """Whether a place that nobody took has a price: then bidding began too high, and proves less."""
        held = np.bincount(self._job_of[self._job_of >= 0], minlength=len(self._places))
        return bool(price[held < self._places].any())

    def choice(self, price: Longs, *, parts: int) -> Choice:
        """What the last bids came to, and the bound that these prices prove, or the whole numbers next to them.

        Some prices in whole numbers prove the best: the programme's corners are whole. Bids come close from above.
        """
        found = proven(self._graph, places=self._places, parts=parts, price=price, job_of=self._job_of)
        for up in (parts // 4, parts // 2):
            if found.bound > found.total:
                whole = (price + up) // parts
                other = proven(self._graph, places=self._places, parts=1, price=whole, job_of=self._job_of)
                found = found.with_better(other)
        return found


def prices_by_persons(persons: PersonsBid, *, jobs: int, parts: int, steps: tuple[int, ...]) -> Longs:
    """(j,) prices of places after persons have bid from nothing, in ever smaller steps."""
    price = np.zeros(jobs, dtype=np.int64)
    for before, step in pairwise((0, *steps)):
        price = np.maximum(price - BACK * before, 0)
        persons.bid(price, parts=parts, step=step)
    return price


def prices_by_places(
    graph: Graph, places: Longs, *, parts: int, steps: tuple[int, ...], patience: int = NEVER
) -> Longs | None:
    """(j,) prices of places after these have bid for persons from nothing; None when more than `patience` first bids.

    Where there are more persons than places only few persons are fought for, and this is the short way.
    """
    start = np.zeros(len(places) + 1, dtype=np.int64)
    person, weight = np.empty(graph.pairs, dtype=np.int32), np.empty(graph.pairs, dtype=np.int32)
    loops().by_job(graph.start, graph.job, graph.weight, start, person, weight)
    profit, job_of = np.zeros(graph.persons, dtype=np.int64), np.empty(graph.persons, dtype=np.int32)
    for before, step in pairwise((0, *steps)):
        profit = np.maximum(profit - BACK * before, 0)
        most = NEVER if before else patience
        if not loops().places_bid(start, person, weight, places, parts, step, most, profit, job_of):
            return None
    price = np.empty(len(places), dtype=np.int64)
    loops().prices_of_places(start, person, weight, places, parts, profit, job_of, price)
    return price


def in_parts(price: Prices, *, parts: int) -> Longs:
    """Prices in weights as whole numbers of parts, rounded down."""
    return np.floor(price * parts).astype(np.int64)


def proven(graph: Graph, *, places: Longs, parts: int, price: Longs, job_of: NDArray[np.int32]) -> Choice:
    """The choice of these jobs, with the bound that these prices prove.

    Weights are whole, so the best total is whole too and the bound may be rounded down.
    """
    bound = int(loops().bound(graph.start, graph.job, graph.weight, places, parts, price)) // parts
    total = int(graph.weight[graph.pairs_of(job_of)].sum(dtype=np.int64))
    return Choice(job_of=job_of.copy(), price=price / parts, total=total, bound=bound)
