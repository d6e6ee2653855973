"""The facts of one citizen read by the engine; what does not fit together is left out and told, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jobbro.engines.schemes.expressions import fact_codes
from jobbro.engines.schemes.facts import FactError, Facts
from jobbro.engines.schemes.rules import Contradiction, Package

from .facts import KnownFact, engine_facts


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The facts the rules were asked with; `left_out` are the codes that could not be used, `clashes` why."""

    facts: Facts
    used: Mapping[str, KnownFact]
    left_out: tuple[str, ...]
    clashes: tuple[Contradiction, ...]


def read_standing(standing: Mapping[str, KnownFact], *, package: Package, on: date) -> Reading:
    """Everything that stands, as far as it fits together; of facts that clash none is used."""
    used = dict(standing)
    left_out: list[str] = []
    clashes: list[Contradiction] = []
    while True:
        try:
            facts = engine_facts(used, package=package, on=on)
        except FactError as error:
            codes = _behind(error, package=package, used=used)
            left_out += codes
            clashes += [one for one in package.contradictions if one.id == error.code]
            used = {code: fact for code, fact in used.items() if code not in codes}
        else:
            return Reading(facts=facts, used=used, left_out=tuple(left_out), clashes=tuple(clashes))


def contradicting_codes(contradiction: Contradiction) -> frozenset[str]:
    """The facts that cannot all be true."""
    return frozenset().union(*(fact_codes(test) for test in contradiction.tests))


def _behind(error: FactError, *, package: Package, used: Mapping[str, KnownFact]) -> list[str]:
    """The facts behind a problem; what comes from a register stays where something else can give way."""
    found = next((one for one in package.contradictions if one.id == error.code), None)
    if found is None:
        return [error.code]
    codes = [code for code in sorted(contradicting_codes(found)) if code in used]
    told = [code for code in codes if not used[code].origin]
    return told or codes
