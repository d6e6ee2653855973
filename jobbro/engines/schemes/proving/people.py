"""The cheap answers held against the exact ones, for people of whom only some facts are known.

Exact: an outcome is known when it is the same in every world that fits what is known. While it is not, an unknown fact
matters when there are two such worlds that differ in it alone, and in the outcome or in its being a right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import z3  # type: ignore[import-untyped]

from jobbro.engines.schemes.deciding import Decider, Finding, decider_of
from jobbro.engines.schemes.expressions import DECISION_DATE, Value
from jobbro.engines.schemes.logic import Values, Verdict
from jobbro.engines.schemes.proving.worlds import Formula, World
from jobbro.engines.schemes.resolving import ResolvedScheme, resolve
from jobbro.engines.schemes.rules import FactDefinition, Package


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where the two answers differ: the scheme, the fact if it is about one, and what was known."""

    scheme: str
    fact: str
    cheap: object
    exact: object
    known: Values


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How many outcomes and open facts were compared, and where they differ."""

    persons: int
    outcomes: int
    relevant: int
    outcomes_differing: tuple[Difference, ...]
    relevance_differing: tuple[Difference, ...]


def agreement(package: Package, *, on: date, persons: int, missing: float = 0.4, seed: int = 1) -> Agreement:
    """Random people on the day `on`, each fact missing with the given chance: both answers for every scheme."""
    resolved = resolve(package, on)
    decider = decider_of(resolved)
    exact = {code: Exact(resolved.schemes[code], package=package, on=on) for code, _ in resolved.roots}
    found = [
        _compared(one, cheap=decider.roots[code](decider.findings(values)), decider=decider, values=values)
        for values in people(package, on=on, persons=persons, missing=missing, seed=seed)
        for code, one in exact.items()
    ]
    return Agreement(
        persons=persons,
        outcomes=len(found),
        relevant=sum(one.relevant for one in found),
        outcomes_differing=tuple(difference for one in found for difference in one.outcome),
        relevance_differing=tuple(difference for one in found for difference in one.relevance),
    )


@dataclass(frozen=True, kw_only=True)
class _Compared:
    relevant: int
    outcome: tuple[Difference, ...]
    relevance: tuple[Difference, ...]


def _compared(one: "Exact", *, cheap: Finding, decider: Decider, values: Values) -> _Compared:
    verdict, mask = cheap
    told = {fact: values[fact] for fact in sorted(one.facts & set(values))}
    exact = one.verdict(told)
    differing = (Difference(scheme=one.code, fact="", cheap=verdict, exact=exact, known=told),)
    if verdict is not None:
        return _Compared(relevant=0, outcome=() if exact is verdict else differing, relevance=())
    cheaply = set(decider.codes(mask))
    exactly = {fact for fact in one.facts - set(told) if one.matters(fact, told)}
    return _Compared(
        relevant=len(exactly),
        outcome=() if exact is None else differing,
        relevance=tuple(
            Difference(scheme=one.code, fact=fact, cheap=fact in cheaply, exact=fact in exactly, known=told)
            for fact in sorted(cheaply ^ exactly)
        ),
    )


def people(package: Package, *, on: date, persons: int, missing: float, seed: int) -> Iterator[Values]:
    """Known facts of random people; half the values as in the caseload, half from the whole range."""
    random = Random(seed)  # noqa: S311 - made-up people, the same again for the same seed
    for _ in range(persons):
        values: dict[str, Value] = {
            code: _drawn(fact, package.prior.get(code, ()), on=on, random=random)
            for code, fact in package.facts.items()
            if random.random() >= missing
        }
        yield values | {DECISION_DATE: on}


class Exact:
    """One scheme on one day, asked again and again with other known facts."""

    def __init__(self, scheme: ResolvedScheme, *, package: Package, on: date) -> None:
        assert scheme.outcome is not None
        self.code = scheme.scheme.code
        self.outcome = scheme.outcome
        self.right = scheme.right
        self.facts = scheme.facts
        self.on = on
        self.world = World(package, name="x", on=(on, on))
        self.holds = self.world.holds(self.outcome)
        self.solver = _solver(self.world.bounds)
        self.others: dict[str, tuple[z3.Solver, Formula]] = {}
        self.verdicts: dict[object, Verdict] = {}
        self.mattering: dict[object, bool] = {}

    def verdict(self, known: Values) -> Verdict:
        """The outcome if all worlds agree, else None."""
        key = tuple(known.items())
        if key not in self.verdicts:
            given = self._given(known)
            can_hold = self.solver.check(*given, self.holds) == z3.sat
            can_fail = self.solver.check(*given, z3.Not(self.holds)) == z3.sat
            self.verdicts[key] = None if can_hold and can_fail else can_hold
        return self.verdicts[key]

    def can_be_yes(self, known: Values) -> bool:
        """Whether some world that fits what is known is a yes."""
        return bool(self.solver.check(*self._given(known), self.holds) == z3.sat)

    def matters(self, fact: str, known: Values) -> bool:
        """Whether two worlds differ in this fact alone and in the outcome."""
        key = (fact, tuple(known.items()))
        if key not in self.mattering:
            if fact not in self.others:
                self.others[fact] = self._beside(fact)
            solver, differs = self.others[fact]
            self.mattering[key] = solver.check(*self._given(known), differs) == z3.sat
        return self.mattering[key]

    def _beside(self, fact: str) -> tuple[z3.Solver, Formula]:
        other = World(self.world.package, name="y", on=(self.on, self.on))
        other.terms |= {code: term for code, term in self.world.terms.items() if code != fact}
        differs = z3.Xor(self.holds, other.holds(self.outcome))
        if self.right is not None:
            differs = z3.Or(differs, z3.Xor(self.world.holds(self.right), other.holds(self.right)))
        return _solver([*self.world.bounds, *other.bounds]), differs

    def _given(self, known: Values) -> list[Formula]:
        return [self.world.told(code, value) for code, value in known.items() if code in self.world.terms]


def _solver(bounds: Iterable[Formula]) -> z3.Solver:
    solver = z3.Solver()
    solver.add(*bounds)
    return solver


def _drawn(fact: FactDefinition, shares: tuple[tuple[Value, float], ...], *, on: date, random: Random) -> Value:
    if shares and random.random() < 0.5:
        (value,) = random.choices([value for value, _ in shares], [share for _, share in shares])
        if fact.type == "date" and isinstance(value, (int, float)):
            return on + timedelta(days=int(value))
        return value
    match fact.type:
        case "bool":
            return random.random() < 0.5
        case "enum":
            return random.choice(fact.choices).code
        case "date":
            return on + timedelta(days=random.randint(-9000, 400 if fact.may_be_future else 0))
        case "int" | "decimal":
            low, high = fact.range or (0, 100)
            whole = random.randint(int(low), int(high))
            return whole if fact.type == "int" else float(whole)
