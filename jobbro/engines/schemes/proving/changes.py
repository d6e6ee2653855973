"""Whether the nearest change of an answer can be made: some values of the facts it names give a yes."""

from dataclasses import dataclass
from datetime import date

from jobbro.engines.schemes.changing import nearest_change
from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.expressions import DECISION_DATE
from jobbro.engines.schemes.facts import Facts, ToldFact
from jobbro.engines.schemes.logic import Values
from jobbro.engines.schemes.proving.people import Exact, people
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How many nearest changes were tried, and those that nobody can make, as scheme and ids of the conditions."""

    tried: int
    impossible: tuple[str, ...]


def changes(package: Package, *, on: date, persons: int, missing: float = 0.4, seed: int = 1) -> Changes:
    """The nearest change of every scheme that is not a yes, for random people on the day."""
    resolved = resolve(package, on)
    exact = {code: Exact(resolved.schemes[code], package=package, on=on) for code, _ in resolved.roots}
    tried, impossible = 0, []
    for values in people(package, on=on, persons=persons, missing=missing, seed=seed):
        for answer in explain(_facts(values), package=package, on=on):
            change = nearest_change(answer)
            if change is None or not change.wanted:
                continue
            tried += 1
            named = frozenset().union(*(one.leaf.facts for one in change.wanted))
            if not exact[answer.scheme].can_be_yes(_kept(values, answer, named)):
                impossible.append(f"{answer.scheme} {' '.join(one.leaf.id for one in change.wanted)}")
    return Changes(tried=tried, impossible=tuple(impossible))


def _facts(values: Values) -> Facts:
    return Facts(told={code: ToldFact(value=value) for code, value in values.items() if code != DECISION_DATE})


def _kept(values: Values, answer: SchemeAnswer, named: frozenset[str]) -> Values:
    read = answer.resolved.facts - named
    return {code: value for code, value in values.items() if code in read}
