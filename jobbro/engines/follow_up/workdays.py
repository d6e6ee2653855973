"""Working days in Denmark: Monday to Friday without the public holidays."""

from datetime import date, timedelta
from functools import cache

# Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday. The general prayer
# day is no holiday since 2024 (lov nr. 214 af 6. marts 2023).
FROM_EASTER = (-3, -2, 1, 39, 50)
FIXED = ((1, 1), (12, 25), (12, 26))


def is_workday(day: date) -> bool:
    """Whether a municipality is at work on the day, as far as the law says; its own closing days are not known here."""
    return day.weekday() < 5 and day not in holidays(day.year)


def after_workdays(day: date, *, count: int) -> date:
    """The last of so many working days after the day. Raises ValueError below 1."""
    if count < 1:
        raise ValueError("at least one working day")
    left, found = count, day
    while left:
        found += timedelta(days=1)
        left -= is_workday(found)
    return found


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays that can fall on Monday to Friday."""
    easter = easter_sunday(year)
    moving = (easter + timedelta(days=days) for days in FROM_EASTER)
    return frozenset({*moving, *(date(year, month, day) for month, day in FIXED)})


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
