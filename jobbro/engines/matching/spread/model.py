"""The result of a fair spread: rounds with their proof, the chosen pairs, and who was reached."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round. pairs: how many were chosen. total: their weight. bound: no choice in this round can weigh more."""

    number: int
    pairs: int
    total: int
    bound: int

    @property
    def gap_percent(self) -> float:
        """How far the total may lie below the best, in per cent of the bound; 0 when the bound is 0."""
        return 100 * (self.bound - self.total) / self.bound if self.bound else 0.0


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A spread of proposals. Shapes: p listed pairs in the order they came in, j jobs.

    rounds: 1 ... per_person, every one. proposed: (p,) the round a pair was chosen in, 0 for not chosen.
    proposals: (j,) how many each job got. price: (j,) what a place was worth in the first round, in weights; it proves
    the bound, and arrivals begin from it (see `warm`); it is never shown and orders nobody.
    """

    rounds: tuple[Round, ...]
    proposed: NDArray[np.uint16] = field(hash=False, compare=False)
    proposals: NDArray[np.int64] = field(hash=False, compare=False)
    price: NDArray[np.float64] = field(hash=False, compare=False)
    persons_with: int
    persons_listed: int
    jobs_never_proposed: int
    gini: float

    @property
    def pairs(self) -> int:
        """How many pairs were chosen in all rounds."""
        return sum(each.pairs for each in self.rounds)
