"""What holds of the rules for everybody and on every day: proved, or refuted by a person for whom it does not hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import z3  # type: ignore[import-untyped]

from jobbro.engines.schemes.expressions import Test, Value
from jobbro.engines.schemes.proving.known import sides
from jobbro.engines.schemes.proving.worlds import FIRST_YEAR, LAST_YEAR, Formula, World
from jobbro.engines.schemes.resolving import Resolved, fill_test, resolve
from jobbro.engines.schemes.rules import Contradiction, Leaf, Node, Package, leaves, without

SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Refutation:
    """A case in which a theorem fails, and a person who shows it; nobody when z3 gave up or nobody exists."""

    case: str
    person: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Theorem:
    """A property, how many cases of it there are, and those in which it does not hold."""

    name: str
    cases: int
    refuted: tuple[Refutation, ...]

    @property
    def is_proved(self) -> bool:
        """Whether it holds in every case."""
        return not self.refuted


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days on which every condition of every scheme is the same."""

    resolved: Resolved
    first: date
    last: date

    def world(self) -> World:
        """Everybody on any of the days."""
        return World(self.resolved.package, name="x", on=(self.first, self.last))

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def prove(package: Package) -> tuple[Theorem, ...]:
    """All theorems about the package, over all days on which any of its rules hold."""
    return (
        _theorem("never both yes and no", _for_each(package, _overlap)),
        _theorem("what is known stays, whatever turns out", _for_each(package, _unsteady)),
        _theorem("what follows from the other conditions changes no outcome", _for_each(package, _saying_more)),
        _theorem("schemes that exclude each other are never both yes", _both(package)),
        _theorem("each scheme can be yes and can be no", _for_each(package, _impossible)),
        _theorem("each contradiction can happen", _silent(package)),
    )


def stretches(package: Package, *schemes: str) -> tuple[Stretch, ...]:
    """The days on which all the schemes have rules, cut where a condition or contradiction of them changes."""
    days = [day for day in package.changes_on if date(FIRST_YEAR, 1, 1) <= day <= date(LAST_YEAR, 12, 31)]
    ends = [*(day - timedelta(days=1) for day in days[1:]), date(LAST_YEAR, 12, 31)]
    found: list[Stretch] = []
    for (shapes, _), group in groupby(zip(days, ends, strict=True), key=lambda days: _rules(package, schemes, days[0])):
        held = list(group)
        if None not in shapes:
            found.append(Stretch(resolved=resolve(package, held[0][0]), first=held[0][0], last=held[-1][1]))
    return tuple(found)


Shape = tuple[object, ...] | None


def _rules(package: Package, schemes: tuple[str, ...], on: date) -> tuple[tuple[Shape, ...], list[Test]]:
    shapes = tuple(_shape(resolve(package, on).schemes[code].outcome) for code in schemes)
    tests = [fill_test(test, package=package, on=on) for found in package.contradictions for test in found.tests]
    return shapes, tests


def _shape(node: Node | None) -> Shape:
    """What the node tests, without its sentences and sources."""
    if node is None:
        return None
    return node.readings if isinstance(node, Leaf) else (node.join, *(_shape(child) for child in node.children))


Case = Refutation | None
"""One case of a theorem: None where it holds."""


def _theorem(name: str, cases: Iterable[Case]) -> Theorem:
    tried = list(cases)
    return Theorem(name=name, cases=len(tried), refuted=tuple(case for case in tried if case is not None))


def search(world: World, *formulas: Formula) -> tuple[z3.CheckSatResult, Mapping[str, Value]]:
    """Whether somebody fulfils the formulas, and who."""
    solver = z3.Solver()
    solver.set("timeout", SECONDS * 1000)
    solver.add(*formulas, *world.bounds)
    answer = solver.check()
    return answer, world.person(solver.model()) if answer == z3.sat else {}


def _nobody(case: str, world: World, formula: Formula) -> Case:
    """That nobody fulfils the formula."""
    answer, person = search(world, formula)
    if answer == z3.unsat:
        return None
    return Refutation(case=case if answer == z3.sat else f"{case} (not decided)", person=person)


def _for_each(package: Package, cases: Callable[[str, Node, Stretch], Iterator[Case]]) -> Iterator[Case]:
    for code in package.schemes:
        for one in stretches(package, code):
            node = one.resolved.schemes[code].outcome
            assert node is not None
            yield from cases(code, node, one)


def _overlap(code: str, node: Node, one: Stretch) -> Iterator[Case]:
    world = one.world()
    found = sides(node, world)
    yield _nobody(f"{code}, {one}", world, z3.And(found.yes, found.no))


def _unsteady(code: str, node: Node, one: Stretch) -> Iterator[Case]:
    world = one.world()
    found, holds = sides(node, world), world.holds(node)
    wrong = z3.Or(z3.And(found.yes, z3.Not(holds)), z3.And(found.no, holds))
    yield _nobody(f"{code}, {one}", world, wrong)


def _saying_more(code: str, node: Node, one: Stretch) -> Iterator[Case]:
    """That each condition that is said to follow does so from the others, and from those before it that follow."""
    followers = [leaf for leaf in leaves(node) if leaf.follows]
    for at, leaf in enumerate(followers):
        before, after = without(node, followers[at:]), without(node, followers[at + 1 :])
        if before is not None and after is not None:
            world = one.world()
            differs = z3.Xor(world.holds(before), world.holds(after))
            yield _nobody(f"{code} {leaf.id}, {one}", world, differs)


def _both(package: Package) -> Iterator[Case]:
    for code, other in _exclusive(package):
        for one in stretches(package, code, other):
            world = one.world()
            both = [world.holds(node) for name, node in one.resolved.roots if name in (code, other)]
            yield _nobody(f"{code} and {other}, {one}", world, z3.And(*both, consistent(world, one)))


def _exclusive(package: Package) -> list[tuple[str, str]]:
    """The pairs between which there is not even a choice."""
    return [
        (code, other)
        for code, scheme in package.schemes.items()
        for other in scheme.exclusive_with
        if code < other and other not in scheme.choice_with
    ]


def _impossible(code: str, node: Node, one: Stretch) -> Iterator[Case]:
    """That somebody without contradictions is a yes, and somebody is a no."""
    for name, wanted in (("yes", True), ("no", False)):
        world = one.world()
        holds = world.holds(node)
        answer, _ = search(world, holds if wanted else z3.Not(holds), consistent(world, one))
        yield None if answer == z3.sat else Refutation(case=f"{code} is {name} for nobody, {one}", person={})


def _silent(package: Package) -> Iterator[Case]:
    """That somebody runs into each contradiction, on some day."""
    for contradiction in package.contradictions:
        can_happen = any(_runs_into(contradiction, one) for one in reversed(stretches(package)))
        yield None if can_happen else Refutation(case=contradiction.id, person={})


def _runs_into(contradiction: Contradiction, one: Stretch) -> bool:
    world = one.world()
    package = one.resolved.package
    tests = [world.test(fill_test(test, package=package, on=one.first)) for test in contradiction.tests]
    answer, _ = search(world, *tests)
    return bool(answer == z3.sat)


def consistent(world: World, one: Stretch) -> Formula:
    """The person runs into none of the contradictions."""
    package = one.resolved.package
    return z3.And(
        [
            z3.Not(z3.And([world.test(fill_test(test, package=package, on=one.first)) for test in found.tests]))
            for found in package.contradictions
        ]
    )
