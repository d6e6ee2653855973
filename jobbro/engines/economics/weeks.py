"""Expected weeks in closed form: how long somebody stays where they began, weighed by a ladder of shares."""

# With a weekly chance h of leaving, the chance of still being there after w weeks is q^w, q = 1 - h. All sums over
# weeks are then geometric: a week-by-week table of draws is never made.

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from jobbro.engines.economics.estimates import MARKS, EconomicsError, Floats, check_between, check_whole

WEEKS_A_YEAR = 52
# A yearly chance is held just below 1 (everybody leaves within weeks either way) and a hair above 0, where the sums
# below would divide by it: over 100 years that is less than a millionth of a week.
MAX_CHANCE = 0.9999
_MIN_CHANCE = 1e-12
MAX_WEEKS = 5_200


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """Shares (0-1) by week: `shares[k]` while fewer than `ends[k]` whole weeks have gone, `shares[-1]` after.

    `ends` is one shorter than `shares` and rising. One share and no end is the same share always. Raises
    `EconomicsError` for another shape, order or range.
    """

    ends: tuple[int, ...]
    shares: tuple[float, ...]
    source: str
    mark: str = "U"

    def __post_init__(self) -> None:
        if len(self.shares) != len(self.ends) + 1:
            raise EconomicsError(field="ladder", reason="needs one share more than it has ends")
        for share in self.shares:
            check_between(share, field="ladder.shares", low=0, high=1)
        for end in self.ends:
            check_whole(end, field="ladder.ends", low=1, high=MAX_WEEKS)
        if self.mark not in MARKS:
            raise EconomicsError(field="ladder.mark", reason=f"use one of {', '.join(MARKS)}, not {self.mark!r}")
        if list(self.ends) != sorted(set(self.ends)):
            raise EconomicsError(field="ladder.ends", reason="must rise from step to step")

    @property
    def last_end(self) -> int:
        """Weeks after which the share changes no more."""
        return self.ends[-1] if self.ends else 0

    def sum_of(self, *, start: ArrayLike, weeks: ArrayLike) -> Floats:
        """The sum of the shares of `weeks` weeks from week `start` on; any shapes that broadcast."""
        begin, end = np.asarray(start), np.asarray(start) + np.asarray(weeks)
        return self._sum_until(end) - self._sum_until(begin)

    def _sum_until(self, week: ArrayLike) -> Floats:
        total = self.shares[-1] * np.asarray(week)
        for number, end in enumerate(self.ends):
            total = total + (self.shares[number] - self.shares[number + 1]) * np.minimum(week, end)
        return np.asarray(total, dtype=np.float64)


ALWAYS = Ladder(ends=(), shares=(1.0,), source="every week counts whole", mark="D")


@dataclass(frozen=True)
class Stay:
    """Staying in the state one began in, when the chance of leaving within a year is `yearly` (0-1, any shape).

    The weekly chance of leaving is the same all along, h = 1 - (1 - yearly)^(1/52). Week 0 is spent where one began.
    """

    yearly: Floats
    _log_stay: Floats = field(init=False, repr=False)
    _leave: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        chance = np.clip(self.yearly, _MIN_CHANCE, MAX_CHANCE)
        log_stay = np.log1p(-chance) / WEEKS_A_YEAR
        object.__setattr__(self, "_log_stay", log_stay)
        object.__setattr__(self, "_leave", -np.expm1(log_stay))

    def left_within(self, weeks: int) -> Floats:
        """The chance of having left before week `weeks` begins, that is after `weeks` chances of leaving."""
        return np.asarray(-np.expm1(weeks * self._log_stay))

    def weeks(self, weeks: ArrayLike) -> Floats:
        """Expected weeks, of the first `weeks`, still spent where one began: the sum of q^w, w from 0."""
        return np.asarray(np.expm1(np.multiply(weeks, self._log_stay)) / -self._leave)

    def weighed(self, *, ladder: Ladder, start: ArrayLike, weeks: ArrayLike) -> Floats:
        """As `weeks`, each week w weighed with the ladder's share in week `start` + w."""
        begin, number = np.asarray(start), np.asarray(weeks)
        total = ladder.shares[-1] * self.weeks(number)
        for place, end in enumerate(ladder.ends):
            step = ladder.shares[place] - ladder.shares[place + 1]
            total = total + step * self.weeks(np.minimum(np.maximum(end - begin, 0), number))
        return np.asarray(total)

    def weighed_leaving(self, *, ladder: Ladder, start: ArrayLike, weeks: int) -> Floats:
        """Expected share in the week of leaving, nothing if that is not before week `weeks`: somebody who has left in
        week T (1, 2, …) counts with the ladder's share in week `start` + T."""
        if weeks < 2:
            return np.zeros(np.broadcast_shapes(self._leave.shape, np.shape(start)))
        return self._leave * self.weighed(ladder=ladder, start=np.asarray(start) + 1, weeks=weeks - 1)

    def weighed_since_leaving(self, *, ladder: Ladder, start: ArrayLike, weeks: int) -> Floats:
        """Expected weeks, of the first `weeks`, after having left, weighed by the ladder's share in week `start` + t,
        t = weeks since leaving."""
        # Somebody is t weeks past leaving in one of the weeks with the chance of having left by week `weeks`-1-t.
        begin = np.asarray(start)
        total = ladder.sum_of(start=begin, weeks=weeks) - ladder.shares[-1] * self.weeks(weeks)
        for place, end in enumerate(ladder.ends):
            step = ladder.shares[place] - ladder.shares[place + 1]
            early = np.minimum(np.maximum(end - begin, 0), weeks)
            total = total - step * (self.weeks(weeks) - self.weeks(weeks - early))
        return np.asarray(total)


def stay_with(*, chance: ArrayLike, change: ArrayLike) -> Stay:
    """Staying when the yearly chance of leaving is `chance` + `change`, held inside 0 - 0.9999."""
    return Stay(np.asarray(chance, dtype=np.float64) + np.asarray(change, dtype=np.float64))
