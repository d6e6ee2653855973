"""Moments of the demo: all of them before today, on weekdays, in Danish office hours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def weekday(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def moment(day: date, *, rng: Random) -> datetime:
    """Some time of the day's office hours."""
    return datetime.combine(day, time(rng.randrange(8, 15), rng.randrange(60), rng.randrange(60)), tzinfo=DENMARK)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days from which a course takes its dates; `last` is the day something happened last."""

    first: date
    last: date

    def at(self, share: float) -> date:
        """The weekday so far into the span: 0 is the first day, 1 the last."""
        return max(self.first, weekday(self.first + timedelta(days=round((self.last - self.first).days * share))))
