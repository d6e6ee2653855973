"""Compensation cards for the citizen and those around them: what can be put on one, one of them, all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.plans.selectors import newest_decision
from jobbro.apps.screening.selectors.profiles import agreed_profile
from jobbro.engines.needs import Need
from jobbro.engines.support.catalogue import catalogue

from ..card_checking import CardChoice, CardOffer, chosen_content
from ..card_content import CardContent, CardMeasure, card_measure, content_of, kept_content
from ..enums import LIVE, CardStanding
from ..files import digest_of
from ..models import Card, Proposal
from ..permissions import can_give_card

# Somebody for whom an area goes without difficulty (4) has no need there to show.
WITHOUT_DIFFICULTY = 4


@dataclass(frozen=True, kw_only=True)
class CardDraft:
    """What a card about one job can be made of; `standing` is the card that a new one takes the place of.

    `is_open`: a declined proposal gets no card.
    """

    proposal_id: UUID
    is_open: bool
    citizen: Citizen
    company: str
    needs: tuple[Need, ...]
    offer: CardOffer
    standing: Card | None
    is_own: bool

    @property
    def kept(self) -> CardContent | None:
        """What stands on the card that holds now."""
        return content_of(self.standing.content) if self.standing else None


@dataclass(frozen=True, kw_only=True)
class CardLook:
    """The company has opened the card; `kind` says whether it was on paper."""

    at: datetime
    kind: str


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """A card in a list."""

    id: UUID
    company: str
    job: str
    from_on: date
    until_on: date
    standing: CardStanding


@dataclass(frozen=True, kw_only=True)
class CardPage:
    """A card as it was given, to whom, for how long, and when the company has opened it."""

    id: UUID
    proposal_id: UUID
    citizen: Citizen
    company: str
    content: CardContent
    from_on: date
    until_on: date
    given_at: datetime
    given_by: str
    on_behalf: str
    withdrawn_at: datetime | None
    standing: CardStanding
    looks: tuple[CardLook, ...]
    may_change: bool
    may_give_again: bool
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class OpenProposal:
    """A job that a card can be made for."""

    id: UUID
    company: str
    job: str


@dataclass(frozen=True, kw_only=True)
class CardsPage:
    """A citizen's cards, the newest first, and the jobs without one that holds."""

    citizen: Citizen
    shown: tuple[CardLine, ...]
    ended: tuple[CardLine, ...]
    proposals: tuple[OpenProposal, ...]
    may_give: bool
    is_own: bool


def card_draft(*, actor: Actor, proposal_id: UUID) -> CardDraft | None:
    """What the card can be made of; None when the proposal is not the actor's. Four queries."""
    proposal: Proposal | None = (
        Proposal.objects.visible_to(actor).select_related("citizen", "opening").filter(pk=proposal_id).first()
    )
    if proposal is None or not can_give_card(actor, proposal.citizen_id):
        return None
    profile = agreed_profile(actor=actor, citizen_id=proposal.citizen_id)
    needs = tuple(need for need in (profile.needs if profile else ()) if _is_need(need))
    return CardDraft(
        proposal_id=proposal.pk,
        is_open=proposal.state in LIVE,
        citizen=proposal.citizen,
        company=proposal.opening.employer_name,
        needs=needs,
        offer=CardOffer(
            citizen=proposal.citizen,
            job=proposal.opening.title,
            areas=frozenset(need.area for need in needs),
            measures=_offered(_codes(proposal, actor=actor)),
        ),
        standing=Card.objects.visible_to(actor).filter(proposal=proposal, withdrawn_at__isnull=True).first(),
        is_own=actor.citizen_id == proposal.citizen_id,
    )


def card_preview(*, draft: CardDraft, choice: CardChoice, on: date) -> tuple[CardContent, str]:
    """The card exactly as the company will see it, and the mark of what was seen. Raises Refused."""
    content = chosen_content(choice=choice, offer=draft.offer, on=on)
    return content, seen_card(content, choice=choice)


def seen_card(content: CardContent, *, choice: CardChoice) -> str:
    """A mark of the whole card with its days: what is given is what was seen."""
    days = [choice.from_on.isoformat(), choice.until_on.isoformat()]
    return digest_of({"content": kept_content(content), "days": days})


