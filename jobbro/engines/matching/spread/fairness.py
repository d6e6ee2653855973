"""How evenly proposals are spread: plain numbers for a page, about everybody and about no one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from jobbro.engines.matching.spread.model import Spread

Longs = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Fairness:
    """A spread in numbers.

    persons_by_proposals: how many persons got 0, 1, 2 ... proposals. persons_without_list: of those with 0, whom
    nothing fits as it is. jobs_by_fill: how many jobs got no proposal, up to 1 a place, up to 2 ... jobs_unlisted: of
    those without, which are on nobody's list. gini: of proposals a place over all jobs, 0 is even.
    """

    persons: int
    persons_without_list: int
    persons_by_proposals: tuple[int, ...]
    jobs: int
    jobs_unlisted: int
    jobs_by_fill: tuple[int, ...]
    places: int
    proposals: int
    gini: float

    @property
    def persons_with_none(self) -> int:
        """Persons without a proposal, with a list or without."""
        return self.persons_by_proposals[0] if self.persons_by_proposals else 0

    @property
    def jobs_with_none(self) -> int:
        """Jobs that were proposed to nobody."""
        return self.jobs_by_fill[0] if self.jobs_by_fill else 0

    @property
    def proposals_a_place(self) -> float:
        """How many proposals a place got on average; 0 without places."""
        return self.proposals / self.places if self.places else 0.0


def fairness_of(spread: Spread, *, person_start: Longs, job_index: NDArray[np.int32], places: Longs) -> Fairness:
    """The spread in numbers; arrays as `allocate` got them. The same spread always says the same."""
    got = proposals_of_persons(spread, person_start=person_start)
    listed = np.bincount(job_index, minlength=len(places))
    return Fairness(
        persons=len(got),
        persons_without_list=int(np.count_nonzero(np.diff(person_start) == 0)),
        persons_by_proposals=tuple(np.bincount(got).tolist()),
        jobs=len(places),
        jobs_unlisted=int(np.count_nonzero(listed == 0)),
        # Whole numbers divided upwards: exactly one a place is not more than one a place.
        jobs_by_fill=tuple(np.bincount(-(-spread.proposals // places)).tolist()),
        places=int(places.sum()),
        proposals=spread.pairs,
        gini=spread.gini,
    )


def proposals_of_persons(spread: Spread, *, person_start: Longs) -> Longs:
    """(n,) how many proposals each person got."""
    so_far = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(spread.proposed > 0, dtype=np.int64)])
    got: Longs = np.diff(so_far[person_start])
    return got


def gini_of(amounts: NDArray[np.float64]) -> float:
    """The Gini coefficient of n amounts, 0 when all are equal or nothing is there, towards 1 when one has it all.

    amounts: (n,), at least 0. The same amounts in another order give the same number.
    """
    ordered = np.sort(amounts)
    whole = math.fsum(ordered)
    if not whole:
        return 0.0
    number = len(ordered)
    ranks = 2 * np.arange(1, number + 1) - number - 1
    return math.fsum(ranks * ordered) / (number * whole)
