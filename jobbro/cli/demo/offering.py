"""One open job, one person proposed for it, and the compensation card that they gave the company."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Kind, Purpose, Tier, Verb
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Consent, Contact
from jobbro.apps.employers.models import Workplace
from jobbro.apps.jobs.enums import OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import Opening, WorkWish
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.apps.matching.card_checking import USUAL_MONTHS, months_after
from jobbro.apps.matching.card_content import CardContent, CardNeed, card_measure, kept_content
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.facts import available, pair_of
from jobbro.apps.matching.files import measures_file, person_file, rule_version, start_of
from jobbro.apps.matching.models import Card, Proposal, ProposalStep
from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.models import Agreement
from jobbro.engines.matching.as_json import pair_as_json
from jobbro.engines.support.catalogue import catalogue

from .calendar import moment, weekday
from .courses import Course
from .employers import Partner
from .ids import Ids
from .writing import EventRow, LookRow, Rows

OFFERING_BLOCK = 960_000
WHO, COMPANY, PLACE, CONTACT = "frederik.borger", "Bageriet Kornblomst", "Bageriet på Torvet", "bente.bager"
# Days before the day of the demo.
OPENED, PICKED, GIVEN, LOOKED = 21, 12, 8, 6
WHY = "Frederik vil gerne arbejde om formiddagen et roligt sted. Bageriet har en løftevogn ved pakkebordet."
NEEDS = (
    CardNeed(area="lifting", words="Jeg løfter op til fem kilo. Tungere kasser kører jeg på en løftevogn."),
    CardNeed(area="stamina", words="Jeg lægger selv mine pauser. Så kan jeg holde hele formiddagen."),
)
MEASURE = "lift_trolley"
NOTE = "Spørg mig endelig, hvis I er i tvivl om noget."


def add_card(courses: Iterable[Course], *, partners: Iterable[Partner], today: date) -> None:
    """The job, the proposal, the card, and one look of the company; nothing when the person is not in the demo."""
    course = next((one for one in courses if one.login and one.login.username == WHO), None)
    if course is None or course.user is None:
        return
    ids, rng = Ids(OFFERING_BLOCK), Random("offering")  # noqa: S311 - the demo is meant to be the same everywhere
    partner = next(partner for partner in partners if partner.company.name == COMPANY)
    days = {ago: moment(weekday(today - timedelta(days=ago)), rng=rng) for ago in (OPENED, PICKED, GIVEN, LOOKED)}
    opening = _opening(course.rows, workplace=partner.workplaces[PLACE], ids=ids, at=days[OPENED])
    proposal = _proposal(course, opening=opening, ids=ids, at=days[PICKED])
    card = _card(course, proposal=proposal, user=course.user, ids=ids, at=days[GIVEN])
    _look(course, card=card, at=days[LOOKED])


def _opening(rows: Rows, *, workplace: Workplace, ids: Ids, at: datetime) -> Opening:
    broker = workplace.company.broker_id
    row = Opening(
        id=ids(),
        company=workplace.company,
        workplace=workplace,
        origin=OpeningOrigin.BROKER,
        title="Hjælp ved pakkebordet",
        occupation="9321.2",
        description="Du pakker brød i kasser og gør dem klar til bilen. Du arbejder sammen med en bagersvend.",
        employer_name=workplace.company.name,
        place_name=workplace.name,
        address=workplace.address,
        postcode=workplace.postcode,
        city=workplace.city,
        x=workplace.x or 0.0,
        y=workplace.y or 0.0,
        hours_min=Decimal(12),
        hours_max=Decimal(20),
        slots=["mon_am", "tue_am", "wed_am", "thu_am", "fri_am"],
        measures=["checklists", "extra_breaks", "fixed_hours", "job_buddy", MEASURE, "picture_guides"],
        demand={"lifting": 3, "standing": 2, "hand_use": 2, "cooperation": 1},
        demand_source=OpeningDemand.CONFIRMED,
        confirmed_by_id=broker,
        confirmed_at=at,
        state=OpeningState.OPEN,
        state_on=at.date(),
        made_by_id=broker,
        made_at=at,
        changed_by_id=broker,
        changed_at=at,
    )
    rows.add(row, by=broker)
    subject = f"{row._meta.model_name}:{row.pk}"
    rows.events.append(EventRow(at=at, actor_id=broker, verb=Verb.OPENING_ADDED, citizen_id=None, subject=subject))
    return row


def _proposal(course: Course, *, opening: Opening, ids: Ids, at: datetime) -> Proposal:
    person, job = person_of(course), opening_file(opening)
    measures = available(person=person, job=job, measures=measures_file())
    row = Proposal(
        id=ids(),
        citizen=course.citizen,
        opening=opening,
        company_id=opening.company_id,
        state=ProposalState.IDEA,
        state_on=at.date(),
        picked_by=course.broker,
        picked_side=Side.MUNICIPALITY,
        picked_at=at,
        why=WHY,
        rule_version=rule_version(),
        person_input=person,
        opening_input=job,
        measures_input=measures,
        answer=pair_as_json(pair_of(person=person, job=job, measures=measures)),
    )
    step = ProposalStep(
        id=ids(),
        citizen=course.citizen,
        proposal=row,
        state=row.state,
        side=row.picked_side,
        reason=WHY,
        made_by=course.broker,
        made_at=at,
    )
    for made in (row, step):
        course.rows.add(made, by=course.broker.pk)
    course.happened(Verb.PROPOSAL_MADE, at=at, by=course.broker.pk, subject=row)
    return row


def person_of(course: Course) -> dict[str, Any]:
    """What matching reads of the person: the rows of the demo in place of the database."""
    wish = _own(course, WorkWish)
    start = start_of(wish=wish, contact=_own(course, Contact), is_protected=course.citizen.is_protected)
    if start is None:
        raise LookupError("The demo's person has no place that matching knows. Give them a postcode that exists.")
    profile = profile_from_json(_own(course, Agreement).profile)
    return person_file(citizen_id=course.citizen.pk, profile=profile, wish=wish, place=start)


def _own(course: Course, table: type[Any]) -> Any:
    return next(row for row in course.rows.of(table) if row.citizen_id == course.citizen.pk)


def _card(course: Course, *, proposal: Proposal, user: User, ids: Ids, at: datetime) -> Card:
    content = CardContent(
        name=course.citizen.given_name,
        job=proposal.opening.title,
        needs=NEEDS,
        measures=(card_measure(catalogue().entry(MEASURE)),),
        note=NOTE,
    )
    consent = Consent(
        id=ids(),
        citizen=course.citizen,
        purpose=ConsentPurpose.EMPLOYER_CARD,
        recipient=proposal.opening.employer_name,
        given_at=at,
        recorded_by=user,
    )
    row = Card(
        id=ids(),
        citizen=course.citizen,
        proposal=proposal,
        company_id=proposal.company_id,
        consent=consent,
        content=kept_content(content),
        from_on=at.date(),
        until_on=months_after(at.date(), months=USUAL_MONTHS),
        given_at=at,
        given_by=user,
    )
    for made in (consent, row):
        course.rows.add(made, by=user.pk)
    course.happened(Verb.CONSENT_GIVEN, at=at, by=user.pk, subject=consent)
    course.happened(Verb.CARD_GIVEN, at=at, by=user.pk, subject=row)
    return row


def _look(course: Course, *, card: Card, at: datetime) -> None:
    """The company has opened the card once."""
    somebody = next(user for user in course.rows.of(User) if user.username == CONTACT)
    course.rows.looks.append(
        LookRow(
            at=at,
            actor_id=somebody.pk,
            role="none",
            unit_id=None,
            municipality_id=course.place.code,
            citizen_ids=(course.citizen.pk,),
            purpose=Purpose.CARD.value,
            purpose_text=card.proposal.opening.employer_name,
            view="our_card",
            kind=Kind.READ.value,
            tier=Tier.HEALTH.value,
            related=False,
            criterion=card.pk.bytes,
        )
    )
