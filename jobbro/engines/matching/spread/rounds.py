"""One round: persons bid for places or places for persons, in ever smaller steps, until the proof is close enough."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.graph import Graph, loops

# Bids are whole numbers of so many parts of a weight. Steps of 128, 16, 2 and a quarter: long fights for like places
# are fought in large steps, and what those steps got wrong is within a few of them.
PARTS = 4
STEPS = (512, 64, 8, 1)
BACK = 4
FARTHEST_BACK = 256
FINER = 8
# Places that need more bids than this, each, in the first steps have more to choose from than persons have.
PATIENCE = 3
# If all this proves nothing, the smallest steps do from the first bid on: which lasts, so not for more pairs than so
# many; above that they are as small as a gap of 0.02 % needs.
FEW_PAIRS = 100_000
GAP = 0.0002
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


class Bidders(Protocol):
    """One side of a round. values: what the bids stand at, in parts, (j,) prices or (n,) profits."""

    def first_values(self) -> Longs:
        """Nothing is bid yet."""

    def bid(self, values: Longs, *, parts: int, step: int, most: int = NEVER) -> bool:
        """Bid from `values`, changing them; False when it was given up after `most` bids."""

    def has_left_over(self, values: Longs) -> bool:
        """Whether something stands at a price that nobody pays: then the bidding began too high, and proves less."""

    def choice(self, values: Longs, *, parts: int) -> Choice:
        """What the last bids came to, with the bound that they prove."""


def best_choice(graph: Graph) -> Choice:
    """The heaviest choice of at most one pair a person within the free places, proven: total and bound are equal.

    Should a great round withstand all refinement, its total is at most 0.02 % below its bound. Places bid where there
    are more persons than places: then only few persons are fought for. Source: Bertsekas, "Linear network
    optimization" (1991), chapter 4; for places that are alike, Bertsekas and Castañon (1989).
    """
    if graph.pairs == 0:
        nobody = np.full(graph.persons, -1, dtype=np.int32)
        return Choice(job_of=nobody, price=np.zeros(len(graph.places)), total=0, bound=0)
    places = np.minimum(graph.places, np.bincount(graph.job, minlength=len(graph.places)))
    listed, free = int(np.count_nonzero(np.diff(graph.start))), int(places.sum())
    finest = _finest_parts(graph, listed=listed, free=free)
    if listed > free:
        few = PlacesBid(graph, places)
        values = few.first_values()
        if few.bid(values, parts=PARTS, step=STEPS[0], most=PATIENCE * free):
            return _refined(few, values, graph=graph, finest=finest)
        del few
    many = PersonsBid(graph, places)
    values = many.first_values()
    many.bid(values, parts=PARTS, step=STEPS[0])
    return _refined(many, values, graph=graph, finest=finest)


def _finest_parts(graph: Graph, *, listed: int, free: int) -> int:
    # So many parts prove the best itself, as the gap is then less than one whole weight; never so many that a sum of
    # all prices and profits would not fit in 64 bits.
    fitting = NEVER // (2 * listed * int(graph.weight.max()))
    return max(PARTS, min(listed + 1, free + 1, fitting))


def _refined(bidders: Bidders, values: Longs, *, graph: Graph, finest: int) -> Choice:
    """The best of bids in ever smaller steps, each begun a little below where the one before ended: the first, here."""
    for before, step in pairwise(STEPS):
        values = np.maximum(values - BACK * before, 0)
        bidders.bid(values, parts=PARTS, step=step)
    best = _finer_and_finer(bidders, values, finest=finest)
    if best.bound == best.total or (graph.pairs > FEW_PAIRS and best.bound - best.total <= GAP * best.bound):
        return best
    return best.with_better(_from_nothing(bidders, parts=_needed_parts(best, graph=graph, finest=finest)))


def _finer_and_finer(bidders: Bidders, values: Longs, *, finest: int) -> Choice:
    """The best of bids begun farther back while something is left over at a price, and else in smaller steps."""
    parts, back = PARTS, BACK
    best = bidders.choice(values, parts=parts)
    while best.bound > best.total:
        if back < FARTHEST_BACK and bidders.has_left_over(values):
            back *= 2
            values = np.maximum(values - back, 0)
        elif parts < finest:
            finer = min(FINER * parts, finest)
            values = np.maximum(values - back, 0) * finer // parts
            parts = finer
        else:
            break
        bidders.bid(values, parts=parts, step=1)
        best = best.with_better(bidders.choice(values, parts=parts))
    return best


def _needed_parts(best: Choice, *, graph: Graph, finest: int) -> int:
    # The gap is then at most one part a chosen pair.
    if graph.pairs <= FEW_PAIRS:
        return finest
    return min(finest, 1 + math.ceil(best.pairs / (GAP * best.total)))


def _from_nothing(bidders: Bidders, *, parts: int) -> Choice:
    """Bids in smallest steps all the way. Nothing that is left over has a price then, so the proof is tight."""
    values = bidders.first_values()
    bidders.bid(values, parts=parts, step=1)
    return bidders.choice(values, parts=parts)


class PersonsBid:
    """Persons bid for places; values are prices."""

    def __init__(self, graph: Graph, places: Longs) -> None:
        self._graph, self._places = graph, places
        self._job, self._weight = graph.job.copy(), graph.weight.copy()
        self._job_of = np.empty(graph.persons, dtype=np.int32)
        loops().heaviest_first(graph.start, self._job, self._weight)

    def first_values(self) -> Longs:
        """As `Bidders`."""
        return np.zeros(len(self._places), dtype=np.int64)

    def bid(self, values: Longs, *, parts: int, step: int, most: int = NEVER) -> bool:
        """As `Bidders`."""
        lists = self._graph.start, self._job, self._weight
        return bool(loops().persons_bid(*lists, self._places, parts, step, most, values, self._job_of))

    def has_left_over(self, values: Longs) -> bool:
        """As `Bidders`: a place."""
        held = np.bincount(self._job_of[self._job_of >= 0], minlength=len(self._places))
        return bool(values[held < self._places].any())

    def choice(self, values: Longs, *, parts: int) -> Choice:
        """As `Bidders`."""
        return proven(self._graph, places=self._places, parts=parts, price=values, job_of=self._job_of)


class PlacesBid:
    """Places bid for persons; values are what persons gain."""

    def __init__(self, graph: Graph, places: Longs) -> None:
        self._graph, self._places = graph, places
        self._start = np.zeros(len(places) + 1, dtype=np.int64)
        self._person = np.empty(graph.pairs, dtype=np.int32)
        self._weight = np.empty(graph.pairs, dtype=np.int32)
        self._job_of = np.empty(graph.persons, dtype=np.int32)
        loops().by_job(graph.start, graph.job, graph.weight, self._start, self._person, self._weight)

    def first_values(self) -> Longs:
        """As `Bidders`."""
        return np.zeros(self._graph.persons, dtype=np.int64)

    def bid(self, values: Longs, *, parts: int, step: int, most: int = NEVER) -> bool:
        """As `Bidders`."""
        lists = self._start, self._person, self._weight
        return bool(loops().places_bid(*lists, self._places, parts, step, most, values, self._job_of))

    def has_left_over(self, values: Longs) -> bool:
        """As `Bidders`: a person."""
        return bool(values[self._job_of < 0].any())

    def choice(self, values: Longs, *, parts: int) -> Choice:
        """As `Bidders`."""
        price = np.empty(len(self._places), dtype=np.int64)
        lists = self._start, self._person, self._weight
        loops().prices_of_places(*lists, self._places, parts, values, self._job_of, price)
        return proven(self._graph, places=self._places, parts=parts, price=price, job_of=self._job_of)


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
