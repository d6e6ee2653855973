"""One answer as a tree to read, in Danish: every condition with its sentence, facts, source and what it came to."""

import re
from collections.abc import Iterator
from datetime import date

from jobbro.engines.schemes.changing import Wanted, change_to_tell
from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Leaf, Package, SourceReference

OUTCOMES = {"yes": "Ja", "no": "Nej", "unknown": "Ved ikke endnu"}
SIGNS = {True: "ja", False: "nej", None: "?"}
JOINS = {"all": "alle disse:", "any": "mindst én af disse:", "none": "ingen af disse:"}
MARKS = {
    "V": "",
    "D": " - udledt",
    "U": " - ikke bekræftet",
    "C": " - kilderne er uenige",
    "S": " - kilden siger det ikke",
}
SWAPPED = str.maketrans(",.", ".,")
KINDS = {"right": "en ret", "discretion": "kan bevilges efter et skøn"}


def tree_of(answer: SchemeAnswer) -> str:
    """The whole answer, one line a condition."""
    return "\n".join(_lines(answer))


def _lines(answer: SchemeAnswer) -> Iterator[str]:
    scheme = answer.resolved.scheme
    yield f"{scheme.title.da} ({scheme.code}): {OUTCOMES[answer.outcome]} - {KINDS[answer.kind]}"
    if answer.tree is None:
        yield "  Reglerne gælder ikke på denne dag."
        return
    yield from _nodes(answer.tree, answer=answer, depth=1)
    if change := change_to_tell(answer):
        yield f"  Det ville kunne passe, hvis {_otherwise(change, answer=answer)}."
    if answer.ask:
        labels = [answer.package.facts[code].label.da for code in answer.ask]
        yield f"  Det vil hjælpe at vide: {', '.join(labels)}"
    for amount in answer.amounts:
        yield f"  {amount.amount.title.da}: {_amount(amount.low, amount.high, unit=amount.amount.unit)}"
    if answer.resolved.version is not None:
        yield f"  Næste skridt: {answer.resolved.version.next_step.da}"


def _otherwise(change: tuple[Wanted, ...], *, answer: SchemeAnswer) -> str:
    clauses = [
        sentence(
            one.leaf.text.da if one.holds else f"det ikke gælder, at {one.leaf.text.da}",
            package=answer.package,
            on=answer.on,
        )
        for one in change
    ]
    return ", og hvis ".join(clauses)


def _nodes(traced: Traced, *, answer: SchemeAnswer, depth: int) -> Iterator[str]:
    before = "  " * depth
    if isinstance(traced.node, Leaf):
        leaf = traced.node
        said = sentence(leaf.text.da, package=answer.package, on=answer.on)
        yield f"{before}[{SIGNS[traced.verdict]}] {leaf.id}: {said}"
        yield f"{before}    {_known(leaf, answer=answer)} · {source_line(leaf.source)}{MARKS[leaf.source.mark]}"
        return
    name = f"{traced.node.text.da} - " if traced.node.text else ""
    yield f"{before}[{SIGNS[traced.verdict]}] {name}{JOINS[traced.node.join]}"
    for child in traced.children:
        yield from _nodes(child, answer=answer, depth=depth + 1)


def _known(leaf: Leaf, *, answer: SchemeAnswer) -> str:
    values = answer.facts.known(answer.on)
    told = [
        f"{code} = {written(values.get(code), fact=answer.package.facts[code])}"
        for code in answer.package.facts
        if code in leaf.facts
    ]
    return ", ".join(told) or "uden oplysninger"


def sentence(text: str, *, package: Package, on: date) -> str:
    """The sentence with the values in force on the day in place of {p.code}."""

    def value(match: re.Match[str]) -> str:
        found = package.parameters[match[1]].in_force(on)
        return "(ukendt)" if found is None or found.value is None else number(found.value)

    return re.sub(r"\{p\.([^}]*)\}", value, text)


def source_line(source: SourceReference) -> str:
    """Act and section."""
    return source.law if source.law.endswith(source.paragraph) else f"{source.law} {source.paragraph}"


def written(value: Value, *, fact: FactDefinition) -> str:
    """A value as it is said in Danish."""
    if value is None:
        return "ukendt"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, str):
        return next((choice.text.da for choice in fact.choices if choice.code == value), value)
    return number(value)


def number(value: float, *, unit: str = "") -> str:
    """A number with a decimal comma and points between thousands; money that is not whole has two decimals."""
    if value == int(value):
        return f"{int(value):,}".translate(SWAPPED)
    shown = f"{value:,.2f}"
    return (shown if unit.startswith("kr") else shown.rstrip("0")).translate(SWAPPED)


def _amount(low: float | None, high: float | None, *, unit: str) -> str:
    if low is None or high is None:
        return "kan ikke regnes ud, fordi en sats eller en oplysning ikke kendes"
    bounds = [number(low, unit=unit)] if low == high else [number(low, unit=unit), number(high, unit=unit)]
    shown = " til ".join(bounds)
    return f"{shown} {UNITS.get(unit, unit)}"


UNITS = {
    "kr": "kr.",
    "kr_per_hour": "kr. i timen",
    "kr_per_week": "kr. om ugen",
    "kr_per_month": "kr. om måneden",
    "kr_per_year": "kr. om året",
    "kr_per_km": "kr. pr. km",
    "hours": "timer",
    "hours_per_week": "timer om ugen",
    "days": "dage",
    "weeks": "uger",
    "months": "måneder",
    "years": "år",
    "persons": "personer",
    "percent": "procent",
}
