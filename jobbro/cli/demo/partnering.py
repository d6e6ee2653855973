"""One partner outside the municipality, somebody there with a login, and the work one citizen has said yes to."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.enums import Kind as AccountKind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Kind, Purpose, Tier, Verb
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Consent
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

from .calendar import moment, weekday
from .courses import Course
from .ids import Ids
from .organisations import Place, add_user
from .writing import EventRow, LookRow, Rows

PARTNERING_BLOCK = 955_000
LOGIN, NAME, PARTNER, CVR = "pia.partner", "Pia Storm", "Foreningen Åben Dør", "99001305"
WHO = "frederik.borger"
# Days before the day of the demo.
AGREED, ADDED, SAID_YES, WROTE, LOOKED = 200, 60, 20, 7, 5
GOAL = "At prøve to arbejdspladser, så Frederik selv kan vælge, hvor han vil begynde."
TOLD = (
    "Frederik vil gerne arbejde med lager og pakning. Han arbejder bedst om formiddagen og et roligt sted. Vis ham"
    " opgaven først, så gør han den selv bagefter. Ring til ham, før I kommer."
)
WRITTEN = "Vi besøgte et lager og en butik. Frederik ville gerne tilbage til lageret."


def partner_logins() -> list[tuple[str, str, str]]:
    """Username, name and organisation of those outside the municipality who can log in."""
    return [(LOGIN, NAME, PARTNER)]


def add_partner(
    rows: Rows, courses: Iterable[Course], *, places: tuple[Place, ...], password: str, today: date
) -> None:
    """The organisation, its person, and their work with one citizen; nothing when the citizen is not in the demo."""
    ids, rng = Ids(PARTNERING_BLOCK), Random("partnering")  # noqa: S311 - the demo is meant to be the same everywhere
    at = {
        ago: moment(weekday(today - timedelta(days=ago)), rng=rng) for ago in (AGREED, ADDED, SAID_YES, WROTE, LOOKED)
    }
    keeper = places[0].caseworkers[0]
    desk = _Desk(rows=rows, ids=ids, keeper=keeper)
    partner = _partner(desk, code=places[0].code, at=at[AGREED])
    agreement = _agreement(desk, partner=partner, at=at[AGREED], today=today)
    user = add_user(rows, username=LOGIN, name=NAME, password=password, ids=ids, rng=rng, kind=AccountKind.EXTERNAL)
    person = _person(desk, partner=partner, user=user, at=at[ADDED], today=today)
    course = next((one for one in courses if one.login and one.login.username == WHO), None)
    if course is None or course.user is None:
        return
    work = _engagement(desk, course=course, agreement=agreement, person=person, at=at[SAID_YES], today=today)
    _entry(desk, course=course, work=work, user=user, at=at[WROTE])
    _look(course, work=work, user=user, at=at[LOOKED])


class _Desk:
    """What every row is written with."""

    def __init__(self, *, rows: Rows, ids: Ids, keeper: User) -> None:
        self.rows, self.ids, self.keeper = rows, ids, keeper

    def add(
        self, row: Any, *, verb: Verb | None, at: datetime, by: UUID | None = None, about: UUID | None = None
    ) -> None:
        who = by or self.keeper.pk
        self.rows.add(row, by=who)
        if verb is not None:
            subject = f"{row._meta.model_name}:{row.pk}"
            self.rows.events.append(EventRow(at=at, actor_id=who, verb=verb, citizen_id=about, subject=subject))


def _partner(desk: _Desk, *, code: str, at: datetime) -> ExternalActor:
    row = ExternalActor(
        id=desk.ids(),
        municipality_id=code,
        cvr=CVR,
        name=PARTNER,
        kind=ActorKind.DISABILITY_ORGANISATION,
        contact_name="Hanne Vang",
        phone="01 23 97 10",
        email="kontakt@aabendoer.example",
        keeper=desk.keeper,
        created_by=desk.keeper,
        created_at=at,
        from_on=at.date(),
    )
    desk.add(row, verb=Verb.EXTERNAL_ACTOR_ADDED, at=at)
    return row


def _agreement(desk: _Desk, *, partner: ExternalActor, at: datetime, today: date) -> ExternalAgreement:
    row = ExternalAgreement(
        id=desk.ids(),
        external_actor=partner,
        themes=[Theme.COMPANY_WORK.value, Theme.KNOWLEDGE.value],
        purpose="Foreningen tager med på besøg på arbejdspladser og lærer os, hvordan vi taler om støtte.",
        data_agreement_on=at.date(),
        from_on=at.date(),
        until_on=today + timedelta(days=160),
        written_by=desk.keeper,
        written_at=at,
    )
    desk.add(row, verb=Verb.EXTERNAL_AGREEMENT_MADE, at=at)
    return row


def _person(desk: _Desk, *, partner: ExternalActor, user: User, at: datetime, today: date) -> ExternalPerson:
    row = ExternalPerson(
        id=desk.ids(),
        external_actor=partner,
        user=user,
        name=NAME,
        title="Konsulent",
        email="pia@aabendoer.example",
        phone="01 23 97 11",
        added_by=desk.keeper,
        from_on=at.date(),
        until_on=today + timedelta(days=120),
    )
    desk.add(row, verb=Verb.EXTERNAL_PERSON_ADDED, at=at)
    return row


def _engagement(
    desk: _Desk, *, course: Course, agreement: ExternalAgreement, person: ExternalPerson, at: datetime, today: date
) -> Engagement:
    citizen = course.citizen
    assert course.user is not None
    row = Engagement(
        id=desk.ids(),
        citizen=citizen,
        external_actor=agreement.external_actor,
        agreement=agreement,
        theme=Theme.COMPANY_WORK,
        goal=GOAL,
        told=TOLD,
        shown_name=citizen.given_name,
        from_on=at.date(),
        until_on=today + timedelta(days=70),
        state=State.APPROVED,
        made_by=desk.keeper,
        made_at=at,
    )
    desk.add(row, verb=Verb.ENGAGEMENT_PROPOSED, at=at, about=citizen.pk)
    named = EngagementPerson(id=desk.ids(), citizen=citizen, engagement=row, external_person=person, from_on=at.date())
    desk.add(named, verb=None, at=at)
    consent = Consent(
        id=desk.ids(),
        citizen=citizen,
        purpose=ConsentPurpose.EXTERNAL_ACTOR,
        recipient=PARTNER,
        given_at=at,
        recorded_by=course.user,
    )
    desk.add(consent, verb=Verb.CONSENT_GIVEN, at=at, by=course.user.pk, about=citizen.pk)
    approval = EngagementApproval(
        id=desk.ids(), citizen=citizen, engagement=row, consent=consent, approved_by=course.user, approved_at=at
    )
    desk.add(approval, verb=Verb.ENGAGEMENT_APPROVED, at=at, by=course.user.pk, about=citizen.pk)
    return row


def _entry(desk: _Desk, *, course: Course, work: Engagement, user: User, at: datetime) -> None:
    row = EngagementEntry(
        id=desk.ids(),
        citizen=course.citizen,
        engagement=work,
        kind=EntryKind.DONE,
        party=Party.PARTNER,
        done_on=at.date(),
        text=WRITTEN,
        written_by=user,
        written_name=user.display_name,
        written_at=at,
    )
    desk.add(row, verb=Verb.ENGAGEMENT_WRITTEN, at=at, by=user.pk, about=course.citizen.pk)


def _look(course: Course, *, work: Engagement, user: User, at: datetime) -> None:
    """The partner has opened it once."""
    course.rows.looks.append(
        LookRow(
            at=at,
            actor_id=user.pk,
            role="none",
            unit_id=None,
            municipality_id=course.place.code,
            citizen_ids=(course.citizen.pk,),
            purpose=Purpose.ENGAGEMENT.value,
            purpose_text=PARTNER,
            view="our_engagement",
            kind=Kind.READ.value,
            tier=Tier.HEALTH.value,
            related=False,
            criterion=work.pk.bytes,
        )
    )
