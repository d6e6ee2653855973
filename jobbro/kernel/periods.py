"""Periods of whole days: the first day counts, the day it ends on does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


class PeriodError(ValueError):
    """A period that ends before it begins, or is not made of dates."""


@dataclass(frozen=True, order=False)
class Period:
    """Days from `from_on` (included) to `until_on` (not included); None means it has no end yet.

    Half-open as PostgreSQL's `daterange`, so that periods that follow each other share a date and no day is in both.
    Use `Period.through(first, last)` where people name the last day ("til og med"). Raises `PeriodError` when
    `until_on` is not after `from_on`: an empty period holds no day and is never stored.
    """

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        for name in ("from_on", "until_on"):
            value = getattr(self, name)
            if value is None and name == "until_on":
                continue
            # A datetime is a date to Python, and would compare by the clock.
            if not isinstance(value, date) or isinstance(value, datetime):
                raise PeriodError(f"{name} must be a date, not {value!r}")
        if self.until_on is not None and self.until_on <= self.from_on:
            raise PeriodError(f"until_on {self.until_on} must be after from_on {self.from_on}")

    @classmethod
    def through(cls, first_on: date, last_on: date | None) -> Period:
        """The period whose first and last day both count; `last_on` None means no end yet."""
        if last_on is None:
            return cls(first_on)
        if last_on == date.max:
            raise PeriodError(f"last_on {last_on} has no day after it; use None for no end")
        return cls(first_on, last_on + timedelta(days=1))

    @property
    def last_on(self) -> date | None:
        """The last day that counts, or None when there is no end yet."""
        return None if self.until_on is None else self.until_on - timedelta(days=1)

    @property
    def days(self) -> int | None:
        """Number of days, at least 1, or None when there is no end yet."""
        return None if self.until_on is None else (self.until_on - self.from_on).days

    def contains(self, on: date) -> bool:
        """True when the day `on` counts."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def covers(self, other: Period) -> bool:
        """True when every day of `other` is in this period."""
        return self.intersection(other) == other

    def overlaps(self, other: Period) -> bool:
        """True when at least one day is in both."""
        return self.intersection(other) is not None

    def intersection(self, other: Period) -> Period | None:
        """The days in both, or None when there are none."""
        from_on = max(self.from_on, other.from_on)
        ends = [end for end in (self.until_on, other.until_on) if end is not None]
        until_on = min(ends, default=None)
        if until_on is not None and until_on <= from_on:
            return None
        return Period(from_on, until_on)

    def is_before(self, on: date) -> bool:
        """True when the period has ended before the day `on` begins."""
        return self.until_on is not None and self.until_on <= on
