"""A person's seats: where they stand, what comes, what it gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans.enums import ActionState
from jobbro.apps.plans.models import Action

from ..enums import LIVING, Presence, SeatState
from ..models import Attendance, Course, CourseOutcome, Enrolment, Lesson, Material, Session
from ..permissions import can_enrol
from ..services.seats import can_take_again
from ..stamps import seen_seat
from ..states import MOVES
from .catalogue import SessionLine, coming_lines, known_citizen, materials_of, teacher_of

MOST_SEATS = 100


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    """A person's place at one session."""

    enrolment: Enrolment
    session: Session
    course: Course
    place_on_list: int | None


@dataclass(frozen=True, kw_only=True)
class MyCourses:
    """All of a person's courses."""

    citizen: Citizen
    is_own: bool
    living: tuple[SeatLine, ...]
    past: tuple[SeatLine, ...]
    can_enrol: bool


@dataclass(frozen=True, kw_only=True)
class EnrolPage:
    """What a person can ask for: sessions to come that they are not at, and the open steps of their plan."""

    citizen: Citizen
    is_own: bool
    sessions: tuple[SessionLine, ...]
    steps: tuple[tuple[UUID, str], ...]
    enrolment: Enrolment | None = None


@dataclass(frozen=True, kw_only=True)
class LessonLine:
    """A meeting of the course and whether the person was there."""

    lesson: Lesson
    presence: Presence | None


@dataclass(frozen=True, kw_only=True)
class SeatPage:
    """A person's place at one session, as their page shows it. `citizen` is None for whoever only runs the session."""

    enrolment: Enrolment
    citizen: Citizen | None
    session: Session
    course: Course
    responsible: str
    lessons: tuple[LessonLine, ...]
    materials: tuple[Material, ...]
    outcome: CourseOutcome | None
    step: str
    place_on_list: int | None
    is_own: bool
    can_give: bool
    can_answer_offer: bool
    can_leave: bool
    can_take_again: bool
    can_finish: bool
    can_tell: bool
    can_change_wish: bool
    seen: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What the person asked for and the session does not offer yet."""
        return tuple(code for code in self.enrolment.wants if code not in self.session.access)


def place_on_list(*, enrolment_id: UUID) -> int | None:
    """1 for whoever is next; None for somebody who does not wait, or is not the actor's to see."""
    with connection.cursor() as cursor:
        cursor.execute("select courses_before(%s::uuid)", [enrolment_id])
        (before,) = cursor.fetchone()
    return None if before is None else before + 1


def my_courses(*, actor: Actor, citizen_id: UUID) -> MyCourses | None:
    """The person's courses, what is to come first; None when there is no such person for the actor."""
    citizen = Citizen.objects.visible_to(actor).filter(pk=citizen_id).first()
    if citizen is None:
        return None
    rows = Enrolment.objects.visible_to(actor).filter(citizen=citizen).select_related("session__course")
    seats = list(rows.order_by("session__begins_at", "pk")[:MOST_SEATS])
    places = _places([one for one in seats if one.state == SeatState.WAITING])
    lines = [
        SeatLine(enrolment=one, session=one.session, course=one.session.course, place_on_list=places.get(one.pk))
        for one in seats
    ]
    return MyCourses(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        living=tuple(line for line in lines if line.enrolment.state in LIVING),
        past=tuple(line for line in reversed(lines) if line.enrolment.state not in LIVING),
        can_enrol=actor.citizen_id == citizen.pk or can_enrol(actor),
    )


def _places(waiting: Sequence[Enrolment]) -> dict[UUID, int]:
    if not waiting:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select e, courses_before(e) from unnest(%s::uuid[]) e", [[one.pk for one in waiting]])
        return {enrolment_id: before + 1 for enrolment_id, before in cursor.fetchall() if before is not None}


