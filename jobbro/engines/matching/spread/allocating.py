"""The fair spread of proposals over listed pairs, round by round: as heavy as possible, and proven so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.spread.bidding import Choice
from jobbro.engines.matching.spread.fairness import gini_of
from jobbro.engines.matching.spread.graph import Graph, checked_graph
from jobbro.engines.matching.spread.model import Round, Spread
from jobbro.engines.matching.spread.rounds import best_choice

# The round of a pair is kept in 16 bits.
MOST = 65_535

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]


def allocate(
    *,
    person_start: Longs,
    job_index: Ints,
    weight: Ints,
    places: Longs,
    per_place: int,
    per_person: int,
) -> Spread:
    """Choose in rounds 1 ... per_person at most one more pair for each person and per_place x places for each job.

    p listed pairs of n persons with j jobs. person_start: (n + 1,) int64, the pairs of person i are those from
    person_start[i] up to person_start[i + 1]. job_index: (p,) int32 positions of jobs, once each in a person's list.
    weight: (p,) int32, from 1 to 10,000, see `weights`. places: (j,) int64, at least 1. Every round is the heaviest
    there is given the rounds before, and its bound proves it (see `rounds.best_choice`). Where several choices are
    equally heavy, the order of persons and of job positions alone decides; jobs should stand in the order of their
    ids. Raises `ValueError` for other arrays. Source: contracts, section 3.
    """
    whole = checked_graph(person_start=person_start, job_index=job_index, weight=weight, places=places)
    for name, number in (("per_place", per_place), ("per_person", per_person)):
        if number < 1:
            raise ValueError(f"{name} must be at least 1, not {number}")
    longest = int(np.diff(whole.start).max(initial=0))
    if min(longest, per_person) > MOST:
        raise ValueError(f"a person may have {longest} proposals; {MOST} rounds can be told apart")
    proposed = np.zeros(len(job_index), dtype=np.uint16)
    # Nobody is proposed a job twice, so more places than persons never matter.
    left = np.minimum(places, whole.persons) * min(per_place, whole.persons)
    rounds: list[Round] = []
    price = np.zeros(len(places))
    for number in range(1, per_person + 1):
        if number > 1 and not rounds[-1].pairs:
            rounds.append(Round(number=number, pairs=0, total=0, bound=0))
            continue
        choice = best_choice(whole.still_open(proposed=proposed, left=left))
        rounds.append(Round(number=number, pairs=choice.pairs, total=choice.total, bound=choice.bound))
        if number == 1:
            price = choice.price
        _propose(choice, whole=whole, number=number, proposed=proposed, left=left)
    return _spread(rounds, whole=whole, proposed=proposed, price=price)


def _propose(choice: Choice, *, whole: Graph, number: int, proposed: NDArray[np.uint16], left: Longs) -> None:
    if choice.pairs:
        at = whole.pairs_of(choice.job_of)
        proposed[at] = number
        left -= np.bincount(whole.job[at], minlength=len(left))


def _spread(rounds: list[Round], *, whole: Graph, proposed: NDArray[np.uint16], price: NDArray[np.float64]) -> Spread:
    chosen = np.flatnonzero(proposed)
    proposals = np.bincount(whole.job[chosen], minlength=len(whole.places)).astype(np.int64)
    persons = np.searchsorted(whole.start, chosen, side="right")
    return Spread(
        rounds=tuple(rounds),
        proposed=proposed,
        proposals=proposals,
        price=price,
        persons_with=len(np.unique(persons)),
        persons_listed=int(np.count_nonzero(np.diff(whole.start))),
        jobs_never_proposed=int(np.count_nonzero(proposals == 0)),
        gini=gini_of(proposals / whole.places),
    )
