"""Whether some conditions can all hold at once: a search over the values at which any of them can turn."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product

from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Constant,
    Membership,
    Steps,
    Test,
    Value,
    fact_codes,
    parts,
)
from jobbro.engines.schemes.logic import Values, judge_of
from jobbro.engines.schemes.rules import FactDefinition, Package

MOST_TRIED = 200_000
MOST_CHANGES = 2_000
DAYS_AROUND = (0, -1, 1, -400, 400, -6000, -12000, -25000)
"""Days from the decision date that stand for just now, last year, and the birthdays of the young, grown and old."""


def holding(tests: Sequence[Test], *, package: Package, on: date) -> Values | None:
    """Values of the facts with which all the resolved tests hold on the day, or None when no tried values do."""
    judges = [judge_of(test) for test in tests]
    codes = sorted(frozenset().union(*(fact_codes(test) for test in tests)))
    choices = [tuple(_candidates(package.facts[code], tests=tests, on=on)) for code in codes]
    for values in islice(product(*choices), MOST_TRIED):
        tried: dict[str, Value] = dict(zip(codes, values, strict=True)) | {DECISION_DATE: on}
        if all(judge(tried) for judge in judges):
            return tried
    return None


def others(
    known: Values, *, codes: Sequence[str], tests: Sequence[Test], package: Package, on: date
) -> Iterator[Values]:
    """What is known with other values of the facts `codes`, at which any of the tests can turn; days from `on` only."""
    choices = [
        [value for value in _candidates(package.facts[code], tests=tests, on=on) if not _is_past(value, on)]
        for code in codes
    ]
    for values in islice(product(*choices), MOST_CHANGES):
        yield {**known, **dict(zip(codes, values, strict=True))}


def _is_past(value: Value, on: date) -> bool:
    return isinstance(value, date) and value < on


def _candidates(fact: FactDefinition, *, tests: Sequence[Test], on: date) -> Iterator[Value]:
    match fact.type:
        case "bool":
            yield from (True, False)
        case "enum":
            yield from (choice.code for choice in fact.choices)
        case "date":
            yield from _dates(tests, on=on, may_be_future=fact.may_be_future)
        case "int" | "decimal":
            yield from _numbers(fact, tests=tests)


def _dates(tests: Sequence[Test], *, on: date, may_be_future: bool) -> Iterator[date]:
    named = {value for value in _constants(tests) if isinstance(value, date)}
    days = {day + timedelta(days=days) for day in {on, *named} for days in DAYS_AROUND}
    yield from sorted(day for day in days if may_be_future or day <= on)


def _numbers(fact: FactDefinition, *, tests: Sequence[Test]) -> Iterator[Value]:
    assert fact.range is not None
    low, high = fact.range
    named = {value for value in _constants(tests) if isinstance(value, (int, float)) and not isinstance(value, bool)}
    points = {low, high, *(value + step for value in named for step in (-1, 0, 1))}
    yield from sorted(int(point) if fact.type == "int" else point for point in points if low <= point <= high)


def _constants(tests: Sequence[Test]) -> Iterator[Value]:
    for test in tests:
        for part in parts(test):
            if isinstance(part, Constant):
                yield part.value
            elif isinstance(part, Steps):
                yield from (value for _, value in part.steps)
            elif isinstance(part, Membership):
                yield from part.values
