"""While the course runs and after it: who was there, how it ended, and what it gave."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..checking import checked_line, checked_words
from ..enums import Presence, SeatState
from ..models import Attendance, CourseOutcome, Enrolment, Lesson
from ..permissions import can_enrol, can_keep_catalogue
from ..refusals import Changed, NotNow, NotThere
from ..stamps import seen_seat
from ..states import MOVES

LONGEST_OUTCOME, LONGEST_STEP = 5000, 200
PRESENT_IN = (SeatState.SEAT, SeatState.COMPLETED, SeatState.NOT_COMPLETED)


def note_attendance(
    *, actor: Actor, session_id: UUID, lesson_id: UUID, presence: Mapping[UUID, Presence], at: datetime
) -> int:
    """It is noted who was at the meeting; how many notes are new or changed.

    Raises NotThere for a person who has no seat, NotNow before the meeting has begun.
    """
    _may_note(actor)
    lesson: Lesson | None = Lesson.objects.filter(pk=lesson_id, session_id=session_id).first()
    if lesson is None:
        raise NotThere
    if lesson.begins_at > at:
        raise NotNow
    rows = Enrolment.objects.visible_to(actor).filter(session_id=session_id, state__in=PRESENT_IN)
    people = {one.pk: one for one in rows.order_by("pk").select_for_update(of=("self",))}
    if not set(presence) <= set(people):
        raise NotThere
    known = {one.enrolment_id: one for one in Attendance.objects.filter(lesson=lesson, enrolment__in=rows.values("pk"))}
    changed = 0
    for enrolment_id, value in presence.items():
        changed += _note(people[enrolment_id], known.get(enrolment_id), lesson=lesson, value=value, actor=actor, at=at)
    return changed


def _note(
    enrolment: Enrolment, row: Attendance | None, *, lesson: Lesson, value: Presence, actor: Actor, at: datetime
) -> bool:
    if row is not None and row.presence == value:
        return False
    if row is None:
        row = Attendance(citizen_id=enrolment.citizen_id, enrolment=enrolment, lesson=lesson)
        row.presence, row.noted_by_id, row.noted_at = value, actor.id, at
        row.save(force_insert=True)
    else:
        row.presence, row.noted_by_id, row.noted_at = value, actor.id, at
        row.save(update_fields=["presence", "noted_by", "noted_at"])
    record_event(verb=Verb.ATTENDANCE_NOTED, citizen_id=enrolment.citizen_id, subject=row)
    return True


def finish_enrolment(
    *, actor: Actor, enrolment_id: UUID, is_completed: bool, seen: str, at: datetime, on: date
) -> Enrolment:
    """The person has completed the course, or stopped on the way; it can be put right. Raises NotNow before it."""
    _may_note(actor)
    rows = Enrolment.objects.visible_to(actor).select_related("session").select_for_update(of=("self",))
    enrolment: Enrolment | None = rows.filter(pk=enrolment_id).first()
    if enrolment is None:
        raise NotThere
    if seen_seat(enrolment) != seen:
        raise Changed
    after = MOVES.get((SeatState(enrolment.state), "complete" if is_completed else "stop"))
    if after is None or enrolment.session.begins_at > at:
        raise NotNow
    enrolment.state, enrolment.state_on = after, on
    enrolment.save(update_fields=["state", "state_on"])
    record_event(verb=Verb.SEAT_MOVED, citizen_id=enrolment.citizen_id, subject=enrolment, detail={"state": str(after)})
    return enrolment


def tell_outcome(*, actor: Actor, enrolment_id: UUID, words: str, next_step: str, at: datetime) -> CourseOutcome:
    """What the course gave, in the person's words or written down by an employee; the newest stands.

    Refused: `needed`, `too_long`, `cpr`. Raises NotNow before the course has begun.
    """
    rows = Enrolment.objects.visible_to(actor).select_related("session")
    enrolment: Enrolment | None = rows.filter(pk=enrolment_id).first()
    if enrolment is None:
        raise NotThere
    if actor.citizen_id is None and not can_enrol(actor):
        raise PermissionDenied
    if enrolment.state not in PRESENT_IN or enrolment.session.begins_at > at:
        raise NotNow
    outcome = CourseOutcome(
        citizen_id=enrolment.citizen_id,
        enrolment=enrolment,
        words=checked_words(words, field="words", is_needed=True, most=LONGEST_OUTCOME),
        next_step=checked_line(next_step, field="next_step", most=LONGEST_STEP),
        is_own=actor.citizen_id is not None,
        written_by_id=actor.id,
        written_at=at,
    )
    outcome.save(force_insert=True)
    record_event(verb=Verb.COURSE_OUTCOME_TOLD, citizen_id=enrolment.citizen_id, subject=outcome)
    return outcome


def _may_note(actor: Actor) -> None:
    if actor.citizen_id is not None or not (can_enrol(actor) or can_keep_catalogue(actor)):
        raise PermissionDenied
