"""The log and the next step."""

from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import NoteKind
from ..models import Case, Note
from .locking import locked_case, touch_case


def write_note(
    *, actor: Actor, citizen_id: UUID, kind: NoteKind, text: str, is_shared: bool, at: datetime, on: date
) -> Note:
    """The log has one more entry; the citizen reads it unless it is an internal working note."""
    case = locked_case(actor=actor, citizen_id=citizen_id)
    note = Note(
        citizen_id=citizen_id,
        case=case,
        kind=kind,
        text=text,
        is_shared=is_shared,
        written_by_id=actor.id,
        written_at=at,
    )
    note.save(force_insert=True)
    touch_case(citizen_id=citizen_id, on=on)
    record_event(verb=Verb.NOTE_WRITTEN, citizen_id=citizen_id, subject=note, detail={"is_shared": is_shared})
    return note


def set_next_step(*, actor: Actor, citizen_id: UUID, text: str, due_on: date | None, on: date) -> Case:
    """Everybody sees what comes next and when; an empty text says that nothing is planned."""
    case = locked_case(actor=actor, citizen_id=citizen_id)
    case.next_step, case.next_step_on = text, due_on if text else None
    case.last_step_on = max(case.last_step_on, on)
    case.save(update_fields=["next_step", "next_step_on", "last_step_on"])
    record_event(verb=Verb.NEXT_STEP_SET, citizen_id=citizen_id, subject=case)
    return case
