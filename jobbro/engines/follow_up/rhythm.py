"""The rhythm of short talks: steps after the first day of work, and then again and again."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_STEP = re.compile(r"^([1-9][0-9]{0,2})([dm])$")
MOST_STEPS = 12
MOST_MONTHS = 60


class BadStep(ValueError):
    """A step is not written as days (`7d`) or months (`3m`), or the steps do not come one after the other."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """So many days or months after the first day."""

    count: int
    is_months: bool

    @property
    def rank(self) -> float:
        """For the order of steps: a month is taken as 30.4 days."""
        return self.count * 30.4 if self.is_months else float(self.count)


@dataclass(frozen=True, kw_only=True)
class DueDays:
    """The day on which a talk was last due, and the next one after today. None: there is none."""

    last: date | None
    coming: date | None


def read_step(text: str) -> Step:
    """`7d` is seven days, `3m` three months. Raises BadStep."""
    found = _STEP.match(text)
    if found is None:
        raise BadStep(text)
    step = Step(count=int(found[1]), is_months=found[2] == "m")
    if step.rank > MOST_MONTHS * 30.4:
        raise BadStep(text)
    return step


def read_steps(texts: Sequence[str]) -> tuple[Step, ...]:
    """The steps in their order. Raises BadStep for none, too many, or two that do not come one after the other."""
    steps = tuple(read_step(text) for text in texts)
    if not 1 <= len(steps) <= MOST_STEPS:
        raise BadStep(str(len(steps)))
    if any(later.rank <= earlier.rank for earlier, later in pairwise(steps)):
        raise BadStep(", ".join(texts))
    return steps


def due_day(starts_on: date, step: Step) -> date:
    """The day of a step; a month that is too short ends on its last day, as PostgreSQL counts."""
    if not step.is_months:
        return starts_on + timedelta(days=step.count)
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + step.count, 12)
    return date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))


def days_of(*, starts_on: date, steps: Sequence[Step], then_months: int) -> Iterator[date]:
    """Every day on which a talk is due, the first first; without an end when `then_months` is given."""
    for step in steps:
        yield due_day(starts_on, step)
    if not then_months:
        return
    # From whole months: half a year after the last step, and again.
    last = steps[-1].count if steps[-1].is_months else 0
    number = 1
    while True:
        yield due_day(starts_on, Step(count=last + number * then_months, is_months=True))
        number += 1


def due_days(*, starts_on: date, steps: Sequence[Step], then_months: int, on: date, ended_on: date | None) -> DueDays:
    """Which talk is due on a day: the newest that has come. After the last day of work none comes any more."""
    last, until = None, min(on, ended_on) if ended_on else on
    for day in days_of(starts_on=starts_on, steps=steps, then_months=then_months):
        if day > until:
            is_over = ended_on is not None and day > ended_on
            return DueDays(last=last, coming=None if is_over else day)
        last = day
    return DueDays(last=last, coming=None)
