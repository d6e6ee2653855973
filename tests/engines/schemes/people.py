"""Made-up people for the tests of the schemes: each fact known or not, by chance, with values round every threshold."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jobbro.engines.schemes.expressions import DECISION_DATE, Value
from jobbro.engines.schemes.facts import Facts, ToldFact, contradictions_of
from jobbro.engines.schemes.rules import FactDefinition, Package

ON = date(2026, 11, 22)


def random_value(fact: FactDefinition, *, random: Random, on: date) -> Value:
    """Any value that the definition allows; often a round one, for thresholds are round."""
    if fact.type == "bool":
        return random.random() < 0.5
    if fact.type == "enum":
        return random.choice(fact.choices).code
    if fact.type == "date":
        days = random.choice([random.randint(-800, 800), random.randint(-25_000, 0), 0, -365, -7, -56])
        return on + timedelta(days=days if fact.may_be_future else -abs(days))
    assert fact.range
    low, high = fact.range
    whole = random.choice([random.randint(int(low), int(high)), random.randint(int(low), int(min(high, low + 60)))])
    if fact.type == "decimal" and random.random() < 0.3:
        return round(min(high, whole + random.choice([0.5, 0.25, 0.01, 0.99])), 2)
    return whole


def random_values(package: Package, *, random: Random, on: date = ON) -> dict[str, Value]:
    """What is known of somebody, from nothing to everything, whether or not it goes together."""
    known = random.random()
    values = {
        code: random_value(fact, random=random, on=on)
        for code, fact in package.facts.items()
        if random.random() < known
    }
    return {**values, DECISION_DATE: on}


def random_facts(package: Package, *, random: Random, on: date = ON, known: float = 0.6) -> Facts:
    """Answers that do not contradict each other, about a share `known` of the facts."""
    told: dict[str, ToldFact] = {}
    for code, fact in package.facts.items():
        if random.random() < known:
            told[code] = ToldFact(value=random_value(fact, random=random, on=on))
    while found := contradictions_of(Facts(told=told), package=package, on=on):
        for test in found[0].tests:
            codes = sorted(code for code in told if code in str(test))
            for code in codes[:1]:
                del told[code]
    return Facts(told=told)
