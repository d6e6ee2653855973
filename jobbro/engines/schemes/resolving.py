"""Rules as they stand on one day: the versions in force, every value of the law written into the conditions."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

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
    Parameter,
    Shift,
    Steps,
    Test,
    parameter_codes,
    parts,
    rewrite,
    rewrite_test,
)
from jobbro.engines.schemes.logic import value_of
from jobbro.engines.schemes.rules import Amount, Group, Leaf, Node, Package, Scheme, Version, leaves

REGIMES_KEPT = 500


@dataclass(frozen=True, kw_only=True, eq=False)
class ResolvedScheme:
    """One scheme on one day; `version` is None before its first version and after its end."""

    scheme: Scheme
    version: Version | None
    outcome: Node | None
    right: Node | None
    amounts: tuple[Amount, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that can decide the outcome."""
        return frozenset().union(*(leaf.facts for leaf in leaves(self.outcome))) if self.outcome else frozenset()

    @cached_property
    def has_followers(self) -> bool:
        """Whether some condition follows from the others."""
        return self.outcome is not None and any(leaf.follows for leaf in leaves(self.outcome))

    @cached_property
    def dated(self) -> tuple[tuple[Expression, Expression], ...]:
        """The comparisons that the day itself can turn: the side with the decision date, and the other."""
        tests = [test for leaf in leaves(self.outcome) for test in leaf.readings] if self.outcome else []
        return tuple(
            pair
            for test in tests
            if isinstance(test, Compare)
            for pair in ((test.left, test.right), (test.right, test.left))
            if any(part == Fact(DECISION_DATE) or isinstance(part, Eldest) for part in parts(pair[0]))
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Resolved:
    """All schemes on one day. Every back-end is compiled from this tree, in which only facts are left open."""

    package: Package
    on: date
    schemes: Mapping[str, ResolvedScheme]

    @property
    def roots(self) -> Iterator[tuple[str, Node]]:
        """Scheme code and outcome tree of every scheme that has rules on the day."""
        for code, resolved in self.schemes.items():
            if resolved.outcome is not None:
                yield code, resolved.outcome

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """All facts that can decide an outcome, in the order of the package."""
        used = frozenset().union(*(scheme.facts for scheme in self.schemes.values()))
        return tuple(code for code in self.package.facts if code in used)


def resolve(package: Package, on: date) -> Resolved:
    """The package on the day `on`; the same object for all days between two changes of the law."""
    return _resolved(package, regime_of(package, on))


def resolve_scheme(package: Package, code: str, on: date) -> ResolvedScheme:
    """One scheme on the day `on`. Raises `KeyError` for an unknown code."""
    return _resolved_scheme(package, code, regime_of(package, on))


def regime_of(package: Package, on: date) -> int:
    """The number of the stretch of days, between two changes of the law, that holds the day."""
    return bisect_right(package.changes_on, on)


@lru_cache(maxsize=REGIMES_KEPT)
def _resolved(package: Package, regime: int) -> Resolved:
    schemes = {code: _resolved_scheme(package, code, regime) for code in package.schemes}
    return Resolved(package=package, on=_first_day(package, regime), schemes=schemes)


@lru_cache(maxsize=REGIMES_KEPT * 15)
def _resolved_scheme(package: Package, code: str, regime: int) -> ResolvedScheme:
    scheme = package.schemes[code]
    on = _first_day(package, regime)
    version = scheme.in_force(on)
    if version is None:
        return ResolvedScheme(scheme=scheme, version=None, outcome=None, right=None, amounts=())
    filled = _Values(package=package, on=on)
    return ResolvedScheme(
        scheme=scheme,
        version=version,
        outcome=filled.tree(version.outcome),
        right=filled.tree(version.right_when) if version.right_when else None,
        amounts=tuple(filled.amount(amount) for amount in version.amounts),
    )


def _first_day(package: Package, regime: int) -> date:
    return package.changes_on[regime - 1] if regime else date.min


@dataclass(frozen=True, kw_only=True)
class _Values:
    package: Package
    on: date

    def tree(self, node: Node) -> Node:
        if isinstance(node, Leaf):
            if not any(parameter_codes(test) for test in node.readings):
                return node
            return replace(node, readings=tuple(rewrite_test(test, self.fill) for test in node.readings))
        return Group(
            join=node.join, children=tuple(self.tree(child) for child in node.children), id=node.id, text=node.text
        )

    def amount(self, amount: Amount) -> Amount:
        when = None if amount.when is None else self.tree(amount.when)
        return replace(amount, value=rewrite(amount.value, self.fill), when=when)

    def fill(self, node: Expression) -> Expression:
        match node:
            case Parameter(code):
                value = self.package.parameters[code].in_force(self.on)
                return Constant(value.value if value else None)
            case Lookup(code, on):
                value = self.package.parameters[code].in_force(self.on)
                return Steps(on, value.steps) if value else Constant(None)
            case Eldest(code, ()):
                value = self.package.parameters[code].in_force(self.on)
                return Eldest(code, value.steps) if value else Constant(None)
            case Arithmetic() | Shift() | Extreme() if all(isinstance(child, Constant) for child in _operands(node)):
                return Constant(value_of(node, {}))
        return node


def _operands(node: Arithmetic | Shift | Extreme) -> tuple[Expression, ...]:
    match node:
        case Arithmetic(_, left, right):
            return left, right
        case Shift(on, amount, _, _):
            return on, amount
        case Extreme(_, items):
            return items


def fill_test(test: Test, *, package: Package, on: date) -> Test:
    """One test with the values in force on the day written into it."""
    return rewrite_test(test, _Values(package=package, on=on).fill)
