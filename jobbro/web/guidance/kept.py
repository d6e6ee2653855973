"""Kept guidance in words, told from what was kept and not from the rules of today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jobbro.apps.guidance.enums import FactSource
from jobbro.apps.guidance.facts import value_from_json
from jobbro.apps.guidance.selectors import KeptAnswer
from jobbro.engines.schemes.rules import Package
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes import language

from .facts import spoken_value
from .schemes import OUTCOME_WORDS, NoteLine, note_mark
from .words import (
    ANSWERS,
    JOINS,
    MARKS,
    TONES,
    ReasonLine,
    capitalised,
    said,
)


@dataclass(frozen=True, kw_only=True)
class KeptSchemeShown:
    """One scheme of a kept answer, told from what was kept."""

    title: str
    outcome: str
    kind: str
    words: str
    paragraph: str
    law: str
    url: str
    next_step: str
    valid_until: str
    tree: ReasonLine | None
    notes: tuple[NoteLine, ...]


def kept_shown(kept: KeptAnswer) -> dict[str, Any]:
    """A kept answer in words, from what was kept and not from the rules of today."""
    shown = [_kept_scheme(answer) for answer in kept.answers]
    titles = {answer["scheme"]: answer["title"][language()] for answer in kept.answers}
    return {
        "kept": kept,
        "possible": [one for one in shown if one.outcome == "yes"],
        "open": [one for one in shown if one.outcome == "unknown"],
        "ruled_out": [one for one in shown if one.outcome == "no"],
        "facts": [_kept_fact(code, entry, package=kept.package) for code, entry in kept.facts.items()],
        "others": [titles[code] for code in kept.others],
    }


def _kept_scheme(answer: dict[str, Any]) -> KeptSchemeShown:
    source = answer["source"] or {"law": "", "paragraph": "", "url": ""}
    until = answer["valid_until"]
    return KeptSchemeShown(
        title=answer["title"][language()],
        outcome=answer["outcome"],
        kind=answer["kind"],
        words=OUTCOME_WORDS[answer["outcome"], answer["kind"]](),
        paragraph=source["paragraph"],
        law=source["law"],
        url=source["url"],
        next_step=answer["next_step"] or "",
        valid_until=spoken_date(day=date.fromisoformat(until)) if until and answer["outcome"] != "unknown" else "",
        tree=_kept_tree(answer["tree"]) if answer["tree"] else None,
        notes=tuple(NoteLine(text=note["text"][language()], mark=note_mark(note["mark"])) for note in answer["notes"]),
    )


def _kept_tree(node: dict[str, Any]) -> ReasonLine:
    if "join" in node:
        return ReasonLine(
            text=capitalised(node["text"][language()]) if node["text"] else str(JOINS[node["join"]]),
            answer="",
            tone="",
            paragraph="",
            mark="",
            note="",
            is_judgement=False,
            lines=tuple(_kept_tree(child) for child in node["children"]),
        )
    mark = node["source"]["mark"]
    return ReasonLine(
        text=capitalised(node["text"][language()]),
        answer=str(ANSWERS[node["outcome"]]),
        tone=TONES[node["outcome"]],
        paragraph=node["source"]["paragraph"],
        mark=str(MARKS[mark]) if mark in "UCS" else "",
        note=node["note"][language()] if node["note"] else "",
        is_judgement=node["judgement"],
        lines=(),
    )


def _kept_fact(code: str, entry: dict[str, Any], *, package: Package) -> dict[str, str]:
    fact = package.facts.get(code)
    value = entry["value"]
    if fact is None:
        return {"label": code, "value": str(value), "source": str(FactSource(entry["source"]).label)}
    told = None if value is None else value_from_json(value, definition=fact)
    return {
        "label": capitalised(said(fact.label)),
        "value": spoken_value(fact, told),
        "source": str(FactSource(entry["source"]).label),
        "observed_on": spoken_date(day=date.fromisoformat(entry["observed_on"])),
    }
