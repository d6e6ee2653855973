"""One round: prices found in large steps, then bids in ever smaller ones until total and bound are the same."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.bidding import (
    NEVER,
    Choice,
    PersonsBid,
    prices_by_persons,
    prices_by_places,
)
from jobbro.engines.matching.spread.graph import Graph

# Bids are whole numbers of so many parts of a weight. Steps of 128, 16, 2 and a quarter: long fights for like places
# are fought in large steps.
PARTS = 4
STEPS = (512, 64, 8, 1)
# After that bids begin so many steps below where the last ended, and farther while something is left over at a price.
BACK = 16
FARTHEST_BACK = 256
FINER = 8
# Places that need more bids than this, each, in the first steps have more to choose from than persons have.
PATIENCE = 3
# If all this proves nothing, the smallest steps do from the first bid on: which lasts, so not for more pairs than so
# many; above that they are as small as a gap of 0.02 % needs.
FEW_PAIRS = 100_000
GAP = 0.0002

Longs = NDArray[np.int64]


def best_choice(graph: Graph) -> Choice:
    """The heaviest choice of at most one pair a person within the free places, proven: total and bound are equal.

    Should a great round withstand all refinement, its total is at most 0.02 % below its bound. Source: Bertsekas,
    "Linear network optimization" (1991), chapter 4; for places that are alike, Bertsekas and Castañon (1989).
    """
    if graph.pairs == 0:
        nobody = np.full(graph.persons, -1, dtype=np.int32)
        return Choice(job_of=nobody, price=np.zeros(len(graph.places)), total=0, bound=0)
    places = np.minimum(graph.places, np.bincount(graph.job, minlength=len(graph.places)))
    listed, free = int(np.count_nonzero(np.diff(graph.start))), int(places.sum())
    price = None
    if listed > free:
        price = prices_by_places(graph, places, parts=PARTS, steps=STEPS, patience=PATIENCE * free)
    persons = PersonsBid(graph, places)
    if price is None:
        price = prices_by_persons(persons, jobs=len(places), parts=PARTS, steps=STEPS)
    finest = _finest_parts(graph, listed=listed, free=free)
    best = _finer_and_finer(persons, price, finest=finest)
    if best.bound == best.total or (graph.pairs > FEW_PAIRS and best.bound - best.total <= GAP * best.bound):
        return best
    return best.with_better(_from_nothing(persons, jobs=len(places), parts=_needed_parts(graph, finest=finest)))


def _finest_parts(graph: Graph, *, listed: int, free: int) -> int:
    # So many parts prove the best itself, as the gap is then less than one whole weight; never so many that a sum of
    # all prices and profits would not fit in 64 bits.
    fitting = NEVER // (2 * listed * int(graph.weight.max()))
    return max(PARTS, min(listed + 1, free + 1, fitting))


def _finer_and_finer(persons: PersonsBid, price: Longs, *, finest: int) -> Choice:
    """The best of bids begun farther back while something is left over at a price, and else in smaller steps."""
    parts, back = PARTS, BACK
    price = np.maximum(price - back, 0)
    persons.bid(price, parts=parts, step=1)
    best = persons.choice(price, parts=parts)
    while best.bound > best.total:
        if back < FARTHEST_BACK and persons.has_left_over(price):
            back *= 2
            price = np.maximum(price - back, 0)
        elif parts < finest:
            finer = min(FINER * parts, finest)
            price = np.maximum(price - back, 0) * finer // parts
            parts = finer
        else:
            break
        persons.bid(price, parts=parts, step=1)
        best = best.with_better(persons.choice(price, parts=parts))
    return best


def _needed_parts(graph: Graph, *, finest: int) -> int:
    # The gap is then at most one part a chosen pair, each of which weighs the least weight or more.
    if graph.pairs <= FEW_PAIRS:
        return finest
    return min(finest, math.ceil(1 / (GAP * int(graph.weight.min()))))


def _from_nothing(persons: PersonsBid, *, jobs: int, parts: int) -> Choice:
    """Bids in smallest steps all the way. Nothing that is left over has a price then, so the proof is tight."""
    price = prices_by_persons(persons, jobs=jobs, parts=parts, steps=(1,))
    return persons.choice(price, parts=parts)
