"""Sessions: planned, changed, called off, and settled when seats become free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..checking import checked_access, checked_line
from ..enums import SessionState
from ..models import Lesson, Session
from ..permissions import can_keep_catalogue
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_row
from ..telling import tell_seat
from .catalogue import locked_course

MOST_LESSONS, MOST_SEATS, MOST_CONFIRM_DAYS = 60, 200, 30
SESSION_FIELDS = (
    *("place", "seats", "access", "access_note", "enrol_by", "confirm_days", "responsible", "begins_at", "ends_at"),
    "changed_at",
)
LONGEST_PLACE, LONGEST_NOTE, LONGEST_WHY = 200, 500, 300
LONGEST_LESSON, FARTHEST = timedelta(hours=10), timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class LessonTime:
    """From when to when."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """A session as somebody planned it."""

    place: str
    seats: int
    lessons: tuple[LessonTime, ...]
    enrol_by: date
    responsible_id: UUID
    access: tuple[str, ...] = ()
    access_note: str = ""
    confirm_days: int = 3


def plan_session(*, actor: Actor, course_id: UUID, draft: SessionDraft, at: datetime) -> Session:
    """The course will be held, with seats to give.

    Refused: `lessons_none`, `lessons_many`, `lessons_order`, `lesson_long`, `past`, `far`, `seats`, `confirm_days`,
    `enrol_by`, `responsible`, `needed`, `access`. Raises NotNow for a course that is not offered any more.
    """
    course = locked_course(actor=actor, course_id=course_id)
    if course.closed_on is not None:
        raise NotNow
    session = Session(course=course, municipality_id=course.municipality_id, made_by_id=actor.id)
    lessons = checked_lessons(draft.lessons, at=at)
    _write_session(session, draft=draft, lessons=lessons, at=at)
    session.save(force_insert=True)
    _write_lessons(session, lessons)
    record_event(verb=Verb.SESSION_ADDED, subject=session)
    return session


def change_session(*, actor: Actor, session_id: UUID, draft: SessionDraft, seen: str, at: datetime) -> Session:
    """Place, times, seats and what is arranged are now so; everybody who comes or hopes to is told.

    Refused: as `plan_session`, and `seats_taken`. Raises Changed, and NotNow when it has begun or is called off.
    """
    session = _locked_session(actor=actor, session_id=session_id, seen=seen)
    if session.state != SessionState.OPEN or session.begins_at <= at:
        raise NotNow
    lessons = checked_lessons(draft.lessons, at=at)
    before = _told_of(session)
    are_moved = [(x.begins_at, x.ends_at) for x in session.lessons.all()] != [(x.begins_at, x.ends_at) for x in lessons]
    _write_session(session, draft=draft, lessons=lessons, at=at)
    if fill_of(session_ids=[session.pk]).get(session.pk, (0, 0))[0] > session.seats:
        raise Refused("seats_taken", fields=("seats",))
    session.save(update_fields=SESSION_FIELDS)
    if are_moved:
        Lesson.objects.filter(session=session).delete()
        _write_lessons(session, lessons)
    record_event(verb=Verb.SESSION_CHANGED, subject=session)
    if are_moved or _told_of(session) != before:
        _tell_everybody(session, news=f"changed:{at.isoformat()}", at=at)
    settle_session(session_id=session.pk, at=at)
    return session


def cancel_session(*, actor: Actor, session_id: UUID, why: str, seen: str, at: datetime) -> Session:
    """The session will not be held (or not held on), nobody has a seat any more, and everybody is told.

    Refused: `needed`. Raises NotNow when it is over or called off already.
    """
    session = _locked_session(actor=actor, session_id=session_id, seen=seen)
    if session.state != SessionState.OPEN or session.ends_at <= at:
        raise NotNow
    session.cancelled_why = checked_line(why, field="why", is_needed=True, most=LONGEST_WHY)
    session.state, session.changed_at = SessionState.CANCELLED, at
    session.save(update_fields=["state", "cancelled_why", "changed_at"])
    with connection.cursor() as cursor:
        cursor.execute("select enrolment_id, citizen_id from courses_call_off(%s::uuid)", [session.pk])
        told = cursor.fetchall()
    record_event(verb=Verb.SESSION_CANCELLED, subject=session, detail={"told": len(told)})
    for enrolment_id, citizen_id in told:
        tell_seat(citizen_id=citizen_id, enrolment_id=enrolment_id, news="cancelled", at=at)
    return session


def settle_session(*, session_id: UUID, at: datetime) -> int:
    """Free seats have gone to the next on the list, and unanswered offers are over; how many people were told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select enrolment_id, citizen_id, confirm_by, became from courses_settle(%s::uuid, %s::timestamptz)",
            [session_id, at],
        )
        told = cursor.fetchall()
    for enrolment_id, citizen_id, confirm_by, became in told:
        tell_seat(citizen_id=citizen_id, enrolment_id=enrolment_id, news=f"{became}:{confirm_by}", at=at)
        record_event(verb=Verb.SEAT_MOVED, citizen_id=citizen_id, subject=f"enrolment:{enrolment_id}")
    return len(told)


