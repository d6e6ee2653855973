"""Danish words for what the rules are made of."""

import re
from datetime import date

from jobbro.cli.schemes.tree import UNITS, number
from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Constant,
    Eldest,
    Expression,
    Extreme,
    Fact,
    Lookup,
    Parameter,
    Shift,
    Steps,
)
from jobbro.engines.schemes.rules import Package, Version

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
MARKS = {
    "V": "læst",
    "D": "udledt",
    "U": "ikke bekræftet",
    "C": "kilderne er uenige",
    "S": "kilden siger det ikke",
}
NOTES = {"note": "", "U": "**Ikke bekræftet:** ", "C": "**Kilderne er uenige:** "}
DECIDES = {
    "home_municipality": "den kommune, borgeren bor i",
    "municipality": "kommunen",
    "employer": "arbejdsgiveren",
    "education": "uddannelsesstedet",
}
KINDS = {
    "right": "en ret: den gives, når betingelserne er opfyldt",
    "discretion": "et skøn: den kan bevilges, når betingelserne er opfyldt",
}
JOINS = {"all": "alle disse:", "any": "mindst én af disse:", "none": "ingen af disse:"}
SPANS = {"days": "dage", "months": "måneder", "years": "år"}
SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
WEAKER = ("+", "-")


def day(value: date) -> str:
    """1. februar 2026."""
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


def link(url: str) -> str:
    """The address without its scheme, as a link."""
    return f"[{url.removeprefix('https://').removeprefix('www.')}]({url})"


def value_words(value: float | None, *, unit: str) -> str:
    """A value with its unit."""
    return "ikke fundet" if value is None else f"{number(value, unit=unit)} {UNITS.get(unit, unit)}".strip()


def age_words(months: float) -> str:
    """Months as years and months."""
    years, rest = divmod(int(months), 12)
    return f"{years} år og {rest} måneder" if rest else f"{years} år"


def filled(text: str, *, package: Package, version: Version) -> str:
    """The sentence with the value that held first under the version in place of {p.code}."""

    def value(match: re.Match[str]) -> str:
        found = package.parameters[match[1]]
        held = found.in_force(version.starts) or next(
            (value for value in found.values if value.starts > version.starts), None
        )
        return "(ikke fundet)" if held is None or held.value is None else number(held.value)

    return re.sub(r"\{p\.([^}]*)\}", value, text)


def formula(node: Expression, *, package: Package) -> str:
    """An amount as people would write it: names of values and facts, joined by signs."""
    match node:
        case Constant(value):
            return number(value) if isinstance(value, (int, float)) else str(value)
        case Fact(code):
            return "dagen for afgørelsen" if code == DECISION_DATE else package.facts[code].label.da
        case Parameter(code):
            return package.parameters[code].label.da
        case Arithmetic(sign, left, right):
            sides = [_side(part, sign=sign, package=package) for part in (left, right)]
            return f"{sides[0]} {SIGNS[sign]} {sides[1]}"
        case Extreme(name, items):
            parts = "; ".join(formula(item, package=package) for item in items)
            return f"{'det mindste af' if name == 'min' else 'det største af'} ({parts})"
        case Shift(on, span, unit, sign):
            moved = formula(span, package=package)
            return f"{formula(on, package=package)} {'+' if sign > 0 else '−'} {moved} {SPANS[unit]}"
        case Lookup(code, on):
            return f"{package.parameters[code].label.da} ud fra {formula(on, package=package)}"
        case Eldest(code, _):
            return f"fødselsdagen for den ældste under {package.parameters[code].label.da}"
        case Steps():
            raise ValueError("a law book is written from rules, not from rules resolved for a day")


def _side(node: Expression, *, sign: str, package: Package) -> str:
    text = formula(node, package=package)
    needs_brackets = isinstance(node, Arithmetic) and node.operator in WEAKER and sign not in WEAKER
    return f"({text})" if needs_brackets else text


def joined(names: list[str]) -> str:
    """a, b og c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}" if names else ""


def row(cells: list[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table; nothing when it has no rows."""
    return [row(head), row(["---"] * len(head)), *(row(cells) for cells in rows)] if rows else []
