"""What is known of one person: checked values with where they come from and how long they hold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from jobbro.engines.schemes.expressions import DECISION_DATE, Value
from jobbro.engines.schemes.logic import judge_of
from jobbro.engines.schemes.resolving import fill_test
from jobbro.engines.schemes.rules import Contradiction, FactDefinition, Package

FactSource = Literal["register", "declared", "documented", "assessed"]
FactReason = Literal[
    "unknown_code", "wrong_type", "not_a_choice", "out_of_range", "not_finite", "too_many_decimals", "in_the_future",
    "contradiction",
]  # fmt: skip

FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2149, 12, 31)
"""The days that a fact can lie on; anything else is a slip of the pen."""


class FactError(ValueError):
    """A fact cannot be taken. `code`: the fact or the contradiction's id; `reason`: a code for the page's sentence."""

    def __init__(self, *, code: str, reason: FactReason, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.reason = reason
        self.message = message


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldFact:
    """One answer. `value` None is "ved ikke": never asked again, and the condition stays as a condition."""

    value: Value
    source: FactSource = "declared"
    observed_on: date | None = None
    good_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """All answers about one person, by fact code, checked by `told_facts` or `read_facts`."""

    told: Mapping[str, ToldFact]

    def known(self, on: date) -> dict[str, Value]:
        """Fact code -> value of what is known on the day, the day itself as `decision_date`."""
        values: dict[str, Value] = {
            code: fact.value
            for code, fact in self.told.items()
            if fact.value is not None and (fact.good_until is None or on <= fact.good_until)
        }
        values[DECISION_DATE] = on
        return values

    def unanswerable(self, on: date) -> frozenset[str]:
        """The facts that were asked about and could not be answered."""
        return frozenset(
            code
            for code, fact in self.told.items()
            if fact.value is None and (fact.good_until is None or on <= fact.good_until)
        )


def read_facts(given: object, *, package: Package, on: date) -> Facts:
    """Facts from a flat map of fact code to value; null is "ved ikke". Raises `FactError`."""
    if not isinstance(given, Mapping):
        raise FactError(code="facts", reason="wrong_type", message="a map from fact code to value is expected")
    return told_facts({code: ToldFact(value=value) for code, value in given.items()}, package=package, on=on)


def told_facts(told: Mapping[str, ToldFact], *, package: Package, on: date) -> Facts:
    """The same answers, each checked against its definition and all against each other. Raises `FactError`."""
    checked: dict[str, ToldFact] = {}
    for code, fact in told.items():
        if not isinstance(code, str) or code not in package.facts:
            raise FactError(
                code=str(code),
                reason="unknown_code",
                message="is not a fact of the package; see `jobbro schemes facts`",
            )
        if fact.observed_on is not None and fact.observed_on > on:
            raise FactError(
                code=code, reason="in_the_future", message=f"was observed on {fact.observed_on}, after {on}"
            )
        value = check_value(package.facts[code], fact.value, on=on)
        checked[code] = ToldFact(
            value=value, source=fact.source, observed_on=fact.observed_on, good_until=fact.good_until
        )
    facts = Facts(told=checked)
    for contradiction in contradictions_of(facts, package=package, on=on):
        raise FactError(code=contradiction.id, reason="contradiction", message=contradiction.text.en)
    return facts


def contradictions_of(facts: Facts, *, package: Package, on: date) -> tuple[Contradiction, ...]:
    """The contradictions of the package that the known facts run into."""
    values = facts.known(on)
    return tuple(
        contradiction
        for contradiction in package.contradictions
        if all(judge_of(fill_test(test, package=package, on=on))(values) for test in contradiction.tests)
    )


def check_value(fact: FactDefinition, value: object, *, on: date) -> Value:
    """The value itself, None for "ved ikke". Raises `FactError` for one that the definition does not allow."""
    if value is None:
        return None
    match fact.type:
        case "bool":
            return _checked_bool(fact, value)
        case "enum":
            return _checked_choice(fact, value)
        case "date":
            return _checked_date(fact, value, on=on)
        case "int" | "decimal":
            return _checked_number(fact, value)


def _checked_bool(fact: FactDefinition, value: object) -> Value:
    if not isinstance(value, bool):
        raise FactError(code=fact.code, reason="wrong_type", message=f"must be true or false, not {value!r}")
    return value


def _checked_choice(fact: FactDefinition, value: object) -> Value:
    choices = [choice.code for choice in fact.choices]
    if not isinstance(value, str) or value not in choices:
        reason: FactReason = "not_a_choice" if isinstance(value, str) else "wrong_type"
        raise FactError(code=fact.code, reason=reason, message=f"must be one of {', '.join(choices)}, not {value!r}")
    return value


def _checked_date(fact: FactDefinition, value: object, *, on: date) -> Value:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FactError(code=fact.code, reason="wrong_type", message=f"must be a date as 2026-02-01, not {value!r}")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise FactError(
            code=fact.code, reason="wrong_type", message=f"must be a day from {FIRST_DAY} to {LAST_DAY}, not {value}"
        )
    if value > on and not fact.may_be_future:
        raise FactError(code=fact.code, reason="in_the_future", message=f"{value} lies after {on}")
    return value


def _checked_number(fact: FactDefinition, value: object) -> Value:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise FactError(code=fact.code, reason="wrong_type", message=f"must be a number, not {value!r}")
    if not math.isfinite(value):
        raise FactError(code=fact.code, reason="not_finite", message="must be a finite number")
    if fact.type == "int" and not isinstance(value, int):
        raise FactError(code=fact.code, reason="wrong_type", message=f"must be a whole number, not {value!r}")
    if abs(value * 100 - round(value * 100)) > 1e-6:
        raise FactError(code=fact.code, reason="too_many_decimals", message="takes at most 2 decimals")
    if fact.range and not fact.range[0] <= value <= fact.range[1]:
        low, high = fact.range
        raise FactError(
            code=fact.code, reason="out_of_range", message=f"must be from {low:g} to {high:g}, not {value!r}"
        )
    return value