def unsettled_sessions(*, at: datetime) -> list[UUID]:
    """Sessions where something may have to be settled."""
    with connection.cursor() as cursor:
        cursor.execute("select courses_unsettled(%s::timestamptz)", [at])
        return [session_id for (session_id,) in cursor.fetchall()]


def fill_of(*, session_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Seats taken and people waiting, by session; numbers only."""
    with connection.cursor() as cursor:
        cursor.execute("select session_id, taken, waiting from courses_fill(%s::uuid[])", [list(session_ids)])
        return {session_id: (taken, waiting) for session_id, taken, waiting in cursor.fetchall()}


def checked_lessons(lessons: Iterable[LessonTime], *, at: datetime) -> tuple[LessonTime, ...]:
    """Meetings in order that do not overlap and are to come."""
    found = tuple(lessons)
    if not found:
        raise Refused("lessons_none", fields=("lessons",))
    if len(found) > MOST_LESSONS:
        raise Refused("lessons_many", fields=("lessons",), values={"most": MOST_LESSONS})
    if any(one.ends_at <= one.begins_at or one.ends_at - one.begins_at > LONGEST_LESSON for one in found):
        raise Refused("lesson_long", fields=("lessons",))
    if any(later.begins_at < earlier.ends_at for earlier, later in pairwise(found)):
        raise Refused("lessons_order", fields=("lessons",))
    if found[0].begins_at <= at:
        raise Refused("past", fields=("lessons",))
    if found[-1].ends_at - at > FARTHEST:
        raise Refused("far", fields=("lessons",))
    return found


def _write_session(session: Session, *, draft: SessionDraft, lessons: tuple[LessonTime, ...], at: datetime) -> None:
    if not 1 <= draft.seats <= MOST_SEATS:
        raise Refused("seats", fields=("seats",), values={"most": MOST_SEATS})
    if not 1 <= draft.confirm_days <= MOST_CONFIRM_DAYS:
        raise Refused("confirm_days", fields=("confirm_days",), values={"most": MOST_CONFIRM_DAYS})
    if draft.enrol_by > timezone.localdate(lessons[0].begins_at):
        raise Refused("enrol_by", fields=("enrol_by",))
    if draft.responsible_id != session.responsible_id:
        _check_responsible(draft.responsible_id, session=session)
    session.place = checked_line(draft.place, field="place", is_needed=True, most=LONGEST_PLACE)
    session.access = checked_access(draft.access, field="access")
    session.access_note = checked_line(draft.access_note, field="access_note", most=LONGEST_NOTE)
    session.seats, session.enrol_by, session.confirm_days = draft.seats, draft.enrol_by, draft.confirm_days
    session.responsible_id = draft.responsible_id
    session.begins_at, session.ends_at = lessons[0].begins_at, lessons[-1].ends_at
    session.changed_at = at


def _check_responsible(user_id: UUID, *, session: Session) -> None:
    is_employee = User.objects.filter(pk=user_id, kind=Kind.STAFF, is_active=True).exists()
    with connection.cursor() as cursor:
        cursor.execute("select courses_works_in(%s::uuid, %s::text)", [user_id, session.municipality_id])
        works_here = bool(cursor.fetchone()[0])
    if not (is_employee and works_here):
        raise Refused("responsible", fields=("responsible",))


def _write_lessons(session: Session, lessons: Iterable[LessonTime]) -> None:
    Lesson.objects.bulk_create(
        [Lesson(session=session, begins_at=one.begins_at, ends_at=one.ends_at) for one in lessons]
    )


def _told_of(session: Session) -> tuple[object, ...]:
    """What people have to know when it changes."""
    return (session.place, session.access_note, sorted(session.access))


def _tell_everybody(session: Session, *, news: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select enrolment_id, citizen_id from courses_to_tell(%s::uuid)", [session.pk])
        told = cursor.fetchall()
    for enrolment_id, citizen_id in told:
        tell_seat(citizen_id=citizen_id, enrolment_id=enrolment_id, news=news, at=at)


def _locked_session(*, actor: Actor, session_id: UUID, seen: str) -> Session:
    if not can_keep_catalogue(actor):
        raise PermissionDenied
    rows = Session.objects.filter(municipality_id__in=actor.codes).select_for_update(of=("self",))
    session: Session | None = rows.filter(pk=session_id).first()
    if session is None:
        raise NotThere
    if seen_row(session) != seen:
        raise Changed
    return session
