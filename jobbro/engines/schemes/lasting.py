"""From when and until when an outcome holds: looked for only on the days on which something can change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jobbro.engines.schemes.expressions import DECISION_DATE, Eldest, Expression, Fact, Shift, parts
from jobbro.engines.schemes.facts import FIRST_DAY, LAST_DAY, Facts
from jobbro.engines.schemes.logic import Verdict, judge_of_tree, shifted, value_of
from jobbro.engines.schemes.resolving import resolve_scheme
from jobbro.engines.schemes.rules import Package

NEAR = range(-3, 5)
"""Days round a shifted decision date that are tried: months differ by at most three days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """First and last day with the same outcome; None where no change was found."""

    starts: date | None
    until: date | None


def period_of(code: str, *, facts: Facts, package: Package, on: date) -> Period:
    """The stretch of days round `on` with the same outcome of scheme `code`, as far as today's facts tell."""
    outcome = _verdict(code, facts=facts, package=package, on=on)
    days = sorted(set(_days(code, facts=facts, package=package, on=on)))
    until = next(
        (
            day - timedelta(days=1)
            for day in days
            if day > on and _verdict(code, facts=facts, package=package, on=day) != outcome
        ),
        None,
    )
    starts = next(
        (
            day
            for day in reversed(days)
            if date.min < day <= on
            and _verdict(code, facts=facts, package=package, on=day - timedelta(days=1)) != outcome
        ),
        None,
    )
    return Period(starts=starts, until=until)


def _verdict(code: str, *, facts: Facts, package: Package, on: date) -> tuple[bool, Verdict]:
    resolved = resolve_scheme(package, code, on)
    if resolved.outcome is None:
        return False, None
    values = facts.known(on)
    return True, judge_of_tree(resolved.outcome)(values)


def _days(code: str, *, facts: Facts, package: Package, on: date) -> Iterator[date]:
    yield from package.changes_on_of[code]
    for fact in facts.told.values():
        if fact.good_until is not None:
            yield fact.good_until + timedelta(days=1)
    resolved = resolve_scheme(package, code, on)
    values = facts.known(on)
    for side, other in resolved.dated:
        day = value_of(other, values)
        if isinstance(day, date):
            yield from _solutions(side, day=day)


def _solutions(side: Expression, *, day: date) -> Iterator[date]:
    if isinstance(side, Fact):
        yield day
        yield day + timedelta(days=1)
    elif any(isinstance(part, Eldest) for part in parts(side)):
        yield from _reaching(side, day=day)
    elif isinstance(side, Shift):
        amount = value_of(side.amount, {})
        if isinstance(amount, (int, float)):
            middle = shifted(day, amount=-side.sign * int(amount), unit=side.unit)
            yield from (middle + timedelta(days=near) for near in NEAR) if middle else ()


def _reaching(side: Expression, *, day: date) -> Iterator[date]:
    """The decision dates on which a side that never goes back first comes to the day, and first passes it."""
    for target in (day, day + timedelta(days=1)):
        low, high = FIRST_DAY, LAST_DAY
        while low < high:
            middle = low + (high - low) // 2
            found = value_of(side, {DECISION_DATE: middle})
            if not isinstance(found, date):
                return
            low, high = (middle + timedelta(days=1), high) if found < target else (low, middle)
        yield low
