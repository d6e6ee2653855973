"""Partners outside the municipality: agreements, people with a login, and engagements with the citizen's yes."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Citizen, Consent
from jobbro.apps.external_actors.enums import ActorKind, EntryKind, Party, State, Theme
from jobbro.apps.external_actors.models import (
    Engagement,
    EngagementApproval,
    EngagementEntry,
    EngagementPerson,
    ExternalActor,
    ExternalAgreement,
    ExternalPerson,
)
from jobbro.apps.organisations.models import Team
from tests.factories.accounts import account, employee
from tests.factories.citizens import citizen as new_citizen
from tests.factories.employers import cvr
from tests.factories.organisations import LONG_AGO, municipality_of
from tests.factories.organisations import team as new_team
from tests.factories.rows import write

TOLD = "Anna vil gerne prøve at arbejde med mennesker. Hun lærer bedst ved at se det gjort."


def today() -> date:
    return timezone.localdate()


def external_actor(
    *, team: Team | None = None, keeper: User | None = None, name: str = "Foreningen Sammen", **fields: object
) -> ExternalActor:
    """A partner of the team's municipality."""
    team = team or new_team()
    keeper = keeper or employee(team=team)
    values = {"kind": ActorKind.DISABILITY_ORGANISATION, "cvr": cvr(), "from_on": LONG_AGO, **fields}
    return write(
        ExternalActor(
            municipality=municipality_of(team),
            name=name,
            keeper=keeper,
            created_by=keeper,
            created_at=timezone.now(),
            **values,
        )
    )


def agreement(*, partner: ExternalActor, **fields: object) -> ExternalAgreement:
    """An agreement about two themes, with a data agreement, from last year to next."""
    values = {
        "themes": [Theme.COMPANY_WORK, Theme.JOB_BROKERING],
        "purpose": "I hjælper med at finde den første praktik.",
        "from_on": today() - timedelta(days=300),
        "until_on": today() + timedelta(days=300),
        "data_agreement_on": today() - timedelta(days=300),
        **fields,
    }
    return write(
        ExternalAgreement(external_actor=partner, written_by_id=partner.keeper_id, written_at=timezone.now(), **values)
    )


def person(
    *, partner: ExternalActor, name: str = "Pia Partner", password: str = "", **fields: object
) -> ExternalPerson:
    """Somebody at the partner with a login that opens today."""
    user = account(name=name, kind=Kind.EXTERNAL, password=password)
    values = {"from_on": LONG_AGO, "until_on": today() + timedelta(days=90), "email": "pia@sammen.example", **fields}
    return write(ExternalPerson(external_actor=partner, user=user, name=name, added_by_id=partner.keeper_id, **values))


def engagement(
    *,
    citizen: Citizen,
    partner: ExternalActor,
    people: tuple[ExternalPerson, ...] = (),
    by: User | None = None,
    under: ExternalAgreement | None = None,
    is_approved: bool = True,
    withdrawn_at: datetime | None = None,
    **fields: object,
) -> Engagement:
    """Work with one citizen; the citizen has said yes unless told otherwise."""
    held = under or agreement(partner=partner)
    values = {
        "theme": Theme.COMPANY_WORK,
        "goal": "At finde en praktik i en butik.",
        "told": TOLD,
        "shown_name": "Anna",
        "from_on": today() - timedelta(days=10),
        "until_on": today() + timedelta(days=60),
        "state": State.APPROVED if is_approved else State.PROPOSED,
        **fields,
    }
    row = write(
        Engagement(
            citizen=citizen,
            external_actor=partner,
            agreement=held,
            made_by_id=partner.keeper_id,
            made_at=timezone.now(),
            **values,
        )
    )
    for one in people:
        write(EngagementPerson(citizen=citizen, engagement=row, external_person=one, from_on=row.from_on))
    if is_approved:
        approve(row, by=by, withdrawn_at=withdrawn_at)
    return row


def approve(row: Engagement, *, by: User | None = None, withdrawn_at: datetime | None = None) -> EngagementApproval:
    """The citizen's yes."""
    who = by.pk if by else row.citizen.user_id or row.made_by_id
    consent = write(
        Consent(
            citizen_id=row.citizen_id,
            purpose=ConsentPurpose.EXTERNAL_ACTOR,
            recipient=row.external_actor.name,
            given_at=timezone.now(),
            recorded_by_id=who,
            withdrawn_at=withdrawn_at,
        )
    )
    return write(
        EngagementApproval(
            citizen_id=row.citizen_id,
            engagement=row,
            consent=consent,
            on_behalf="" if row.citizen.user_id == who else "Anna sagde ja ved mødet.",
            approved_by_id=who,
            approved_at=timezone.now(),
        )
    )


def entry(
    *, engagement: Engagement, by: User, text: str = "Vi besøgte to butikker.", **fields: object
) -> EngagementEntry:
    """Something that was done."""
    values = {"kind": EntryKind.DONE, "party": Party.PARTNER, "done_on": today(), **fields}
    return write(
        EngagementEntry(
            citizen_id=engagement.citizen_id,
            engagement=engagement,
            text=text,
            written_by=by,
            written_name=by.display_name,
            written_at=timezone.now(),
            **values,
        )
    )


class Cooperation:
    """One citizen with a login, their caseworker, and a partner with one person who works with them."""

    def __init__(self, *, team: Team | None = None, **fields: object) -> None:
        self.team = team or new_team()
        self.caseworker = employee(team=self.team)
        self.citizen = new_citizen(team=self.team, lead=self.caseworker, has_login=True)
        self.partner = external_actor(team=self.team, keeper=self.caseworker)
        self.agreement = agreement(partner=self.partner)
        self.person = person(partner=self.partner)
        self.engagement = engagement(
            citizen=self.citizen,
            partner=self.partner,
            people=(self.person,),
            under=self.agreement,
            by=self.citizen.user,
            **fields,
        )
