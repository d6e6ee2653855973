"""Opening answers, efforts with their lists, and contacts."""

from datetime import date, timedelta

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from jobbro.apps.outreach.enums import Contacted, Reply, Response, Why
from jobbro.apps.outreach.models import OpeningAnswer, OutreachContact, OutreachEffort, OutreachPerson
from tests.factories.organisations import municipality_of
from tests.factories.rows import write


def today() -> date:
    return timezone.localdate()


def opening(
    *, citizen: Citizen, by: User, talk: str = Reply.YES, asked_on: date | None = None, **fields: object
) -> OpeningAnswer:
    """What somebody said; after anything but a yes half a year passes unless told otherwise."""
    day = asked_on or today()
    values = {"ask_again_on": None if talk == Reply.YES else day + timedelta(days=182), **fields}
    return write(
        OpeningAnswer(
            citizen=citizen,
            harder=Reply.YES,
            talk=talk,
            asked_on=day,
            is_own=citizen.user_id == by.pk,
            recorded_by=by,
            recorded_at=timezone.now(),
            **values,
        )
    )


def effort(*, team: Team, lead: User, facts: tuple[str, ...] = (Why.NOT_ASKED,), **fields: object) -> OutreachEffort:
    """An effort under way."""
    values = {"from_on": today() - timedelta(days=5), "until_on": today() + timedelta(days=90), **fields}
    return write(
        OutreachEffort(
            municipality=municipality_of(team),
            name="Ring til dem, ingen har spurgt",
            purpose="At alle bliver spurgt.",
            why="Ingen har spurgt dem endnu.",
            facts=list(facts),
            responsible=lead,
            started_by=lead,
            started_at=timezone.now(),
            **values,
        )
    )


def listed(*, effort: OutreachEffort, citizen: Citizen, by: User, added_on: date | None = None) -> OutreachPerson:
    """Somebody on the list."""
    return write(OutreachPerson(citizen=citizen, effort=effort, added_on=added_on or effort.from_on, added_by=by))


def contact(
    *,
    person: OutreachPerson,
    by: User,
    response: str = Response.YES,
    contacted_on: date | None = None,
    **fields: object,
) -> OutreachContact:
    """One contact."""
    return write(
        OutreachContact(
            citizen_id=person.citizen_id,
            person=person,
            contacted_on=contacted_on or today(),
            channel=Contacted.PHONE,
            response=response,
            noted_by=by,
            **{"noted_at": timezone.now(), **fields},
        )
    )
