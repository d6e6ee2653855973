"""Claims for personal assistance by quarter: how many hours may be used, and which days a claim still reaches."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

# Ankestyrelsen's principmeddelelse 31-20: from 37 hours a week the limit stays at 20; below it is 20/37 of the hours.
FULL_TIME, MOST_OF_FULL_TIME = Fraction(37), Fraction(20)

Standing = Literal["running", "due", "lost"]


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """The days of a calendar quarter that a grant covers, both ends included."""

    year: int
    number: int
    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        """How many days of the quarter are covered."""
        return (self.until_on - self.from_on).days + 1

    @property
    def weeks(self) -> Fraction:
        """The same in weeks, exactly."""
        return Fraction(self.days, 7)

    @property
    def code(self) -> str:
        """`2026-3`."""
        return f"{self.year}-{self.number}"


def quarters(*, from_on: date, until_on: date) -> Iterator[Quarter]:
    """The calendar quarters that touch the period, oldest first, each cut to the period."""
    year, number = from_on.year, (from_on.month - 1) // 3 + 1
    while date(year, 3 * number - 2, 1) <= until_on:
        first, last = _ends(year=year, number=number)
        yield Quarter(year=year, number=number, from_on=max(first, from_on), until_on=min(last, until_on))
        year, number = (year + 1, 1) if number == 4 else (year, number + 1)


def _ends(*, year: int, number: int) -> tuple[date, date]:
    return date(year, 3 * number - 2, 1), date(year, 3 * number, monthrange(year, 3 * number)[1])


def is_within_limit(*, hours_week: Fraction, working_hours_week: Fraction) -> bool | None:
    """Whether hours of help a week keep to 20/37 of the working time, exactly; 20/37 itself does.

    None when the texts are silent: more than 37 working hours and more than 20 of help.
    """
    if hours_week <= MOST_OF_FULL_TIME and working_hours_week >= FULL_TIME:
        return True
    if working_hours_week > FULL_TIME:
        return None
    return hours_week * FULL_TIME <= MOST_OF_FULL_TIME * working_hours_week


def hours_allowed(*, hours_week: Fraction, quarter: Quarter) -> Fraction:
    """The hours of the quarter: the average over it counts, so a busy week may be evened out by a quiet one."""
    return hours_week * quarter.weeks


def months_before(day: date, *, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def claim_from(quarter: Quarter) -> date:
    """The first day on which the whole quarter can be claimed."""
    return quarter.until_on + timedelta(days=1)


def claim_until(*, quarter: Quarter, back_months: int) -> date:
    """The last day from which a claim reaches back to the last day of the quarter (Billund, Assens).

    Read strictly, earlier days of the quarter fall out before that: whoever shows the day says not to wait for it.
    """
    last = months_before(quarter.until_on, months=-back_months)
    while months_before(last + timedelta(days=1), months=back_months) <= quarter.until_on:
        last += timedelta(days=1)
    return last


def claim_standing(*, quarter: Quarter, back_months: int, on: date) -> Standing:
    """`running` until the quarter has ended, `due` as long as it can be claimed, then `lost`."""
    if on <= quarter.until_on:
        return "running"
    return "due" if on <= claim_until(quarter=quarter, back_months=back_months) else "lost"
