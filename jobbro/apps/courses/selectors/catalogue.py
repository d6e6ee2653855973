"""The catalogue of a municipality, one course, and one session, as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.selectors.around import Choice, colleagues_for
from jobbro.apps.citizens.models import Citizen

from ..enums import SeatState, SessionState
from ..models import Attendance, Course, Enrolment, Lesson, Material, Session
from ..permissions import can_enrol, can_keep_catalogue
from ..services.sessions import fill_of
from ..stamps import seen_row

MOST_COURSES, MOST_SESSIONS = 200, 100


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """A session with how full it is."""

    session: Session
    lessons: tuple[Lesson, ...]
    taken: int
    waiting: int
    takes_people: bool

    @property
    def free(self) -> int:
        """Seats that nobody has, and nobody on the list waits for."""
        return 0 if self.waiting else max(0, self.session.seats - self.taken)


@dataclass(frozen=True, kw_only=True)
class CourseLine:
    """A course with its sessions to come."""

    course: Course
    coming: tuple[SessionLine, ...]


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """The courses that are offered, and for those who keep the catalogue the ones that are not any more."""

    lines: tuple[CourseLine, ...]
    closed: tuple[Course, ...]
    can_keep: bool


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """One course with what there is to read and when it is held."""

    course: Course
    materials: tuple[Material, ...]
    coming: tuple[SessionLine, ...]
    past: tuple[SessionLine, ...]
    can_keep: bool
    can_enrol: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class SessionPage:
    """One session; `people` are those the actor may see, `unseen` says how many more there are."""

    line: SessionLine
    course: Course
    responsible: str
    is_responsible: bool
    people: tuple[Enrolment, ...]
    unseen: int
    attendance: dict[tuple[UUID, UUID], str]
    can_keep: bool
    can_note: bool
    seen: str

    @property
    def session(self) -> Session:
        return self.line.session

    @property
    def living(self) -> tuple[Enrolment, ...]:
        """Those who come, in the order in which they joined."""
        here = (SeatState.SEAT, SeatState.COMPLETED, SeatState.NOT_COMPLETED)
        return tuple(one for one in self.people if one.state in here)

    def lesson_for(self, lesson_id: str, *, at: datetime) -> Lesson | None:
        """The meeting asked for, or the last that has begun."""
        begun = [one for one in self.line.lessons if one.begins_at <= at]
        chosen = [one for one in begun if str(one.pk) == lesson_id]
        return next(iter(chosen or begun[-1:]), None)


@dataclass(frozen=True, kw_only=True)
class SessionStart:
    """What the form of a session begins with."""

    course: Course
    people: tuple[Choice, ...]


def catalogue(*, actor: Actor, at: datetime, on: date) -> CataloguePage:
    """The courses of the actor's municipalities."""
    rows = Course.objects.filter(municipality_id__in=codes_of(actor)).order_by("title_da", "pk")[:MOST_COURSES]
    courses = list(rows)
    can_keep = can_keep_catalogue(actor)
    coming = coming_lines(course_ids=[course.pk for course in courses], at=at, on=on)
    return CataloguePage(
        lines=tuple(
            CourseLine(course=course, coming=tuple(x for x in coming if x.session.course_id == course.pk))
            for course in courses
            if course.closed_on is None
        ),
        closed=tuple(course for course in courses if course.closed_on is not None) if can_keep else (),
        can_keep=can_keep,
    )


def codes_of(actor: Actor) -> tuple[str, ...]:
    """Municipalities whose catalogue the actor reads: the own ones, for a citizen the one they live in."""
    return actor.codes


def coming_lines(*, course_ids: Sequence[UUID], at: datetime, on: date) -> tuple[SessionLine, ...]:
    """Sessions of these courses that are not over, the nearest first. Three queries."""
    rows = Session.objects.filter(course_id__in=list(course_ids), ends_at__gt=at).select_related("course")
    return session_lines(rows.order_by("begins_at", "pk")[:MOST_SESSIONS], at=at, on=on)


def session_lines(rows: Iterable[Session], *, at: datetime, on: date) -> tuple[SessionLine, ...]:
    """Sessions with their meetings and how full they are."""
    sessions = list(rows)
    if not sessions:
        return ()
    fill = fill_of(session_ids=[one.pk for one in sessions])
    lessons: dict[UUID, list[Lesson]] = {}
    for lesson in Lesson.objects.filter(session_id__in=[one.pk for one in sessions]).order_by("begins_at"):
        lessons.setdefault(lesson.session_id, []).append(lesson)
    return tuple(
        SessionLine(
            session=one,
            lessons=tuple(lessons.get(one.pk, ())),
            taken=fill.get(one.pk, (0, 0))[0],
            waiting=fill.get(one.pk, (0, 0))[1],
            takes_people=takes_people(one, at=at, on=on),
        )
        for one in sessions
    )


