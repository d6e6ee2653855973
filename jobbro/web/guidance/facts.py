"""Facts in words: what stands, who said so, and everything that was told."""

from dataclasses import dataclass
from typing import Any

from jobbro.apps.guidance.enums import FactSource, Standing
from jobbro.apps.guidance.selectors import FactPage, FactsPage
from jobbro.apps.guidance.selectors.facts import FactLine
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, leaves
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes import value_text

from .words import (
    ORIGINS,
    TOPICS,
    capitalised,
    said,
)


def spoken_value(fact: FactDefinition, value: Value) -> str:
    """What was answered, with a capital letter."""
    return capitalised(value_text(fact, value))


@dataclass(frozen=True, kw_only=True)
class FactShown:
    """A fact as it stands, in words."""

    code: str
    label: str
    value: str
    source: str
    origin: str
    told_by: str
    observed_on: str
    good_until: str
    note: str
    is_assessed: bool
    may_change: bool


def line_shown(line: FactLine) -> FactShown:
    """The fact with who said so, from when and until when."""
    known = line.known
    return FactShown(
        code=line.fact.code,
        label=capitalised(said(line.fact.label)),
        value=spoken_value(line.fact, known.value),
        source=str(FactSource(known.source).label),
        origin=str(ORIGINS.get(known.origin, "")),
        told_by=line.told_by,
        observed_on="" if known.origin == "cpr" else spoken_date(day=known.observed_on),
        good_until=spoken_date(day=known.good_until) if known.good_until else "",
        note=known.note,
        is_assessed=line.fact.is_assessed,
        # What is found in the file is put right in the file.
        may_change=line.may_change and known.origin != "cpr",
    )


def fact_lines(page: FactsPage) -> list[dict[str, Any]]:
    """The facts by topic."""
    topics = []
    for topic, name in TOPICS.items():
        lines = [line_shown(line) for line in page.lines if line.fact.topic == topic]
        if lines:
            topics.append({"code": topic, "name": name, "lines": lines})
    return topics


def gone_labels(page: FactsPage) -> list[dict[str, str]]:
    """Facts that were told once and count no more."""
    return [{"code": fact.code, "label": capitalised(said(fact.label))} for fact in page.gone]


def fact_shown(page: FactPage) -> dict[str, Any]:
    """One fact with its history."""
    fact = page.question.fact
    return {
        "page": page,
        "who": page.who,
        "fact": fact,
        "label": capitalised(said(fact.label)),
        "line": line_shown(page.line) if page.line else None,
        "history": [
            {
                "value": spoken_value(fact, row.value) if row.standing == Standing.TOLD else row.standing.label,
                "source": FactSource(row.source).label,
                "telling": row,
            }
            for row in page.history
        ],
        "uses": [
            said(scheme.title)
            for scheme in page.package.schemes.values()
            if any(
                fact.code in leaf.facts
                for version in scheme.versions
                for tree in version.trees
                for leaf in leaves(tree)
            )
        ],
    }
