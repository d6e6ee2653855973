"""Knowledge: a question and its answer without anybody in them, written on, checked again, taken off."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.stamps import refuse_stale
from jobbro.kernel.vocabulary import GROUPS, SCHEMES

from ..enums import QuestionState
from ..models import Entry, Question, Useful
from ..permissions import can_answer, reach_of
from ..refusals import NotNow, NotThere, Refused
from ..wording import LONGEST_TITLE, checked_knowledge, checked_line

ENTRY_FIELDS = ("number",)
LONGEST_UNCHECKED = timedelta(days=3 * 366)
_ADDRESS = re.compile(r"^https?://[^\s<>\"']+$")


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """The words, what they are about, the law they follow, until when they hold and when to look at them again."""

    title: str
    answer: str
    check_on: date
    schemes: Sequence[str] = ()
    groups: Sequence[str] = ()
    law: str = ""
    law_url: str = ""
    valid_until: date | None = None
    is_wide: bool = False


def write_entry(
    *, actor: Actor, draft: EntryDraft, municipality: str, question_id: UUID | None, at: datetime, on: date
) -> Entry:
    """Colleagues find it from now on. With a question it is made of that, and nothing in it names whom that was about.

    Raises NotThere, NotNow (no answer yet, or it was kept before), PermissionDenied. Refused: `municipality`,
    `subjects`, `address`, `check_on`, `valid_until`, and what the words hold.
    """
    reach = reach_of(actor)
    if not reach.municipalities:
        raise PermissionDenied
    if municipality not in reach.municipalities:
        raise Refused("municipality", fields=("municipality",))
    question = _answered(actor=actor, question_id=question_id) if question_id else None
    entry = Entry(municipality_id=municipality)
    _write(entry, draft=draft, marks=question.name_marks if question else (), actor=actor, at=at, on=on)
    entry.save(force_insert=True)
    if question is not None:
        question.entry = entry
        question.save(update_fields=["entry"])
    record_event(verb=Verb.KNOWLEDGE_WRITTEN, subject=entry, detail={"wide": draft.is_wide})
    return entry


def change_entry(*, actor: Actor, entry_id: UUID, draft: EntryDraft, seen: str, at: datetime, on: date) -> Entry:
    """It reads like this from now on; the wording before is kept. Raises NotThere, StaleEdit; Refused as above."""
    entry = _locked(actor=actor, entry_id=entry_id)
    refuse_stale(entry, *ENTRY_FIELDS, seen=seen)
    _write(entry, draft=draft, marks=_marks_behind(entry), actor=actor, at=at, on=on)
    entry.save(update_fields=[*_WRITTEN, "changed_by", "changed_at"])
    record_event(verb=Verb.KNOWLEDGE_WRITTEN, subject=entry, detail={"wide": draft.is_wide})
    return entry


def withdraw_entry(*, actor: Actor, entry_id: UUID, is_back: bool, at: datetime) -> Entry:
    """It is found no more; or found again. Its wordings stay. Raises NotThere."""
    entry = _locked(actor=actor, entry_id=entry_id)
    entry.withdrawn_at = None if is_back else at
    entry.changed_by_id, entry.changed_at = actor.id, at
    entry.save(update_fields=["withdrawn_at", "changed_by", "changed_at"])
    record_event(verb=Verb.KNOWLEDGE_WRITTEN, subject=entry, detail={"what": "back" if is_back else "withdrawn"})
    return entry


def say_useful(*, actor: Actor, entry_id: UUID, is_useful: bool, at: datetime) -> None:
    """The actor found it useful, or no longer says so; twice is once. Raises NotThere."""
    if not Entry.objects.visible_to(actor).filter(pk=entry_id).exists():
        raise NotThere(entry_id)
    own = Useful.objects.filter(entry_id=entry_id, user_id=actor.id)
    if not is_useful:
        own.delete()
    elif not own.exists():
        Useful.objects.bulk_create([Useful(entry_id=entry_id, user_id=actor.id, at=at)], ignore_conflicts=True)
        record_event(verb=Verb.KNOWLEDGE_USEFUL, subject=f"entry:{entry_id}")


_WRITTEN = ("title", "answer", "schemes", "groups", "law", "law_url", "check_on", "valid_until", "is_wide")


def _locked(*, actor: Actor, entry_id: UUID) -> Entry:
    reach = reach_of(actor)
    found = Entry.objects.visible_to(actor).defer("search", "folded").select_for_update(of=("self",))
    entry = found.filter(pk=entry_id).first()
    if entry is None or entry.municipality_id not in reach.municipalities:
        raise NotThere(entry_id)
    return entry


def _answered(*, actor: Actor, question_id: UUID) -> Question:
    question = Question.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=question_id).first()
    if question is None or not can_answer(actor, reach_of(actor), question):
        raise NotThere(question_id)
    if question.answered_at is None or question.entry_id is not None or question.state == QuestionState.ASKED:
        raise NotNow
    return question


def _marks_behind(entry: Entry) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select key_persons_entry_marks(%s::uuid)", [entry.pk])
        return list(cursor.fetchone()[0])


def _write(entry: Entry, *, draft: EntryDraft, marks: Iterable[str], actor: Actor, at: datetime, on: date) -> None:
    known = list(marks)
    entry.title = checked_knowledge(draft.title, field="title", on=on, longest=LONGEST_TITLE, marks=known)
    entry.answer = checked_knowledge(draft.answer, field="answer", on=on, marks=known)
    entry.law = checked_line(draft.law, field="law", marks=known)
    entry.law_url = _checked_address(draft.law_url)
    if not set(draft.schemes) <= set(SCHEMES) or not set(draft.groups) <= set(GROUPS):
        raise Refused("subjects", fields=("schemes",))
    entry.schemes = [code for code in SCHEMES if code in draft.schemes]
    entry.groups = [code for code in GROUPS if code in draft.groups]
    if not on < draft.check_on <= on + LONGEST_UNCHECKED:
        raise Refused("check_on", fields=("check_on",))
    if draft.valid_until is not None and draft.valid_until < on:
        raise Refused("valid_until", fields=("valid_until",))
    entry.check_on, entry.valid_until, entry.is_wide = draft.check_on, draft.valid_until, draft.is_wide
    entry.changed_by_id, entry.changed_at = actor.id, at


def _checked_address(text: str) -> str:
    address = text.strip()
    if address and (len(address) > 200 or not _ADDRESS.match(address)):
        raise Refused("address", fields=("law_url",))
    return address
