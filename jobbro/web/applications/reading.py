"""Applications, posts and claims as the pages show them: labels, what comes next, sources in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jobbro.apps.applications.due import CLAIMED
from jobbro.apps.applications.enums import (
    Channel,
    DocumentState,
    EmployerKind,
    NegotiationWay,
    Outcome,
    Route,
    VacancyState,
)
from jobbro.apps.applications.facts import procedure_of
from jobbro.apps.applications.selectors import (
    ApplicationPage,
    ApplicationsPage,
    ClaimsPage,
    DeadlinesPage,
    DecisionShown,
    DocumentShown,
    QuarterRow,
    StartPage,
    VacancyPage,
    VacancyShown,
)
from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure, Reference
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.due import deadline_shown, dues_shown, line_shown, quarter_words, state_words, who_words
from jobbro.webkit.schemes.values import hours_words, language, number_text, week_hours

from .words import (
    MOVE_WORDS,
    OWN_VACANCY_WORDS,
    REFUSALS,
    STANDINGS,
    VACANCY_DAYS,
    VACANCY_WORDS,
    deadline_words,
    number_words,
    said,
    source_words,
)

FORTRINSADGANG = "fortrinsadgang"
# The move that is the main thing to do, in each state.
FIRST_MOVE = {
    "draft": "finish",
    "ready": "send",
    "sent": "acknowledge",
    "acknowledged": "decide",
    "more_wanted": "answer",
    "complained": "decide",
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A label and what stands there; `is_open` when it has to be filled in before sending."""

    label: str
    value: str
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """A source with its address, if it has one."""

    text: str
    url: str | None


def applications_shown(page: ApplicationsPage, *, on: date) -> dict[str, Any]:
    """The context of the list."""
    lines = [line_shown(row, is_own=page.is_own, on=on) for row in page.rows]
    return {
        "page": page,
        "open_lines": [line for line in lines if line.row.due],
        "ended_lines": [line for line in lines if not line.row.due],
        "schemes": sorted(
            (
                {"code": scheme.scheme, "title": said(scheme.title), "short": said(scheme.short)}
                for scheme in page.schemes
            ),
            key=lambda row: row["title"],
        ),
        "fortrinsadgang": FORTRINSADGANG,
    }


def start_shown(page: StartPage) -> dict[str, Any]:
    """The context of the first page: what it takes, what is known, what happens."""
    return {
        "page": page,
        **procedure_shown(page.procedure, deadline=page.deadline, is_own=page.is_own),
        "known": [_fact_of(filled) for filled in page.fields if filled.value],
        "asked": [said(filled.field.label) for filled in page.fields if not filled.value],
        "is_posts": page.procedure.scheme == FORTRINSADGANG,
    }


def procedure_shown(procedure: Procedure, *, deadline: DecisionDeadline | None, is_own: bool) -> dict[str, Any]:
    """Who applies to whom on which form, what goes with it, what happens, and where it was read."""
    references = [
        procedure.form.reference,
        *(step.reference for step in procedure.steps),
        *(document.reference for document in procedure.documents),
        procedure.complaint.reference,
        *(note.reference for note in procedure.notes),
        *([deadline.reference] if deadline else []),
    ]
    return {
        "procedure": procedure,
        "title": said(procedure.title),
        "short": said(procedure.short),
        "applicants": [who_words(who, is_own=is_own) for who in procedure.applicants],
        "to": who_words(procedure.to, is_own=is_own),
        "payee": who_words(procedure.payee, is_own=is_own),
        "form_name": said(procedure.form.name),
        "form_code": procedure.form.code,
        "documents_needed": [
            {"text": said(document.text), "required": document.required} for document in procedure.documents
        ],
        "steps": [{"text": said(step.text), "days": step.days} for step in procedure.steps],
        "own_deadline": deadline_words(deadline) if deadline else "",
        "deadline_source": source_words(deadline.reference) if deadline else "",
        "deadline_url": deadline.reference.url if deadline else None,
        "complaint_to": said(procedure.complaint.to),
        "complaint_text": said(procedure.complaint.text),
        "notes": [
            {"text": said(note.text), "is_settled": note.reference.is_settled, "source": source_words(note.reference)}
            for note in procedure.notes
        ],
        "sources": _sources(references),
    }


