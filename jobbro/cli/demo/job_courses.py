"""Job-search courses in the demo: one to come with a waiting list, one that has been, and what it gave."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from jobbro.apps.audit.enums import Verb
from jobbro.apps.courses.enums import Presence, SeatState
from jobbro.apps.courses.models import Attendance, CourseOutcome, Enrolment, Lesson, Material, Session
from jobbro.apps.courses.models import Course as JobCourse

from .calendar import DENMARK, moment, weekday
from .courses import Course, Situation
from .ids import Ids
from .organisations import Place

JOB_COURSE_BLOCK = 969_000
COMING, HELD = 16, 60
WEEKS, SEATS = 3, 3
COURSES: tuple[dict[str, Any], ...] = (
    {
        "title_da": "Søg job på din måde",
        "title_en": "Look for work your own way",
        "text_da": "Et lille hold om at finde job, når man har brug for støtte. Vi finder dine ord for det, du kan,"
        " og for det, der hjælper dig.",
        "text_en": "A small group about finding work when you need support. We find your words for what you can do and"
        " for what helps you.",
        "easy_da": "Du lærer at søge job.\nVi er få.\nDer er mange pauser.\nDu siger, hvad du har brug for.",
        "easy_en": "You learn to look for work.\nWe are few.\nThere are many breaks.\nYou say what you need.",
        "aims_da": "Du kan fortælle, hvad du kan\nDu kan sige, hvad der hjælper dig i et job\nDu har søgt ét job",
        "aims_en": "You can tell what you can do\nYou can say what helps you in a job\nYou have applied for one job",
        "areas": ["speaking", "stress", "pace"],
        "length": "3 formiddage over 3 uger",
    },
    {
        "title_da": "Samtalen om job",
        "title_en": "The talk about a job",
        "text_da": "Vi øver den første samtale med en arbejdsplads i trygge rammer, også på tegnsprog og skriftligt.",
        "text_en": "We practise the first talk with a workplace in a safe room, in sign language and in writing too.",
        "easy_da": "Vi øver en samtale.\nDu kan skrive eller tegne.\nDu kan have nogen med.",
        "easy_en": "We practise a talk.\nYou can write or sign.\nYou can bring somebody.",
        "aims_da": "Du ved, hvad du vil sige først\nDu ved, hvad du ikke behøver at sige",
        "aims_en": "You know what to say first\nYou know what you need not say",
        "areas": ["hearing", "speaking"],
        "length": "2 eftermiddage",
    },
)
MATERIALS = (
    ("Før du kommer", "Before you come", "Du skal ikke læse noget.\nTag noget at drikke med.\nKom, som du er."),
    ("Det, du kan sige", "What you can say", "Sig, hvad du kan.\nSig, hvad der hjælper.\nResten er dit."),
)
NEEDS = ("Jeg skal kunne sidde tæt på døren.", "", "Jeg har brug for en pause hver halve time.", "Min søster er med.")
GAVE = "Jeg har fundet ud af, at jeg gerne selv vil fortælle om min hørelse. Det er lettere nu."


def add_job_courses(courses: Sequence[Course], *, places: tuple[Place, ...], today: date) -> None:
    """The catalogue of the first municipality, two sessions, and who was there; nothing when nobody lives there."""
    here = [course for course in courses if course.place.team.pk == places[0].team.pk]
    if here:
        JobCourses(here, place=places[0], today=today).add()


class JobCourses:
    """What the rows of the catalogue share."""

    def __init__(self, courses: Sequence[Course], *, place: Place, today: date) -> None:
        self.people = [course for course in courses if course.login is None]
        self.named = [course for course in courses if course.login and course.situation == Situation.PLAN]
        self.place, self.today, self.rows = place, today, courses[0].rows
        self.ids, self.rng = Ids(JOB_COURSE_BLOCK), Random("job courses")  # noqa: S311 - the same everywhere
        self.teacher = (place.key_persons or place.caseworkers)[0]

    def add(self) -> None:
        """All rows, in the order in which they came to be."""
        first, second = (self._course(about) for about in COURSES)
        self._session(second, first_in=COMING + 14, lessons=2, seats=SEATS)
        coming = self._session(first, first_in=COMING, lessons=WEEKS, seats=SEATS)
        states = [SeatState.SEAT, SeatState.SEAT, SeatState.OFFERED, SeatState.WAITING, SeatState.APPLIED]
        for course, state in zip(self.people, states, strict=False):
            self._seat(course, coming, state=state, days_ago=9)
        held = self._session(first, first_in=-HELD, lessons=WEEKS, seats=SEATS)
        for course in [*self.named[:1], *self.people[5:6]]:
            self._completed(course, held)

    def _course(self, about: dict[str, Any]) -> JobCourse:
        row = JobCourse(
            id=self.ids(),
            municipality_id=self.place.code,
            run_by="Job og Støtte",
            made_by=self.place.caseworkers[0],
            changed_at=self._ago(90),
            **about,
        )
        self._keep(row)
        for number, (danish, english, text) in enumerate(MATERIALS, start=1):
            material = Material(
                id=self.ids(),
                course=row,
                place=number,
                title_da=danish,
                title_en=english,
                text_da=text,
                made_by=self.place.caseworkers[0],
                changed_at=self._ago(90),
            )
            self._keep(material)
        return row

    def _session(self, course: JobCourse, *, first_in: int, lessons: int, seats: int) -> tuple[Session, list[Lesson]]:
        first = weekday(self.today + timedelta(days=first_in))
        times = [self._at(first + timedelta(days=7 * number), clock=time(9, 30)) for number in range(lessons)]
        row = Session(
            id=self.ids(),
            course=course,
            municipality_id=self.place.code,
            place=f"Biblioteket i {self.place.town}, lokale 2",
            seats=seats,
            access=["step_free", "hearing_loop", "quiet_room", "breaks", "companion"],
            access_note="Elevatoren er til højre for indgangen.",
            enrol_by=first - timedelta(days=2),
            begins_at=times[0],
            ends_at=times[-1] + timedelta(hours=2.5),
            responsible=self.teacher,
            made_by=self.place.caseworkers[0],
            changed_at=self._ago(30),
        )
        self._keep(row)
        meetings = [
            Lesson(id=self.ids(), session=row, begins_at=begins_at, ends_at=begins_at + timedelta(hours=2.5))
            for begins_at in times
        ]
        for lesson in meetings:
            self._keep(lesson)
        return row, meetings

    def _seat(
        self, course: Course, held: tuple[Session, list[Lesson]], *, state: SeatState, days_ago: int
    ) -> Enrolment:
        at = self._ago(days_ago)
        row = Enrolment(
            id=self.ids(),
            citizen=course.citizen,
            session=held[0],
            name=course.citizen.given_name,
            needs_words=NEEDS[self.ids.drawn % len(NEEDS)],
            wants=["breaks"],
            state=state,
            state_on=at.date(),
            joined_at=at,
            confirm_by=self.today + timedelta(days=3) if state == SeatState.OFFERED else None,
            made_by=course.lead,
        )
        self.rows.add(row, by=course.lead.pk)
        course.happened(Verb.ENROLLED, at=at, by=course.lead.pk, subject=row)
        return row

    def _completed(self, course: Course, held: tuple[Session, list[Lesson]]) -> None:
        row = self._seat(course, held, state=SeatState.COMPLETED, days_ago=HELD + 20)
        for lesson in held[1]:
            there = Attendance(
                id=self.ids(),
                citizen=course.citizen,
                enrolment=row,
                lesson=lesson,
                presence=Presence.CAME,
                noted_by=self.teacher,
                noted_at=lesson.ends_at,
            )
            self.rows.add(there, by=self.teacher.pk)
        outcome = CourseOutcome(
            id=self.ids(),
            citizen=course.citizen,
            enrolment=row,
            words=GAVE,
            next_step="Skrive til to arbejdspladser",
            is_own=course.user is not None,
            written_by=course.user or course.lead,
            written_at=self._ago(30),
        )
        self.rows.add(outcome, by=outcome.written_by_id)

    def _keep(self, row: Any) -> None:
        self.rows.add(row, by=self.place.caseworkers[0].pk)

    def _ago(self, days: int) -> datetime:
        return moment(weekday(self.today - timedelta(days=days)), rng=self.rng)

    def _at(self, day: date, *, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=DENMARK)