def card_for(*, actor: Actor, card_id: UUID, on: date) -> CardPage | None:
    """One card; None when there is none for the actor. Three queries."""
    card: Card | None = (
        Card.objects.visible_to(actor).select_related("citizen", "proposal__opening").filter(pk=card_id).first()
    )
    if card is None:
        return None
    may_change = can_give_card(actor, card.citizen_id)
    standing = standing_of(card, on=on)
    return CardPage(
        id=card.pk,
        proposal_id=card.proposal_id,
        citizen=card.citizen,
        company=card.proposal.opening.employer_name,
        content=content_of(card.content),
        from_on=card.from_on,
        until_on=card.until_on,
        given_at=card.given_at,
        given_by=card.citizen.name if card.given_by_id == card.citizen.user_id else _name_of(card.given_by_id),
        on_behalf=card.on_behalf,
        withdrawn_at=card.withdrawn_at,
        standing=standing,
        looks=card_looks(card_id=card.pk),
        may_change=may_change and standing in (CardStanding.COMING, CardStanding.SHOWN),
        may_give_again=may_change and card.proposal.state in LIVE,
        is_own=actor.citizen_id == card.citizen_id,
    )


def cards_of(*, actor: Actor, citizen_id: UUID, on: date) -> CardsPage | None:
    """The citizen's cards; None when there is no such citizen for the actor. Three queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = Card.objects.visible_to(actor).filter(citizen=citizen).select_related("proposal__opening")
    lines = [_line(card, on=on) for card in rows.order_by("-given_at", "-pk")]
    alive = (CardStanding.COMING, CardStanding.SHOWN)
    may_give = can_give_card(actor, citizen.pk)
    return CardsPage(
        citizen=citizen,
        shown=tuple(line for line in lines if line.standing in alive),
        ended=tuple(line for line in lines if line.standing not in alive),
        proposals=_without_card(actor=actor, citizen=citizen, on=on) if may_give else (),
        may_give=may_give,
        is_own=actor.citizen_id == citizen.pk,
    )


def standing_of(card: Card, *, on: date) -> CardStanding:
    """Whether the company can read the card on a day, and if not why."""
    if card.withdrawn_at is not None:
        return CardStanding.WITHDRAWN
    if on > card.until_on:
        return CardStanding.OVER
    return CardStanding.COMING if on < card.from_on else CardStanding.SHOWN


def card_looks(*, card_id: UUID) -> tuple[CardLook, ...]:
    """When the company has opened the card, the newest first; for the citizen and those around them."""
    with connection.cursor() as cursor:
        cursor.execute("select looked_at, kind from app_card_looks(%s::uuid) order by 1 desc limit 50", [card_id])
        return tuple(CardLook(at=at, kind=kind) for at, kind in cursor.fetchall())


def _without_card(*, actor: Actor, citizen: Citizen, on: date) -> tuple[OpenProposal, ...]:
    shown = Card.objects.filter(citizen=citizen, withdrawn_at__isnull=True, until_on__gte=on)
    rows = (
        Proposal.objects.visible_to(actor)
        .filter(citizen=citizen, state__in=LIVE)
        .exclude(pk__in=shown.values("proposal_id"))
        .select_related("opening")
        .order_by("-picked_at", "-pk")
    )
    return tuple(OpenProposal(id=row.pk, company=row.opening.employer_name, job=row.opening.title) for row in rows)


def _line(card: Card, *, on: date) -> CardLine:
    return CardLine(
        id=card.pk,
        company=card.proposal.opening.employer_name,
        job=card.content["job"],
        from_on=card.from_on,
        until_on=card.until_on,
        standing=standing_of(card, on=on),
    )


def _is_need(need: Need) -> bool:
    return need.level is not None and need.level < WITHOUT_DIFFICULTY


def _codes(proposal: Proposal, *, actor: Actor) -> tuple[str, ...]:
    """Support that closes the gaps of this pair, and what citizen and caseworker have chosen in the plan."""
    decision = newest_decision(actor=actor, citizen_id=proposal.citizen_id)
    return (*proposal.answer.get("support", ()), *(decision.measures if decision else ()))


def _offered(codes: Iterable[str]) -> tuple[CardMeasure, ...]:
    entries = {entry.code: entry for entry in catalogue().entries}
    return tuple(card_measure(entries[code]) for code in dict.fromkeys(codes) if code in entries)


def _name_of(user_id: UUID) -> str:
    return User.objects.filter(pk=user_id).values_list("display_name", flat=True).first() or ""
