"""A table where a citizen, a company and the municipality sit: with a card, a meeting, agreements and signatures."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Citizen, Consent
from jobbro.apps.employers.models import Company
from jobbro.apps.matching.card_content import CardContent, CardNeed, card_measure, kept_content
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.files import digest_of
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.organisations.models import Team
from jobbro.apps.placements.enums import (
    AT_COMPANY,
    SIGNING,
    AgreementKind,
    EndReason,
    IntroductionState,
    MeetingKind,
    OnboardingStep,
    Party,
    PlacementState,
    Stance,
    TaskOwner,
)
from jobbro.apps.placements.models import (
    AgreementVersion,
    Arrangement,
    Ending,
    Introduction,
    OnboardingPlan,
    OnboardingTask,
    Participant,
    Placement,
    Said,
    Signature,
)
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.engines.support.catalogue import catalogue
from tests.factories import accounts, citizens, employers, matching, openings, organisations
from tests.factories.rows import rows_of, run, write

SHOWN_NEED = CardNeed(area="standing", words="Jeg har det bedst, når jeg kan sidde ind imellem.")
SHOWN_MEASURE = "standing_support_chair"
# A need and a support that the citizen keeps to themselves.
KEPT_MEASURE = "picture_guides"
WROTE_AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


@dataclass(kw_only=True)
class Table:
    """The people and things of one table; `broker` may do all that staff may."""

    team: Team
    broker: User
    citizen: Citizen
    company: Company
    employer: User
    proposal: Proposal
    card: Card


def table(
    *,
    team: Team | None = None,
    state: ProposalState = ProposalState.INTRODUCED,
    has_login: bool = True,
    same: Table | None = None,
    **card_fields,
) -> Table:
    """Anna, the bakery and Jonas, with a card that shows one of two needs; with `same` they sit at another company."""
    team = same.team if same else team or organisations.team()
    broker = same.broker if same else accounts.employee(role=Role.JOB_BROKER, team=team, name="Jonas Bro")
    who = same.citizen if same else citizens.citizen(team=team, lead=broker, has_login=has_login)
    company = employers.company(team=team, broker=broker)
    workplace = employers.workplace(company=company, x=0.0, y=0.0)
    opening = openings.opening(
        workplace=workplace,
        demand={"standing": 3, "memory": 3, "pace": 2},
        measures=[SHOWN_MEASURE, KEPT_MEASURE, "checklists"],
        wage_text="145 kr. i timen",
    )
    person = matching.person_content(citizen=who, opening=opening, capacity={"standing": 1, "memory": 1})
    proposed = matching.proposal(citizen=who, by=broker, opening=opening, state=state, person=person)
    return Table(
        team=team,
        broker=broker,
        citizen=who,
        company=company,
        employer=employers.employer_user(company=company),
        proposal=proposed,
        card=card(proposal=proposed, by=broker, **card_fields),
    )


def card(*, proposal: Proposal, by: User, **fields: object) -> Card:
    """A card that holds for a month around today, given by staff with a reason."""
    consent = write(
        Consent(
            citizen=proposal.citizen,
            purpose=ConsentPurpose.EMPLOYER_CARD,
            recipient=proposal.opening.employer_name,
            given_at=WROTE_AT,
            recorded_by=by,
        )
    )
    today = timezone.localdate()
    content = CardContent(
        name="Anna",
        job=proposal.opening.title,
        needs=(SHOWN_NEED,),
        measures=(card_measure(catalogue().entry(SHOWN_MEASURE)),),
        note="",
    )
    values = {
        "content": kept_content(content),
        "from_on": today - timedelta(days=10),
        "until_on": today + timedelta(days=60),
        "on_behalf": "Anna sad ved siden af og sagde ja.",
        **fields,
    }
    return write(
        Card(
            citizen=proposal.citizen,
            proposal=proposal,
            company_id=proposal.company_id,
            consent=consent,
            given_at=WROTE_AT,
            given_by=by,
            **values,
        )
    )


def introduction(*, at: Table, **fields: object) -> Introduction:
    """A meeting in two days at the workplace, with one from each side."""
    meets_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    made = write(
        Introduction(
            citizen=at.citizen,
            company=at.company,
            proposal=at.proposal,
            opening_id=at.proposal.opening_id,
            card=at.card,
            name="Anna",
            title=at.proposal.opening.title,
            made_by=at.broker,
            made_at=WROTE_AT,
            changed_at=WROTE_AT,
            **{"kind": MeetingKind.WORKPLACE, "place": "Butikken på Torvet", "meets_at": meets_at, **fields},
        )
    )
    is_held = made.state == IntroductionState.HELD
    for party, name in ((Party.CITIZEN, "Anna"), (Party.EMPLOYER, "Bente Bager"), (Party.MUNICIPALITY, "Jonas Bro")):
        write(
            Participant(
                citizen=at.citizen,
                company=at.company,
                introduction=made,
                party=party,
                name=name,
                came=True if is_held else None,
            )
        )
    return made


def held(*, at: Table, **fields: object) -> Introduction:
    """The meeting was yesterday and all came."""
    met = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    return introduction(at=at, **{"state": IntroductionState.HELD, "meets_at": met, **fields})


def said(*, introduction: Introduction, by: User, party: Party = Party.CITIZEN, **fields: object) -> Said:
    """Words of a party."""
    values = {"name": "Anna", "text": "Jeg vil gerne prøve.", "stance": Stance.GO_ON, **fields}
    return write(
        Said(
            citizen_id=introduction.citizen_id,
            company_id=introduction.company_id,
            introduction=introduction,
            party=party,
            written_by=by,
            written_at=WROTE_AT,
            **values,
        )
    )


def arrangement(*, at: Table, measure: str = SHOWN_MEASURE, **fields: object) -> Arrangement:
    """Somebody of the municipality arranges the support in two weeks."""
    values = {
        "scheme": "hjaelpemidler",
        "party": Party.MUNICIPALITY,
        "who": "Jonas Bro",
        "due_on": timezone.localdate() + timedelta(days=14),
        "is_on_card": measure == SHOWN_MEASURE,
        **fields,
    }
    return write(
        Arrangement(
            citizen=at.citizen,
            company=at.company,
            proposal=at.proposal,
            measure=measure,
            changed_by=at.broker,
            **values,
        )
    )


def agreement(*, at: Table, placement: Placement | None = None, number: int = 1, **fields: object) -> AgreementVersion:
    """A job whose hours rise once, not signed yet; the placement comes with the first wording."""
    begins = timezone.localdate() + timedelta(days=14)
    placement = placement or write(
        Placement(
            citizen=at.citizen,
            company=at.company,
            proposal=at.proposal,
            opening_id=at.proposal.opening_id,
            title=at.proposal.opening.title,
            state=PlacementState.AGREEING,
            state_on=WROTE_AT.date(),
            made_by=at.broker,
            made_at=WROTE_AT,
        )
    )
    version = AgreementVersion(
        citizen=at.citizen,
        company=at.company,
        placement=placement,
        number=number,
        written_by=at.broker,
        written_at=WROTE_AT,
        **{
            "kind": AgreementKind.JOB,
            "name": "Anna",
            "employer_name": at.company.name,
            "municipality_name": "Prøvekøbing Kommune",
            "starts_on": begins,
            "ends_on": None,
            "steps": [
                {"from_on": begins.isoformat(), "hours": 8},
                {"from_on": (begins + timedelta(days=60)).isoformat(), "hours": 12.5},
            ],
            "slots": ["mon_am", "tue_am", "wed_am"],
            "place": "Butikken på Torvet, Torvet 1",
            "tasks": "Vaske bageplader og pakke brød.",
            "wage_text": "145 kr. i timen",
            "contact_text": "Bente Bager, 12 34 56 78",
            "measures": [{"code": SHOWN_MEASURE, "name": {"da": "Ståstøttestol", "en": "Sit-stand stool"}}],
            "change_note": "" if number == 1 else "Flere timer, fordi det går godt.",
            **fields,
        },
    )
    version.digest = digest_of(signed_content(version))
    return write(version)


def signature(*, version: AgreementVersion, party: Party, by: User, **fields: object) -> Signature:
    """The party has signed; the third one under the newest wording makes the placement agreed."""
    names = {Party.CITIZEN: "Anna", Party.EMPLOYER: "Bente Bager", Party.MUNICIPALITY: "Jonas Bro"}
    values = {"name": names[party], "on_behalf": "", "signed_at": WROTE_AT, **fields}
    return write(
        Signature(
            citizen_id=version.citizen_id,
            company_id=version.company_id,
            version=version,
            party=party,
            signed_by=by,
            digest=version.digest,
            **values,
        )
    )


def signed_by_all(*, at: Table, version: AgreementVersion) -> None:
    """All three have signed."""
    people = {Party.CITIZEN: at.citizen.user, Party.EMPLOYER: at.employer, Party.MUNICIPALITY: at.broker}
    for party in SIGNING:
        signature(version=version, party=party, by=people[party])


def running(*, at: Table, begun: int = 40, **fields: object) -> Placement:
    """A job that all three signed and that began so many days ago; a negative number: it begins in so many days."""
    begins = timezone.localdate() - timedelta(days=begun)
    steps = [{"from_on": begins.isoformat(), "hours": 8}]
    version = agreement(at=at, **{"starts_on": begins, "steps": steps, **fields})
    signed_by_all(at=at, version=version)
    made = Placement(pk=version.placement_id, state=PlacementState.AGREED, starts_on=begins)
    for name in ("citizen_id", "company_id", "proposal_id", "opening_id", "title", "state_on", "made_by_id", "made_at"):
        setattr(made, name, getattr(version.placement, name))
    return made


def end(*, placement: Placement, days_ago: int = 0, reason: EndReason = EndReason.NO_WORK, by: User) -> None:
    """The placement ended so many days ago."""
    write(
        Ending(
            citizen_id=placement.citizen_id,
            placement=placement,
            reason=reason,
            decided_by="employer",
            note="",
            written_by=by,
            written_at=WROTE_AT,
        )
    )
    run(
        f"update placements_placement set state = 'ended', ended_on = app_today() - {days_ago} where id = $1::uuid",
        value=placement.pk,
    )


def placement_now(proposal_id: UUID) -> object:
    """The placement as the owner reads it."""
    return rows_of("select * from placements_placement where proposal_id = $1::uuid", value=proposal_id)[0]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def onboarding(*, at: Table, placement: Placement, **fields: object) -> OnboardingPlan:
    """An accepted plan without tasks; `onboarding_task` adds them."""
    starts_on = placement.starts_on
    values = {"starts_on": starts_on, "mentor": "Mona Mentor", "accepted_at": WROTE_AT, "changed_at": WROTE_AT}
    return write(
        OnboardingPlan(
            citizen=at.citizen, company=at.company, placement=placement, accepted_by=at.broker, **{**values, **fields}
        )
    )


def onboarding_task(*, at: Table, placement: Placement, **fields: object) -> OnboardingTask:
    """The employer gets the place ready in three days."""
    values = {
        "code": "",
        "title": {"da": "Gør pladsen klar", "en": "Get the place ready"},
        "step": OnboardingStep.BEFORE,
        "owner": TaskOwner.EMPLOYER,
        "who": "Bente Bager",
        "due_on": timezone.localdate() + timedelta(days=3),
        **fields,
    }
    values.setdefault("is_for_company", values["owner"] in AT_COMPANY)
    return write(
        OnboardingTask(
            citizen=at.citizen,
            company=at.company,
            placement=placement,
            made_at=WROTE_AT,
            changed_by=at.broker,
            changed_at=WROTE_AT,
            **values,
        )
    )
