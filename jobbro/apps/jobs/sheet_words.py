"""Cells of a spreadsheet of tasks: half-days, hours and yes or no as people write them, and as we write them."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from jobbro.kernel.vocabulary import DAYS, SLOTS, WEEKDAYS

from .task_checking import HUNDREDTH

DANISH_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
DANISH_HALVES = {"am": "formiddag", "pm": "eftermiddag"}
_RUNS = {
    "hverdage": WEEKDAYS,
    "alle hverdage": WEEKDAYS,
    "hverdag": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "alle dage": DAYS,
    "hver dag": DAYS,
    "dagligt": DAYS,
    "hele ugen": DAYS,
    "all week": DAYS,
    "every day": DAYS,
    "weekend": DAYS[5:],
    "weekenden": DAYS[5:],
}
_HALVES = {
    "am": ("formiddage", "formiddag", "formid", "form", "fm", "morgener", "morgen", "mornings", "morning", "am"),
    "pm": ("eftermiddage", "eftermiddag", "efterm", "em", "aften", "afternoons", "afternoon", "pm"),
}
_HALF_OF = {word: half for half, words in _HALVES.items() for word in words}
_DAY_OF = {
    **dict(zip(DANISH_DAYS, DAYS, strict=True)),
    **{name[:3]: day for name, day in zip(DANISH_DAYS, DAYS, strict=True)},
    **{name[:2]: day for name, day in zip(DANISH_DAYS, DAYS, strict=True)},
    **dict(
        zip(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            DAYS,
            strict=True,
        )
    ),
    **{day: day for day in DAYS},
}
_YES, _NO = {"ja", "j", "x", "yes", "y", "1", "sand", "true"}, {"", "nej", "n", "no", "0", "falsk", "false"}
_HOURS = re.compile(r"(\d+)(?:[.,](\d+))?")
_CLOCK = re.compile(r"(\d{1,9}):([0-5]\d)(?::00)?")
_UNIT = re.compile(r"\s*(timer|time|t|hours|hour|h)\.?(\s*(pr\.?|om|per|a)\s*(ugen|uge|week))?$")


def hours_read(text: str) -> Decimal | None:
    """“2,5”, “2.5 timer” and “1:30” as hours; None when it is no number."""
    plain = _UNIT.sub("", " ".join(text.split()).casefold()).strip()
    if clock := _CLOCK.fullmatch(plain):
        return (Decimal(clock[1]) + Decimal(clock[2]) / 60).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
    if number := _HOURS.fullmatch(plain):
        return Decimal(f"{number[1]}.{number[2] or '0'}")
    return None


def slots_read(text: str) -> tuple[str, ...] | None:
    """“man-fre formiddag, lørdag” as half-days; nothing written means any time, None that it cannot be read."""
    found: set[str] = set()
    # One blank for many: patterns try long runs of them in every way.
    lines = "\n".join(" ".join(line.split()) for line in text.casefold().splitlines())
    for part in re.split(r"[,;+\n]|\s+og\s+|\s+and\s+", lines):
        if not part.strip():
            continue
        slots = _part_read(part.strip())
        if slots is None:
            return None
        found |= slots
    return tuple(slot for slot in SLOTS if slot in found)


def slots_written(slots: Iterable[str]) -> str:
    """Half-days as `slots_read` reads them: “mandag-fredag formiddag, lørdag”."""
    kept = set(slots)
    halves = [tuple(half for half in DANISH_HALVES if f"{day}_{half}" in kept) for day in DAYS]
    parts: list[str] = []
    first = 0
    for last in range(len(DAYS)):
        if last + 1 < len(DAYS) and halves[last + 1] == halves[first]:
            continue
        if halves[first]:
            parts.append(_run_written(first, last, halves[first]))
        first = last + 1
    return ", ".join(parts)


def yes_read(text: str) -> bool | None:
    """Yes, no, or None when it is neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def _part_read(part: str) -> set[str] | None:
    if part in SLOTS:
        return {part}
    words = part.replace(".", " ").split()
    halves = [_HALF_OF[word] for word in words if word in _HALF_OF] or list(DANISH_HALVES)
    rest = " ".join(word for word in words if word not in _HALF_OF)
    days = _days_read(rest) if rest else DAYS
    return None if days is None else {f"{day}_{half}" for day in days for half in halves}


def _days_read(text: str) -> tuple[str, ...] | None:
    if text in _RUNS:
        return _RUNS[text]
    ends = [_DAY_OF.get(end.strip()) for end in re.split(r"-|–|\btil\b|\bto\b", text)]
    if None in ends or len(ends) > 2:
        return None
    first, last = DAYS.index(ends[0] or ""), DAYS.index(ends[-1] or "")
    return DAYS[first : last + 1] if first <= last else (*DAYS[first:], *DAYS[: last + 1])


def _run_written(first: int, last: int, halves: tuple[str, ...]) -> str:
    days = DANISH_DAYS[first] if first == last else f"{DANISH_DAYS[first]}-{DANISH_DAYS[last]}"
    return days if len(halves) == 2 else f"{days} {DANISH_HALVES[halves[0]]}"