def _sources(references: Iterable[Reference]) -> list[SourceLine]:
    """Each source once, in the order of their titles."""
    found = {(reference.title, reference.mark): reference for reference in references}
    lines = {source_words(reference): reference.url for reference in found.values()}
    return [SourceLine(text=text, url=lines[text]) for text in sorted(lines)]


def application_shown(page: ApplicationPage, *, on: date) -> dict[str, Any]:
    """The context of every page of one application."""
    first = FIRST_MOVE.get(page.state, "")
    return {
        "page": page,
        **procedure_shown(page.procedure, deadline=page.deadline, is_own=page.is_own),
        "state": state_words(page.state, outcome=page.decision.outcome if page.decision else ""),
        "due": dues_shown(page.due, is_own=page.is_own, on=on),
        "facts": application_facts(page),
        "left_open": [said(filled.field.label) for filled in page.left_open],
        "documents": documents_shown(page),
        "decision": decision_facts(page.decision, has_hours=has_hours(page)) if page.decision else (),
        "earlier": [decision_facts(decision, has_hours=has_hours(page)) for decision in page.earlier],
        "channel": str(Channel(page.channel).label) if page.channel else "",
        "first_move": _move(first) if first in page.moves and not (first == "finish" and page.left_open) else None,
        "moves": [_move(move) for move in page.moves if move not in (first, "complain")],
        "is_complaint_late": bool(page.decision and page.decision.complain_until < on),
        "is_posts": page.procedure.scheme == FORTRINSADGANG,
    }


def _move(move: str) -> dict[str, Any]:
    return {"code": move, "label": MOVE_WORDS[move], "is_plain": move in ("finish", "write_more", "answer")}


def has_hours(page: ApplicationPage) -> bool:
    """Whether hours and rate belong to a grant of this scheme."""
    return page.procedure.scheme in CLAIMED


def application_facts(page: ApplicationPage) -> tuple[Fact, ...]:
    """What the application says: as it was sent, else as it stands."""
    if page.form:
        return tuple(Fact(label=row[language()], value=_sent_value(row)) for row in page.form if row["value"])
    return tuple(_fact_of(filled) for filled in page.fields)


def _fact_of(filled: Any) -> Fact:
    field = filled.field
    chosen = next((choice.text for choice in field.choices if choice.code == filled.value), None)
    value = said(chosen) if chosen else value_words(filled.value, kind=field.kind)
    return Fact(label=said(field.label), value=value, is_open=filled.is_left_open)


def _sent_value(row: Mapping[str, str]) -> str:
    return row.get(f"value_{language()}") or value_words(row["value"], kind=row["kind"])


def value_words(value: str, *, kind: str) -> str:
    """A value as people read it."""
    if value and kind == "number":
        return number_words(Decimal(value))
    return spoken_date(day=date.fromisoformat(value)) if value and kind == "date" else value


def documents_shown(page: ApplicationPage, form: forms.Form | None = None) -> list[dict[str, Any]]:
    """The checklist in words, with the fields of the form when there is one."""
    return [_document(document, page=page, form=form) for document in page.documents]


def _document(document: DocumentShown, *, page: ApplicationPage, form: forms.Form | None) -> dict[str, Any]:
    needed = next((one for one in page.procedure.documents if one.code == document.code), None)
    name = f"state-{document.id}"
    has_fields = form is not None and name in form.fields
    return {
        "document": document,
        "title": said(needed.text) if needed else document.title or document.code,
        "state": str(DocumentState(document.state).label),
        "is_here": document.state in (DocumentState.HERE, DocumentState.NOT_NEEDED),
        "state_field": form[name] if form is not None and has_fields else None,
        "reference_field": form[f"reference-{document.id}"] if form is not None and has_fields else None,
    }


