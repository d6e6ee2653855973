"""The conditions of a version as nested lists, and what it gives."""

from collections.abc import Iterator

from jobbro.cli.schemes.law_book.words import JOINS, MARKS, filled, formula, value_words
from jobbro.engines.schemes.expressions import Parameter
from jobbro.engines.schemes.rules import Amount, Leaf, Node, Package, SourceReference, Version


def conditions(node: Node, *, package: Package, version: Version, depth: int = 0) -> Iterator[str]:
    """One line a condition or group, indented by its depth."""
    before = "  " * depth
    if isinstance(node, Leaf):
        yield f"{before}- {_condition(node, package=package, version=version)}"
        if node.note is not None:
            yield f"{before}  - *{node.note.da}*"
        return
    name = f"{node.text.da} - " if node.text else ""
    yield f"{before}- {name}{JOINS[node.join]}"
    for child in node.children:
        yield from conditions(child, package=package, version=version, depth=depth + 1)


def amounts(version: Version, *, package: Package) -> Iterator[str]:
    """One line an amount: what it is and how it is reckoned."""
    for amount in version.amounts:
        yield f"- **{amount.title.da}** ({amount.paragraph}): {_reckoned(amount, package=package, version=version)}"
        if amount.when is not None:
            yield from _when(amount, package=package, version=version)


def _reckoned(amount: Amount, *, package: Package, version: Version) -> str:
    """How it is reckoned; a value that stands alone is said at once, unless it is another every year."""
    if not isinstance(amount.value, Parameter):
        return formula(amount.value, package=package)
    parameter = package.parameters[amount.value.code]
    held = parameter.in_force(version.starts)
    if held is None or parameter.is_yearly:
        return f"{parameter.label.da}, se værdierne nedenfor"
    return value_words(held.value, unit=parameter.unit)


def source(reference: SourceReference) -> str:
    """Paragraph, with the act where it is another than that of the version, and how sure it is."""
    return f"{reference.paragraph}, {MARKS[reference.mark]}"


def _condition(leaf: Leaf, *, package: Package, version: Version) -> str:
    said = filled(leaf.text.da, package=package, version=version)
    kind = "vurdering" if leaf.is_judgement else "fast"
    law = "" if leaf.source.law == version.source.law else f"{leaf.source.law}, "
    dispute = ", så svaret er »ved ikke«, hvor det kommer an på det" if len(leaf.readings) > 1 else ""
    return f"`{leaf.id}` {said} ({kind}; {law}{source(leaf.source)}{dispute})"


def _when(amount: Amount, *, package: Package, version: Version) -> Iterator[str]:
    assert amount.when is not None
    yield "  - kun når:"
    yield from conditions(amount.when, package=package, version=version, depth=2)
