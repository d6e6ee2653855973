"""The page of guidance in words, and what would be otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jobbro.apps.guidance.selectors import GuidancePage, WhatIfPage
from jobbro.engines.schemes.duties import load_duty
from jobbro.engines.schemes.explaining import SchemeAnswer

from .bridges import bridge_shown
from .schemes import NoteLine, note_mark, outcome_words, scheme_shown
from .words import (
    MARKS,
    capitalised,
    labels_of,
    said,
)


@dataclass(frozen=True, kw_only=True)
class DutyShown:
    """The employer's duty, and what the schemes that are not ruled out would take off it."""

    title: str
    short: str
    statements: tuple[tuple[str, str], ...]
    relieved: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]
    complaint: str
    law: str
    paragraph: str
    url: str
    mark: str


def duty_shown(answers: Iterable[SchemeAnswer]) -> DutyShown:
    """The duty of reasonable accommodation, told beside the schemes."""
    duty = load_duty()
    return DutyShown(
        title=said(duty.title),
        short=said(duty.short),
        statements=tuple((said(one.text), one.paragraph) for one in duty.statements),
        relieved=tuple(
            (said(answer.resolved.scheme.title), said(duty.relieved_by[answer.scheme]))
            for answer in answers
            if answer.outcome != "no" and answer.scheme in duty.relieved_by
        ),
        notes=tuple(NoteLine(text=said(note.text), mark=note_mark(note.mark)) for note in duty.notes),
        complaint=said(duty.complaint),
        law=duty.source.law,
        paragraph=duty.source.paragraph,
        url=duty.source.url,
        mark=str(MARKS[duty.source.mark]),
    )


def guidance_shown(page: GuidancePage) -> dict[str, Any]:
    """The context of the page."""
    shown = [scheme_shown(answer, page=page) for answer in page.answers]
    return {
        "page": page,
        "who": page.who,
        "possible": [one for one in shown if one.outcome == "yes"],
        "open": [one for one in shown if one.outcome == "unknown"],
        "ruled_out": [one for one in shown if one.outcome == "no"],
        "clashes": [said(clash.text) for clash in page.reading.clashes],
        "left_out": labels_of(
            [code for code in page.reading.left_out if code in page.package.facts], package=page.package
        ),
        "bridge": bridge_shown(page.relief, answers=page.answers) if page.relief else None,
        "duty": duty_shown(page.answers),
        "known_count": sum(1 for fact in page.standing.values() if fact.is_known),
    }


@dataclass(frozen=True, kw_only=True)
class ChangeShown:
    """One scheme before and after."""

    title: str
    before: str
    after: str
    is_other: bool
    sentence: str


def what_if_shown(page: WhatIfPage) -> dict[str, Any]:
    """What would be otherwise, first what changes."""
    changes = [
        ChangeShown(
            title=said(change.after.resolved.scheme.title),
            before=outcome_words(change.before),
            after=outcome_words(change.after),
            is_other=change.is_other,
            sentence=capitalised(scheme_shown(change.after, page=page.then).sentence),
        )
        for change in page.changes
    ]
    return {
        "page": page,
        "who": page.now.who,
        "changed": [change for change in changes if change.is_other],
        "same": [change for change in changes if not change.is_other],
        "clashes": [said(clash.text) for clash in page.then.reading.clashes],
        "bridge": bridge_shown(page.then.relief, answers=page.then.answers) if page.then.relief else None,
    }