def takes_people(session: Session, *, at: datetime, on: date) -> bool:
    """Whether one can still ask for a seat, or a place on the list."""
    return session.state == SessionState.OPEN and session.enrol_by >= on and session.begins_at > at


def course_page(*, actor: Actor, course_id: UUID, at: datetime, on: date) -> CoursePage | None:
    """One course, or None."""
    course = Course.objects.filter(pk=course_id).first()
    if course is None:
        return None
    rows = Session.objects.filter(course=course).order_by("-begins_at")[:MOST_SESSIONS]
    lines = session_lines(rows, at=at, on=on)
    can_keep = can_keep_catalogue(actor) and course.municipality_id in actor.codes
    return CoursePage(
        course=course,
        materials=materials_of(course.pk),
        coming=tuple(line for line in reversed(lines) if line.session.ends_at > at),
        past=tuple(line for line in lines if line.session.ends_at <= at) if actor.citizen_id is None else (),
        can_keep=can_keep,
        can_enrol=can_enrol(actor),
        seen=seen_row(course),
    )


def materials_of(course_id: UUID) -> tuple[Material, ...]:
    """What there is to read, in order."""
    return tuple(Material.objects.filter(course_id=course_id, removed_on__isnull=True).order_by("place", "pk"))


def material_page(*, actor: Actor, material_id: UUID) -> Material | None:
    """One thing to read with its course, or None."""
    rows = Material.objects.filter(removed_on__isnull=True).select_related("course")
    found: Material | None = rows.filter(pk=material_id).first()
    return found


def session_start(*, actor: Actor, course_id: UUID, on: date) -> SessionStart | None:
    """Who can run a session of this course; None for those who do not keep it."""
    course = Course.objects.filter(pk=course_id, municipality_id__in=actor.codes).first()
    if course is None or not can_keep_catalogue(actor):
        return None
    return SessionStart(course=course, people=colleagues_for(codes=(course.municipality_id,), on=on))


def session_page(*, actor: Actor, session_id: UUID, at: datetime, on: date) -> SessionPage | None:
    """One session, or None. People whom the actor may not see are a number."""
    session = Session.objects.select_related("course").filter(pk=session_id).first()
    if session is None:
        return None
    (line,) = session_lines([session], at=at, on=on)
    people = _people(actor=actor, session=session)
    seen = sum(one.state in (SeatState.OFFERED, SeatState.SEAT) or one.state in _OVER for one in people)
    is_responsible = session.responsible_id == actor.id
    return SessionPage(
        line=line,
        course=session.course,
        responsible=teacher_of(session.pk),
        is_responsible=is_responsible,
        people=people,
        unseen=max(0, line.taken - seen),
        attendance=_attendance(actor=actor, session=session) if people else {},
        can_keep=can_keep_catalogue(actor) and session.municipality_id in actor.codes,
        can_note=actor.citizen_id is None and (can_enrol(actor) or is_responsible),
        seen=seen_row(session),
    )


_OVER = (SeatState.COMPLETED, SeatState.NOT_COMPLETED)


def _people(*, actor: Actor, session: Session) -> tuple[Enrolment, ...]:
    if actor.citizen_id is not None:
        return ()
    rows = Enrolment.objects.visible_to(actor).filter(session=session).exclude(state=SeatState.LEFT)
    return tuple(rows.order_by("joined_at", "pk"))


def _attendance(*, actor: Actor, session: Session) -> dict[tuple[UUID, UUID], str]:
    rows = Attendance.objects.visible_to(actor).filter(enrolment__session=session)
    return {(one.enrolment_id, one.lesson_id): one.presence for one in rows}


def teacher_of(session_id: UUID) -> str:
    """The name of whoever runs the session, also for citizens."""
    with connection.cursor() as cursor:
        cursor.execute("select courses_teacher(%s::uuid)", [session_id])
        return str(cursor.fetchone()[0] or "")


def persons_of(people: Iterable[Enrolment]) -> list[UUID]:
    """Whose rows were shown, for the record of the look."""
    return list(dict.fromkeys(one.citizen_id for one in people))


def known_citizen(*, actor: Actor, citizen_id: UUID) -> Citizen | None:
    """The citizen when the actor may see the file; whoever only runs the session sees the list."""
    return Citizen.objects.visible_to(actor).filter(pk=citizen_id).first()
