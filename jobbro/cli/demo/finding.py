"""What citizens said to the two opening questions, and one effort with a list and contacts."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from jobbro.apps.audit.enums import Verb
from jobbro.apps.outreach.enums import Contacted, Reply, Response, Why
from jobbro.apps.outreach.models import OpeningAnswer, OutreachContact, OutreachEffort, OutreachPerson
from jobbro.apps.outreach.services import USUAL_PAUSE, YEAR

from .calendar import moment, weekday
from .courses import Course, Situation
from .ids import Ids
from .organisations import Place
from .writing import EventRow, Rows

FINDING_BLOCK, ANSWERS_BLOCK = 958_000, 959_000
NAME = "Ring til dem, ingen har spurgt"
PURPOSE = "Alle borgere skal vide, at de kan tale med os om støtte på arbejdet."
WHY = "Ingen har stillet dem de to åbningsspørgsmål. Derfor ringer vi og spørger, om de vil."
# Days before the day of the demo.
STARTED, LISTED = 40, 30
ON_THE_LIST, CONTACTED = 12, 8


def add_opening_answers(courses: Iterable[Course], *, today: date) -> None:
    """Most have been asked; some said no, some not now. Those who cannot have been asked yet are left."""
    ids, rng = Ids(ANSWERS_BLOCK), Random("opening answers")  # noqa: S311 - the demo is meant to be the same everywhere
    for number, course in enumerate(courses):
        if course.login is not None or number % 4 == 0:
            continue
        _answer(course, ids=ids, rng=rng, today=today)


def _answer(course: Course, *, ids: Ids, rng: Random, today: date) -> None:
    # Whoever has had a dialogue said yes to one.
    talk = Reply.YES
    if course.situation == Situation.NOT_BEGUN:
        talk = rng.choice((Reply.YES, Reply.NO, Reply.NOT_NOW, Reply.NOT_NOW, Reply.RATHER_NOT))
    day = weekday(today - timedelta(days=rng.randrange(5, 160)))
    again = None if talk == Reply.YES else day + (USUAL_PAUSE if talk == Reply.NOT_NOW else YEAR)
    at = moment(day, rng=rng)
    row = OpeningAnswer(
        id=ids(),
        citizen=course.citizen,
        harder=Reply.YES if talk == Reply.YES else talk,
        talk=talk,
        asked_on=day,
        ask_again_on=again,
        is_own=False,
        recorded_by=course.broker,
        recorded_at=at,
    )
    course.rows.add(row, by=course.broker.pk)
    course.happened(Verb.OPENING_ANSWERED, at=at, by=course.broker.pk, subject=row)


def add_effort(rows: Rows, courses: Iterable[Course], *, places: tuple[Place, ...], today: date) -> None:
    """One effort under way; the first of those nobody has asked are on its list."""
    ids, rng = Ids(FINDING_BLOCK), Random("finding")  # noqa: S311 - the demo is meant to be the same everywhere
    place = places[0]
    began = weekday(today - timedelta(days=STARTED))
    at = moment(began, rng=rng)
    effort = OutreachEffort(
        id=ids(),
        municipality_id=place.code,
        name=NAME,
        purpose=PURPOSE,
        why=WHY,
        facts=[Why.NOT_ASKED.value],
        responsible=place.lead,
        started_by=place.lead,
        started_at=at,
        from_on=began,
        until_on=today + timedelta(days=80),
    )
    rows.add(effort, by=place.lead.pk)
    rows.events.append(
        EventRow(
            at=at,
            actor_id=place.lead.pk,
            verb=Verb.OUTREACH_STARTED,
            citizen_id=None,
            subject=f"{effort._meta.model_name}:{effort.pk}",
        )
    )
    found = [c for n, c in enumerate(courses) if c.login is None and n % 4 == 0 and c.place.code == place.code]
    for number, course in enumerate(found[:ON_THE_LIST]):
        _list(course, effort=effort, number=number, ids=ids, rng=rng, today=today)


def _list(course: Course, *, effort: OutreachEffort, number: int, ids: Ids, rng: Random, today: date) -> None:
    added = weekday(today - timedelta(days=LISTED))
    by = course.broker
    row = OutreachPerson(id=ids(), citizen=course.citizen, effort=effort, added_on=added, added_by=by)
    course.rows.add(row, by=by.pk)
    course.happened(Verb.OUTREACH_LISTED, at=moment(added, rng=rng), by=by.pk, subject=row)
    if number >= CONTACTED:
        return
    day = weekday(today - timedelta(days=LISTED - 3 - number))
    at = moment(day, rng=rng)
    contact = OutreachContact(
        id=ids(),
        citizen=course.citizen,
        person=row,
        contacted_on=day,
        channel=Contacted.PHONE,
        response=(Response.YES, Response.NOT_REACHED, Response.NOT_NOW, Response.YES)[number % 4],
        noted_by=by,
        noted_at=at,
    )
    course.rows.add(contact, by=by.pk)
    course.happened(Verb.OUTREACH_CONTACTED, at=at, by=by.pk, subject=contact)
