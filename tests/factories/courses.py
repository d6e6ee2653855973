"""Job-search courses: the catalogue, a session with seats, and people at it."""

from datetime import datetime, timedelta

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.courses.enums import SeatState
from jobbro.apps.courses.models import Course, Enrolment, Lesson, Material, Session
from jobbro.apps.organisations.models import Municipality
from tests.factories.rows import write

LESSONS = 3


def course(*, by: User, municipality: Municipality, **fields: object) -> Course:
    """A course in the catalogue of the municipality."""
    values = {
        "title_da": "Søg job på din måde",
        "text_da": "Et kort kursus om at finde job, når man har brug for støtte.",
        "easy_da": "Du lærer at søge job. Vi er få. Der er pauser.",
        "aims_da": "Du kan skrive en ansøgning.\nDu kan fortælle, hvad der hjælper dig.",
        "areas": ["speaking", "stress"],
        "length": "3 formiddage",
        "run_by": "Job og Støtte",
        "changed_at": timezone.now(),
        **fields,
    }
    return write(Course(municipality=municipality, made_by=by, **values))


def material(*, course: Course, by: User, **fields: object) -> Material:
    """Something to read in easy words."""
    values = {"title_da": "Det gode spørgsmål", "text_da": "Spørg først. Lyt så. Skriv ned.", **fields}
    return write(Material(course=course, made_by=by, place=1, changed_at=timezone.now(), **values))


def session(
    *, course: Course, by: User, seats: int = 2, first_in: int = 14, lessons: int = LESSONS, **fields: object
) -> Session:
    """A session whose first meeting is in so many days at half past nine, then once a week."""
    times = [at_half_past_nine(in_days=first_in + 7 * number) for number in range(lessons)]
    values = {
        "place": "Biblioteket, lokale 2",
        "access": ["step_free", "breaks"],
        "enrol_by": timezone.localdate() + timedelta(days=max(first_in - 2, 0)),
        "changed_at": timezone.now(),
        "responsible": by,
        **fields,
    }
    made = write(
        Session(
            course=course,
            municipality_id=course.municipality_id,
            seats=seats,
            begins_at=times[0],
            ends_at=times[-1] + timedelta(hours=2),
            made_by=by,
            **values,
        )
    )
    for begins_at in times:
        write(Lesson(session=made, begins_at=begins_at, ends_at=begins_at + timedelta(hours=2)))
    return made


def at_half_past_nine(*, in_days: int) -> datetime:
    day = timezone.localtime() + timedelta(days=in_days)
    return day.replace(hour=9, minute=30, second=0, microsecond=0)


def enrolment(
    *, session: Session, citizen: Citizen, by: User, state: SeatState = SeatState.SEAT, **fields: object
) -> Enrolment:
    """The citizen stands there with the session."""
    values = {
        "name": citizen.given_name,
        "needs_words": "Jeg skal kunne sidde tæt på døren.",
        "wants": ["breaks"],
        "state_on": timezone.localdate(),
        "joined_at": timezone.now(),
        "confirm_by": timezone.localdate() + timedelta(days=3) if state == SeatState.OFFERED else None,
        **fields,
    }
    return write(Enrolment(session=session, citizen=citizen, made_by=by, state=state, **values))
