"""Where each fact and each value of the law is used, over all versions of all schemes."""

from collections.abc import Iterator, Mapping

from jobbro.engines.schemes.expressions import (
    Compare,
    Expression,
    ExpressionError,
    Membership,
    Settled,
    Test,
    fact_codes,
    parameter_codes,
    parse_expression,
    parse_test,
)
from jobbro.engines.schemes.loading.texts import placeholders
from jobbro.engines.schemes.rules import DerivedFact, Leaf, Package, Scheme, Version, leaves


def schemes_using(package: Package) -> Mapping[str, tuple[str, ...]]:
    """Fact code -> the schemes whose outcome or amounts read it in any version, in the order of the package."""
    read = {code: facts_of(scheme) for code, scheme in package.schemes.items()}
    return {fact: tuple(code for code, facts in read.items() if fact in facts) for fact in package.facts}


def facts_of(scheme: Scheme) -> frozenset[str]:
    """The told facts that any version of the scheme reads, in its conditions or its amounts."""
    found: set[str] = set()
    for version in scheme.versions:
        found.update(*(leaf.facts for leaf in leaves_of(version)))
        found.update(*(fact_codes(amount.value) for amount in version.amounts))
    return frozenset(found)


def leaves_of(version: Version) -> Iterator[Leaf]:
    """Every condition of the version, those of its amounts too."""
    for tree in version.trees:
        yield from leaves(tree)


def parameters_used(package: Package) -> frozenset[str]:
    """The values of the law that a condition, an amount, a contradiction or a sentence reads."""
    found: set[str] = set()
    for scheme in package.schemes.values():
        for version in scheme.versions:
            found.update(*(_parameters_of(leaf) for leaf in leaves_of(version)))
            found.update(*(parameter_codes(amount.value) for amount in version.amounts))
    for contradiction in package.contradictions:
        found.update(*(parameter_codes(test) for test in contradiction.tests))
    return frozenset(found)


def derived_used(package: Package) -> frozenset[str]:
    """The derived facts that a condition, an amount or another derived fact in use is written with."""
    written = [
        text
        for scheme in package.schemes.values()
        for version in scheme.versions
        for text in (
            *(text for leaf in leaves_of(version) for text in leaf.written),
            *(amount.written for amount in version.amounts),
        )
    ]
    found: set[str] = set()
    waiting = _derived_in(written, package.derived)
    while waiting:
        found |= waiting
        waiting = _derived_in([package.derived[code].written for code in waiting], package.derived) - found
    return frozenset(found)


def _parameters_of(leaf: Leaf) -> frozenset[str]:
    named = frozenset(name for name in placeholders(leaf.text) if not name.startswith("{"))
    return named.union(*(parameter_codes(test) for test in leaf.readings))


def _derived_in(texts: list[str], derived: Mapping[str, DerivedFact]) -> set[str]:
    return {code for text in texts for code in fact_codes(_parsed(text)) if code in derived}


def _parsed(text: str) -> Expression | Test:
    try:
        return parse_test(text)
    except ExpressionError:
        return parse_expression(text)


def is_comparison(test: Test) -> bool:
    """Whether the test compares by order; equality, membership and settled readings have no threshold."""
    match test:
        case Compare(operator, _, _):
            return operator in ("<", "<=", ">", ">=")
        case Membership() | Settled():
            return False
