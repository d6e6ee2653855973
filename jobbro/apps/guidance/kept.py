"""An answer as it is kept: the whole tree with its sentences, marks and sources, and the facts it was given for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.rules import Leaf, Note, Package, SourceReference, Text

from .enums import FactSource, Standing
from .facts import KnownFact, value_from_json, value_to_json

FORMAT = 1


def kept_facts(facts: Mapping[str, KnownFact]) -> dict[str, Any]:
    """Every fact with who said it, from when and until when."""
    return {
        code: {
            "value": value_to_json(fact.value),
            "standing": str(fact.standing),
            "source": str(fact.source),
            "observed_on": fact.observed_on.isoformat(),
            "good_until": fact.good_until and fact.good_until.isoformat(),
            "origin": fact.origin,
            "row": fact.row_id and str(fact.row_id),
        }
        for code, fact in sorted(facts.items())
    }


def kept_answers(answers: Iterable[SchemeAnswer]) -> list[dict[str, Any]]:
    """The answers whole, in the order of the package."""
    return [_kept_answer(answer) for answer in answers]


def _kept_answer(answer: SchemeAnswer) -> dict[str, Any]:
    version = answer.resolved.version
    return {
        **answer.as_json(),
        "title": _kept_text(answer.resolved.scheme.title),
        "version": version and version.starts.isoformat(),
        "notes": [_kept_note(note) for note in answer.notes],
        "tree": answer.tree and _kept_tree(answer.tree),
    }


def _kept_tree(traced: Traced) -> dict[str, Any]:
    node = traced.node
    if isinstance(node, Leaf):
        return {
            "id": node.id,
            "outcome": traced.outcome,
            "text": _kept_text(node.text),
            "judgement": node.is_judgement,
            "source": _kept_source(node.source),
            "note": node.note and _kept_text(node.note),
        }
    return {
        "join": node.join,
        "id": node.id,
        "outcome": traced.outcome,
        "text": node.text and _kept_text(node.text),
        "children": [_kept_tree(child) for child in traced.children],
    }


def _kept_text(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def _kept_note(note: Note) -> dict[str, Any]:
    return {"mark": note.mark, "text": _kept_text(note.text)}


def _kept_source(source: SourceReference) -> dict[str, str]:
    return {
        "law": source.law,
        "paragraph": source.paragraph,
        "url": source.url,
        "checked_on": source.checked_on.isoformat(),
        "mark": source.mark,
    }


def facts_from_kept(kept: Mapping[str, Any], *, package: Package) -> dict[str, KnownFact]:
    """The facts as they were; those that the rules no longer know are left out."""
    return {
        code: KnownFact(
            code=code,
            standing=Standing(entry["standing"]),
            value=None if entry["value"] is None else value_from_json(entry["value"], definition=package.facts[code]),
            source=FactSource(entry["source"]),
            observed_on=date.fromisoformat(entry["observed_on"]),
            good_until=date.fromisoformat(entry["good_until"]) if entry["good_until"] else None,
            origin=entry["origin"],
        )
        for code, entry in kept.items()
        if code in package.facts
    }
