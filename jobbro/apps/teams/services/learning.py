"""Short notes of what somebody learnt, for colleagues, without a word about a person."""

import re
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import CompetenceKind
from ..models import LearningNote
from ..permissions import can_lead
from ..refusals import NotThere, Refused
from ..subjects import is_subject

# Six digits that can be a birthday and four more, or ten in a row; eight digits as telephone numbers are written.
_NUMBER_OF_SOMEBODY = re.compile(r"\b[0-3]\d[01]\d\d\d[- ]?\d{4}\b|\b(?:\d\d ?){3}\d\d\b")
_ADDRESS = re.compile(r"\S+@\S+")


def write_learning_note(
    *, actor: Actor, unit_id: UUID, kind: CompetenceKind, code: str, text: str, at: datetime
) -> LearningNote:
    """The note is there for colleagues. Raises NotThere, Refused (`empty`, `unknown_subject`, `names_somebody`)."""
    if all(position.unit_id != unit_id for position in actor.positions):
        raise NotThere
    if not text.strip():
        raise Refused("empty", fields=("text",))
    if not is_subject(kind=kind, code=code):
        raise Refused("unknown_subject", fields=("subject",))
    if _NUMBER_OF_SOMEBODY.search(text) or _ADDRESS.search(text):
        raise Refused("names_somebody", fields=("text",))
    note = LearningNote(unit_id=unit_id, kind=kind, code=code, text=text.strip(), written_by_id=actor.id, written_at=at)
    note.save(force_insert=True)
    record_event(verb=Verb.LEARNING_WRITTEN, subject=note, detail={"kind": str(kind), "code": code})
    return note


def withdraw_learning_note(*, actor: Actor, note_id: UUID, at: datetime) -> LearningNote:
    """The note is shown no more. Raises NotThere, PermissionDenied for others than the writer and the unit's lead."""
    rows = LearningNote.objects.visible_to(actor).select_for_update(of=("self",))
    note = rows.filter(pk=note_id, withdrawn_at__isnull=True).first()
    if note is None:
        raise NotThere
    if note.written_by_id != actor.id and not can_lead(actor, unit_id=note.unit_id):
        raise PermissionDenied
    note.withdrawn_at = at
    note.save(update_fields=["withdrawn_at"])
    record_event(verb=Verb.LEARNING_WITHDRAWN, subject=note)
    return note
