"""Working time in a municipality: eight hours from eight o'clock, Monday to Friday, without public holidays."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
FROM, UNTIL = time(8), time(16)
MINUTES_A_DAY = 8 * 60
# Days after Easter Sunday. Store bededag is an ordinary day since 2024 (lov nr. 214 af 6. marts 2023).
_BY_EASTER = (-3, -2, 0, 1, 39, 49, 50)
_FIXED = ((1, 1), (12, 24), (12, 25), (12, 26))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday; Christmas Eve counts as one."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def working_minutes(*, start: datetime, end: datetime) -> int:
    """Minutes of working time from one moment to the other; 0 when it was answered outside working hours."""
    start, end = start.astimezone(DENMARK), end.astimezone(DENMARK)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if is_working_day(day):
            opens = datetime.combine(day, FROM, tzinfo=DENMARK)
            closes = datetime.combine(day, UNTIL, tzinfo=DENMARK)
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def working_day_after(*, day: date, days: int) -> date:
    """The day that lies so many working days later; asked at a weekend, the next working day is the first."""
    left = days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    easter = _easter_sunday(year)
    moving = {easter + timedelta(days=days) for days in _BY_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})


def _easter_sunday(year: int) -> date:
    """The anonymous Gregorian computus (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