def enrol_page(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> EnrolPage | None:
    """Sessions that still take people; None when there is no such person for the actor."""
    citizen = Citizen.objects.visible_to(actor).filter(pk=citizen_id).first()
    if citizen is None or not (actor.citizen_id == citizen.pk or can_enrol(actor)):
        return None
    known = set(Enrolment.objects.visible_to(actor).filter(citizen=citizen).values_list("session_id", flat=True))
    courses = Course.objects.filter(municipality_id=citizen.municipality_id, closed_on__isnull=True)
    course_ids = list(courses.values_list("pk", flat=True)[:MOST_SEATS])
    lines = coming_lines(course_ids=course_ids, at=at, on=on) if course_ids else ()
    return EnrolPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        sessions=tuple(line for line in lines if line.takes_people and line.session.pk not in known),
        steps=_open_steps(actor=actor, citizen=citizen),
    )


def wish_page(*, actor: Actor, enrolment_id: UUID) -> EnrolPage | None:
    """The same form for somebody who is on the list already, without sessions to choose."""
    enrolment = Enrolment.objects.visible_to(actor).select_related("session__course").filter(pk=enrolment_id).first()
    citizen = known_citizen(actor=actor, citizen_id=enrolment.citizen_id) if enrolment else None
    if enrolment is None or citizen is None or not (actor.citizen_id == citizen.pk or can_enrol(actor)):
        return None
    if enrolment.state not in LIVING:
        return None
    return EnrolPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        sessions=(),
        steps=_open_steps(actor=actor, citizen=citizen),
        enrolment=enrolment,
    )


def _open_steps(*, actor: Actor, citizen: Citizen) -> tuple[tuple[UUID, str], ...]:
    rows = Action.objects.visible_to(actor).filter(
        citizen=citizen, state__in=(ActionState.AGREED, ActionState.UNDER_WAY), goal__plan__closed_on__isnull=True
    )
    return tuple(rows.order_by("goal__place", "place", "pk").values_list("pk", "title")[:MOST_SEATS])


def seat_page(*, actor: Actor, enrolment_id: UUID, at: datetime, on: date) -> SeatPage | None:
    """A person's place at one session, or None."""
    rows = Enrolment.objects.visible_to(actor).select_related("session__course", "session__municipality", "action")
    enrolment = rows.filter(pk=enrolment_id).first()
    if enrolment is None:
        return None
    session, citizen = enrolment.session, known_citizen(actor=actor, citizen_id=enrolment.citizen_id)
    is_own = actor.citizen_id == enrolment.citizen_id
    may_move = citizen is not None and (is_own or can_enrol(actor))
    state = SeatState(enrolment.state)
    has_begun = session.begins_at <= at
    offered_in_time = enrolment.confirm_by is not None and enrolment.confirm_by >= on and not has_begun
    return SeatPage(
        enrolment=enrolment,
        citizen=citizen,
        session=session,
        course=session.course,
        responsible=teacher_of(session.pk),
        lessons=_lessons(enrolment),
        materials=materials_of(session.course_id),
        outcome=enrolment.outcomes.order_by("-written_at", "-pk").first(),
        step=enrolment.action.title if enrolment.action and citizen else "",
        place_on_list=place_on_list(enrolment_id=enrolment.pk) if state == SeatState.WAITING else None,
        is_own=is_own,
        can_give=may_move and not is_own and state == SeatState.APPLIED,
        can_answer_offer=may_move and state == SeatState.OFFERED and offered_in_time,
        can_leave=may_move and (state, "leave") in MOVES and session.ends_at > at,
        can_take_again=may_move and can_take_again(enrolment, actor=actor, at=at),
        can_finish=not is_own and has_begun and ((state, "complete") in MOVES or (state, "stop") in MOVES),
        can_tell=may_move and has_begun and state in _WAS_THERE,
        can_change_wish=may_move and state in LIVING,
        seen=seen_seat(enrolment),
    )


_WAS_THERE = (SeatState.SEAT, SeatState.COMPLETED, SeatState.NOT_COMPLETED)


def _lessons(enrolment: Enrolment) -> tuple[LessonLine, ...]:
    there = dict(Attendance.objects.filter(enrolment=enrolment).values_list("lesson_id", "presence"))
    lessons = Lesson.objects.filter(session_id=enrolment.session_id).order_by("begins_at")
    return tuple(
        LessonLine(lesson=one, presence=Presence(there[one.pk]) if one.pk in there else None) for one in lessons
    )
