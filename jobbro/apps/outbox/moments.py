"""From a day and a time on the wall to the one moment it is, also in the two nights when the clock is set."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")


def moment_of(*, day: date, clock: time) -> datetime:
    """The moment in UTC. A time that comes twice (last Sunday of October) is its first; one that never comes (last
    Sunday of March) is as many minutes after the clock was set."""
    return datetime.combine(day, clock, tzinfo=ZONE).replace(fold=0).astimezone(UTC)
