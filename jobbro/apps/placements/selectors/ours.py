"""What somebody at a company sees of its tables: the card, what was said and arranged for the table, the agreement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.jobs.employer_selectors import Choice, chosen_company
from jobbro.apps.matching.card_content import content_of
from jobbro.apps.matching.models import Card
from jobbro.apps.matching.selectors.employer_cards import EmployerFront, employer_front

from ..enums import IntroductionState, PlacementState
from ..models import AgreementVersion, Arrangement, Introduction, Participant, Placement, Said
from ..stamps import seen_introduction
from .agreements import AgreementTold, agreement_told

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class OurMeeting:
    """A table in a list, with its newest wording. `citizen_id` is for the log of looks and reaches no page."""

    introduction: Introduction
    version: AgreementVersion | None
    placement: Placement | None

    @property
    def citizen_id(self) -> UUID:
        found: UUID = self.introduction.citizen_id
        return found


@dataclass(frozen=True, kw_only=True)
class OurIntroductions:
    """The company's tables, those to come first."""

    choice: Choice
    coming: tuple[OurMeeting, ...]
    past: tuple[OurMeeting, ...]


@dataclass(frozen=True, kw_only=True)
class OurIntroduction:
    """One table: when and who, what the card says of support, what was said, what is arranged."""

    choice: Choice
    meeting: OurMeeting
    participants: tuple[Participant, ...]
    said: tuple[Said, ...]
    arrangements: tuple[Arrangement, ...]
    card_id: UUID | None
    support: tuple[tuple[str, str, str], ...]

    @property
    def seen(self) -> str:
        return seen_introduction(self.meeting.introduction)


@dataclass(frozen=True, kw_only=True)
class OurAgreement:
    """One wording, as all three read it."""

    choice: Choice
    told: AgreementTold
    introduction_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CompanyFront:
    """The company's home page: as it is, with the meetings to come and the agreements that wait for a signature."""

    front: EmployerFront
    meetings: tuple[Introduction, ...]
    to_sign: tuple[AgreementVersion, ...]
    agreed: tuple[Placement, ...]


def company_front(*, actor: Actor, company_id: UUID | None, number: int | str | None, on: date) -> CompanyFront | None:
    """The home page; None when the company is not the actor's. Three queries more than `employer_front`."""
    front = employer_front(actor=actor, company_id=company_id, number=number, on=on)
    if front is None:
        return None
    ours = front.home.choice.card.id
    meetings = Introduction.objects.visible_to(actor).filter(company_id=ours, state=IntroductionState.PLANNED)
    return CompanyFront(
        front=front,
        meetings=tuple(meetings.order_by("meets_at", "pk")[:MOST_SHOWN]),
        to_sign=waiting_versions(actor=actor, company_id=ours),
        agreed=tuple(
            Placement.objects.visible_to(actor)
            .filter(company_id=ours, state=PlacementState.AGREED)
            .order_by("starts_on", "pk")[:MOST_SHOWN]
        ),
    )


def waiting_versions(*, actor: Actor, company_id: UUID) -> tuple[AgreementVersion, ...]:
    """Newest wordings that the company has not signed."""
    rows = AgreementVersion.objects.visible_to(actor).filter(
        company_id=company_id, placement__state__in=(PlacementState.AGREEING, PlacementState.AGREED)
    )
    found = {
        version.placement_id: version
        for version in rows.select_related("placement").prefetch_related("signatures").order_by("number")
    }
    return tuple(
        version
        for version in found.values()
        if not any(signature.party == "employer" for signature in version.signatures.all())
    )


def our_introductions(*, actor: Actor, company_id: UUID | None, on: date) -> OurIntroductions | None:
    """The company's tables; None when the company is not the actor's. Four queries."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    rows = Introduction.objects.visible_to(actor).filter(company_id=choice.card.id).order_by("-meets_at", "pk")
    meetings = _meetings(actor=actor, rows=tuple(rows[:MOST_SHOWN]))
    coming = [one for one in meetings if one.introduction.state == IntroductionState.PLANNED]
    return OurIntroductions(
        choice=choice,
        coming=tuple(reversed(coming)),
        past=tuple(one for one in meetings if one.introduction.state != IntroductionState.PLANNED),
    )


def our_introduction(*, actor: Actor, introduction_id: UUID, on: date) -> OurIntroduction | None:
    """One table; None when it is not theirs, or the card holds no longer: one answer. Eight queries."""
    if not actor.is_employer:
        return None
    row: Introduction | None = Introduction.objects.visible_to(actor).filter(pk=introduction_id).first()
    choice = chosen_company(actor=actor, company_id=row.company_id) if row else None
    if row is None or choice is None:
        return None
    card = Card.objects.shown_to(actor, on=on).filter(proposal_id=row.proposal_id).first()
    content = content_of(card.content) if card else None
    return OurIntroduction(
        choice=choice,
        meeting=_meetings(actor=actor, rows=(row,))[0],
        participants=tuple(row.participants.order_by("pk")),
        said=tuple(row.said.order_by("written_at", "pk")),
        arrangements=tuple(
            Arrangement.objects.visible_to(actor)
            .filter(proposal_id=row.proposal_id, is_on_card=True)
            .order_by("due_on", "pk")
        ),
        card_id=card.pk if card else None,
        support=tuple((one.code, one.name.da, one.name.en) for one in content.measures) if content else (),
    )


def our_agreement(*, actor: Actor, version_id: UUID) -> OurAgreement | None:
    """One wording for the company; None when it is not theirs, or the card holds no longer. Five queries."""
    told = agreement_told(actor=actor, version_id=version_id) if actor.is_employer else None
    choice = chosen_company(actor=actor, company_id=told.version.company_id) if told else None
    if told is None or choice is None:
        return None
    meetings = Introduction.objects.visible_to(actor).filter(proposal_id=told.placement.proposal_id)
    return OurAgreement(
        choice=choice,
        told=told,
        introduction_id=meetings.order_by("-meets_at").values_list("pk", flat=True).first(),
    )


def _meetings(*, actor: Actor, rows: tuple[Introduction, ...]) -> tuple[OurMeeting, ...]:
    proposals = [row.proposal_id for row in rows]
    placements = {
        placement.proposal_id: placement
        for placement in Placement.objects.visible_to(actor).filter(proposal_id__in=proposals)
    }
    versions = {
        version.placement_id: version
        for version in AgreementVersion.objects.visible_to(actor)
        .filter(placement__in=list(placements.values()))
        .order_by("number")
    }
    return tuple(
        OurMeeting(
            introduction=row,
            placement=placements.get(row.proposal_id),
            version=versions.get(placements[row.proposal_id].pk) if row.proposal_id in placements else None,
        )
        for row in rows
    )