def decision_facts(decision: DecisionShown, *, has_hours: bool) -> tuple[Fact, ...]:
    """A decision as lines."""
    lines = [
        (_("Decision"), str(Outcome(decision.outcome).label)),
        (_("Decided"), spoken_date(day=decision.decided_on)),
        (_("File number"), decision.reference),
        (_("From"), spoken_date(day=decision.from_on) if decision.from_on else ""),
        (_("Until"), _until(decision)),
    ]
    if has_hours:
        lines += [
            (_("Hours of help a week"), number_words(decision.hours_week)),
            (_("Working hours a week"), number_words(decision.working_hours_week)),
            (_("Rate in kroner an hour"), number_words(decision.rate)),
        ]
    if decision.outcome != Outcome.WITHDRAWN:
        lines.append((_("Last day to complain"), spoken_date(day=decision.complain_until)))
    return tuple(Fact(label=label, value=value) for label, value in lines if value)


def _until(decision: DecisionShown) -> str:
    if decision.until_on:
        return spoken_date(day=decision.until_on)
    return _("no end was set") if decision.from_on else ""


def deadlines_shown(page: DeadlinesPage) -> dict[str, Any]:
    """The context of the deadlines page: late, with a day, without."""
    rows = page.rows
    return {
        "page": page,
        "late": [deadline_shown(row) for row in rows if row.is_late],
        "dated": [deadline_shown(row) for row in rows if row.due.on is not None and not row.is_late],
        "open": [deadline_shown(row) for row in rows if row.due.on is None],
        "more": page.more,
    }


def vacancies_shown(page: VacancyPage, *, on: date) -> dict[str, Any]:
    """The context of the list of posts."""
    procedure = procedure_of(FORTRINSADGANG)
    shown = [_post(post, page=page, on=on) for post in page.vacancies]
    return {
        "page": page,
        "posts": [post for post in shown if post["post"].is_open],
        "ended_posts": [post for post in shown if not post["post"].is_open],
        **(procedure_shown(procedure, deadline=None, is_own=page.is_own) if procedure else {}),
    }


def vacancy_shown(page: VacancyPage, *, on: date) -> dict[str, Any]:
    """The context of one post."""
    words = OWN_VACANCY_WORDS if page.is_own else VACANCY_WORDS
    post = page.vacancy
    return {
        "page": page,
        **_post(post, page=page, on=on),
        "moves": [
            {"code": move, "label": words[move], "is_next": number == 0 and move not in ("withdraw", "breach")}
            for number, move in enumerate(post.moves)
        ],
        "words": words,
        "not_yet": [{"label": VACANCY_WORDS[move], "why": REFUSALS[code]} for move, code in post.not_yet],
        "minutes": [{"held": held, "way": str(NegotiationWay(held.way).label)} for held in page.minutes],
    }


def _post(post: VacancyShown, *, page: VacancyPage, on: date) -> dict[str, Any]:
    return {
        "post": post,
        "state": str(VacancyState(post.state).label),
        "kind": str(EmployerKind(post.employer_kind).label),
        "route": str(Route(post.route).label),
        "due": dues_shown(post.due, is_own=page.is_own, on=on),
        "days": [(VACANCY_DAYS[name], day) for name, day in post.days],
    }


def claims_shown(page: ClaimsPage, *, on: date) -> dict[str, Any]:
    """The context of the quarters."""
    return {
        "page": page,
        "title": said(page.procedure.title),
        "hours": _weekly(page.hours_week),
        "working_hours": _weekly(page.working_hours_week),
        "rate": number_words(page.rate),
        "rows": [_quarter(row) for row in page.rows],
        "form_name": said(page.rule.form) if page.rule else "",
        "source": source_words(page.rule.reference) if page.rule else "",
        "back_months": page.rule.back_months if page.rule else None,
    }


def quarter_shown(page: ClaimsPage, row: QuarterRow) -> dict[str, Any]:
    """The context of one quarter."""
    return {"page": page, "line": _quarter(row)}


def _weekly(hours: Decimal | None) -> str:
    return week_hours(hours) if hours is not None else ""


def _quarter(row: QuarterRow) -> dict[str, Any]:
    return {
        "row": row,
        "title": quarter_words(row.quarter.code),
        "allowed": number_words(row.hours_allowed),
        "allowed_told": hours_words(row.hours_allowed),
        "used": number_words(row.hours_used),
        "amount": number_text(float(row.amount), is_money=True) if row.amount is not None else "",
        "standing": STANDINGS[row.standing],
        "is_late": row.standing in ("late", "lost"),
        "is_due": row.standing == "due",
    }
