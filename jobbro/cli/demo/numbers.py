"""CPR numbers and telephone numbers that belong to nobody."""

from datetime import date, timedelta
from random import Random

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def cpr_number(*, rng: Random, born: tuple[int, int], is_woman: bool, taken: set[str]) -> str:
    """Ten digits with a real date and a wrong check digit; real numbers of those years have a right one."""
    while True:
        first = date(born[0], 1, 2)
        day = first + timedelta(days=rng.randrange((date(born[1], 12, 31) - first).days))
        if (day.month, day.day) == (1, 1):
            continue
        serial = rng.choice("0123" if day.year < 2000 else "4567") + f"{rng.randrange(1000):03}"
        digits = f"{day:%d%m%y}{serial}"
        is_fictive = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
        if is_fictive and int(serial) % 2 == (0 if is_woman else 1) and digits not in taken:
            taken.add(digits)
            return digits


def phone_number(*, rng: Random) -> str:
    """Eight digits that begin with 0, as no Danish number does."""
    return f"01 23 {rng.randrange(100):02} {rng.randrange(100):02}"
