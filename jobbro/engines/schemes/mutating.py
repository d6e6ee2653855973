"""Rules changed for the worse, one condition at a time, to see whether the worked examples notice."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from jobbro.engines.schemes.examples import Example, failures_of
from jobbro.engines.schemes.expressions import (
    Arithmetic,
    Compare,
    Comparison,
    Constant,
    Expression,
    Membership,
    Settled,
    Shift,
    Test,
)
from jobbro.engines.schemes.loading.conditions import opposite
from jobbro.engines.schemes.rules import Amount, Group, Leaf, Node, Package, Scheme, Version
from jobbro.engines.schemes.units import DATE, UnitChecker
from jobbro.engines.schemes.uses import leaves_of

Change = Callable[[Leaf], Leaf | None]
EDGE: Mapping[Comparison, Comparison] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One condition of one scheme, and what was done to it."""

    scheme: str
    leaf: str
    change: str
    changed: Scheme

    def __str__(self) -> str:
        return f"{self.scheme} {self.leaf} {self.change}"


def survivors(package: Package, examples: Iterable[Example]) -> tuple[list[Mutant], list[Mutant]]:
    """All mutants, and those that no example of their scheme catches."""
    by_scheme: dict[str, list[Example]] = {}
    for example in examples:
        by_scheme.setdefault(example.scheme, []).append(example)
    made = [mutant for code in by_scheme for mutant in mutants(package, code)]
    alive = [mutant for mutant in made if not _is_caught(mutant, package=package, examples=by_scheme[mutant.scheme])]
    return made, alive


def mutants(package: Package, code: str) -> Iterator[Mutant]:
    """Every condition of the scheme negated, removed, its edge and threshold moved, and each of its choices left out.

    A condition that stands alike in several versions is changed in all of them.
    """
    scheme = package.schemes[code]
    seen: set[tuple[str, tuple[Test, ...]]] = set()
    for version in scheme.versions:
        for leaf in leaves_of(version):
            if (leaf.id, leaf.readings) not in seen:
                seen.add((leaf.id, leaf.readings))
                for name, change in _changes(leaf, units=UnitChecker(package.facts, package.parameters)):
                    yield Mutant(scheme=code, leaf=leaf.id, change=name, changed=_changed(scheme, leaf, change))


def _is_caught(mutant: Mutant, *, package: Package, examples: list[Example]) -> bool:
    # One scheme alone: the others cannot notice, and need not be answered.
    alone = replace(package, schemes={mutant.scheme: mutant.changed})
    return any(failures_of(example, package=alone) for example in examples)


def _changes(leaf: Leaf, *, units: UnitChecker) -> Iterator[tuple[str, Change]]:
    # The opposite of "holds or holds not" is the same again.
    if {opposite(test) for test in leaf.readings} != set(leaf.readings):
        yield "negated", lambda found: replace(found, readings=tuple(opposite(test) for test in found.readings))
    yield "removed", lambda found: None
    for at, test in enumerate(leaf.readings):
        if isinstance(test, Compare) and test.operator in EDGE:
            yield "edge moved over", _reading(at, Compare(EDGE[test.operator], test.left, test.right))
            for step in (1, -1):
                moved = Compare(test.operator, test.left, _moved(test.right, step, units=units))
                yield f"threshold {step:+d}", _reading(at, moved)
        if isinstance(test, Membership) and len(test.values) > 1:
            for value in test.values:
                rest = tuple(other for other in test.values if other != value)
                yield f"without {value}", _reading(at, Membership(test.item, rest, test.negated))


def _reading(at: int, test: Test) -> Change:
    def change(leaf: Leaf) -> Leaf:
        return replace(leaf, readings=(*leaf.readings[:at], test, *leaf.readings[at + 1 :]))

    return change


def _moved(side: Expression, step: int, *, units: UnitChecker) -> Expression:
    if units.kind(side) == DATE:
        return Shift(side, Constant(abs(step)), "days", 1 if step > 0 else -1)
    return Arithmetic("+", side, Constant(step))


def _changed(scheme: Scheme, leaf: Leaf, change: Change) -> Scheme:
    return replace(scheme, versions=tuple(_version(version, leaf, change) for version in scheme.versions))


def _version(version: Version, leaf: Leaf, change: Change) -> Version:
    return replace(
        version,
        when=_tree(version.when, leaf, change),
        right_when=version.right_when and _tree(version.right_when, leaf, change),
        amounts=tuple(_amount(amount, leaf, change) for amount in version.amounts),
    )


def _amount(amount: Amount, leaf: Leaf, change: Change) -> Amount:
    return amount if amount.when is None else replace(amount, when=_tree(amount.when, leaf, change))


def _tree(node: Node, leaf: Leaf, change: Change) -> Node:
    """The tree with the change made; a tree that was only the removed condition holds for all."""
    return _node(node, leaf, change) or replace(leaf, readings=(Settled(True),))


def _node(node: Node, leaf: Leaf, change: Change) -> Node | None:
    if isinstance(node, Leaf):
        return change(node) if (node.id, node.readings) == (leaf.id, leaf.readings) else node
    children = tuple(child for child in (_node(child, leaf, change) for child in node.children) if child is not None)
    if not children:
        return None
    return Group(join=node.join, children=children, id=node.id, text=node.text)
