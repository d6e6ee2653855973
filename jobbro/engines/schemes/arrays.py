"""Expressions and tests over numpy arrays of numbers, NaN for unknown; a date is its number of days since 1970.

A condition that reads one fact is a table over all values of that fact; a whole population is then looked up in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.schemes.deciding import Condition
from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Compare,
    Constant,
    Eldest,
    Expression,
    Extreme,
    Fact,
    Lookup,
    Membership,
    Parameter,
    Settled,
    Shift,
    SpanUnit,
    Steps,
    Test,
    fact_codes,
)
from jobbro.engines.schemes.facts import FIRST_DAY, LAST_DAY
from jobbro.engines.schemes.logic import MONTHS_OF, TOLERANCE, eldest_below
from jobbro.engines.schemes.rules import FactDefinition, Package

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]
Verdicts = tuple[Truths, Truths]
"""Where a test holds, and where it fails; neither where it is unknown."""

MAX_DOMAIN = 1 << 17
"""The most values of a fact that are laid out in a table."""

EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def is_reckoned(test: Compare, *, facts: Mapping[str, FactDefinition]) -> bool:
    """Whether a side is a reckoned number, so that the sides are equal when they differ by less than `TOLERANCE`."""
    return any(
        isinstance(side, Arithmetic) or (isinstance(side, Extreme) and not _is_date(side.items[0], facts=facts))
        for side in (test.left, test.right)
    )


def _is_date(node: Expression, *, facts: Mapping[str, FactDefinition]) -> bool:
    match node:
        case Constant(value):
            return isinstance(value, date)
        case Fact(code):
            return code == DECISION_DATE or facts[code].type == "date"
        case Extreme(_, items):
            return _is_date(items[0], facts=facts)
    return isinstance(node, Shift)


DAYS: Numbers = np.arange(day_number(FIRST_DAY), day_number(LAST_DAY) + 1, dtype=np.float64)
"""Every day that a fact can lie on."""


@dataclass(frozen=True, kw_only=True)
class Domain:
    """All values a fact can have, as evenly spaced numbers: choices, days, whole numbers, or hundredths."""

    fact: FactDefinition
    first: float
    step: float
    size: int

    @property
    def numbers(self) -> Numbers:
        """Every value, then NaN for unknown."""
        return np.append(self.first + self.step * np.arange(self.size), np.nan)


def domain_of(fact: FactDefinition) -> Domain | None:
    """The values of a fact; None when they are too many for a table. The choices of an enum are numbered."""
    match fact.type:
        case "bool":
            first, last, step = 0.0, 1.0, 1.0
        case "enum":
            first, last, step = 0.0, len(fact.choices) - 1.0, 1.0
        case "date":
            first, last, step = float(day_number(FIRST_DAY)), float(day_number(LAST_DAY)), 1.0
        case "int" | "decimal":
            assert fact.range
            first, last, step = *fact.range, 1.0 if fact.type == "int" else 0.01
    size = round((last - first) / step) + 1
    return Domain(fact=fact, first=first, step=step, size=size) if size <= MAX_DOMAIN else None


@dataclass(frozen=True, kw_only=True)
class Reckoner:
    """Reckons on the day `on` with what `read` gives for a fact code."""

    facts: Mapping[str, FactDefinition]
    on: date
    read: Callable[[str], Numbers]

    def verdicts(self, readings: tuple[Test, ...]) -> Verdicts:
        """Where all readings hold, and where all fail."""
        found = [self._test(test) for test in readings]
        return reduce(and_, [yes for yes, _ in found]), reduce(and_, [no for _, no in found])

    def _test(self, test: Test) -> Verdicts:
        match test:
            case Settled(value):
                return np.bool_(value), np.bool_(not value)  # type: ignore[return-value]
            case Membership(item, choices, negated):
                found = self.value(item)
                wanted = [self._choice(item, choice) for choice in choices]
                yes = reduce(or_, [found == number for number in wanted])
                no = ~yes & (found == found)
                return (no, yes) if negated else (yes, no)
            case Compare("==" | "!=" as name, left, Constant(str() as choice)):
                found = self.value(left)
                number = self._choice(left, choice)
                yes, no = found == number, (found != number) & (found == found)
                return (yes, no) if name == "==" else (no, yes)
            case Compare(name, left, right):
                difference = self.value(left) - self.value(right)
                yes = AGAINST_ZERO[name](difference)
                return yes, ~yes & (difference == difference)

    def value(self, node: Expression) -> Numbers:
        """The numbers of an expression, NaN where anything it needs is unknown."""
        match node:
            case Constant(value):
                return np.float64(self._number(value))  # type: ignore[return-value]
            case Fact(code):
                return np.float64(day_number(self.on)) if code == DECISION_DATE else self.read(code)  # type: ignore[return-value]
            case Arithmetic(name, left, right):
                return _reckoned(name, self.value(left), self.value(right))
            case Shift(on, amount, unit, sign):
                return shifted_days(self.value(on), amount=sign * np.trunc(self.value(amount)), unit=unit)
            case Steps(on, steps):
                starts = np.array([day_number(day) for day, _ in steps], dtype=np.float64)
                values = np.array([np.nan, *(value for _, value in steps)])
                days = self.value(on)
                return np.where(days == days, values[np.searchsorted(starts, days, side="right")], np.nan)
            case Eldest(_, steps) if steps:
                return np.float64(day_number(eldest_below(steps, self.on)))  # type: ignore[return-value]
            case Extreme(name, items):
                return reduce(np.minimum if name == "min" else np.maximum, [self.value(item) for item in items])
            case Parameter() | Lookup() | Eldest():
                raise ValueError(f"{node} is not resolved; call resolve() first")

    def _number(self, value: object) -> float:
        if value is None:
            return float("nan")
        return day_number(value) if isinstance(value, date) else float(value)  # type: ignore[arg-type]

    def _choice(self, item: Expression, choice: str) -> float:
        (code,) = fact_codes(item)
        codes = [known.code for known in self.facts[code].choices]
        return float(codes.index(choice)) if choice in codes else -1.0


def shifted_days(days: Numbers, *, amount: Numbers, unit: SpanUnit) -> Numbers:
    """Days moved by whole days, months or years; the 31st becomes a shorter month's last day."""
    if unit == "days":
        return days + amount
    known = (days == days) & (amount == amount)
    start = np.where(known, days, 0).astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    moved = month + (np.where(known, amount, 0) * MONTHS_OF[unit]).astype("timedelta64[M]")
    last = (moved + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found = np.minimum(moved.astype("datetime64[D]") + (start - month.astype("datetime64[D]")), last)
    return np.where(known, found.astype(np.float64), np.nan)


def _reckoned(name: str, left: Numbers, right: Numbers) -> Numbers:
    match name:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / np.where(right == 0, np.nan, right)


AGAINST_ZERO: Mapping[str, Callable[[Numbers], Truths]] = {
    "==": lambda difference: np.abs(difference) < TOLERANCE,
    "!=": lambda difference: np.abs(difference) >= TOLERANCE,
    "<": lambda difference: difference <= -TOLERANCE,
    "<=": lambda difference: difference < TOLERANCE,
    ">": lambda difference: difference >= TOLERANCE,
    ">=": lambda difference: difference > -TOLERANCE,
}
"""Comparing a difference with 0; numbers that differ by less than `TOLERANCE` are equal. False for NaN."""


Stretch = tuple[date | None, date | None]
"""First and last day, None where there is no end."""


@dataclass(frozen=True, kw_only=True)
class DayStretches:
    """A condition on one date, as the stretches of days on which it holds; `fails` is None for all other days."""

    fact: str
    holds: tuple[Stretch, ...]
    fails: tuple[Stretch, ...] | None


@lru_cache(maxsize=5_000)
def day_stretches(condition: Condition, *, package: Package, on: date) -> DayStretches | None:
    """The condition as stretches of days; None when it reads anything but one date.

    Told so, it needs no calendar for each person, neither in polars nor in PostgreSQL.
    """
    if len(condition.facts) != 1 or package.facts[condition.facts[0]].type != "date":
        return None
    (fact,) = condition.facts
    yes, no = Reckoner(facts=package.facts, on=on, read=lambda code: DAYS).verdicts(condition.readings)
    return DayStretches(
        fact=fact,
        holds=tuple(_stretches(yes)),
        fails=None if (yes | no).all() else tuple(_stretches(no)),
    )


def _stretches(holds: Truths) -> Iterator[Stretch]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(np.int8)))
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        yield (
            None if first == 0 else FIRST_DAY + timedelta(days=int(first)),
            None if after == len(DAYS) else FIRST_DAY + timedelta(days=int(after) - 1),
        )


@lru_cache(maxsize=1_000)
def day_table(node: Expression, *, package: Package, on: date) -> Numbers:
    """What an expression on one date comes to for every day from `FIRST_DAY`; NaN where that is unknown."""
    return Reckoner(facts=package.facts, on=on, read=lambda code: DAYS).value(node)
