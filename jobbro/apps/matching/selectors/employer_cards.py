"""What somebody at a company sees of cards: those that hold today, and of a person nothing that is not on the card."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.guides import Guide, guides
from jobbro.apps.jobs.employer_selectors import Choice, EmployerHome, chosen_company, employer_home

from ..card_content import CardContent, content_of
from ..models import Card

# Guides about how to talk about what stands on a card, whatever it is.
TALKING = ("what_you_may_ask", "agree_on_support", "what_colleagues_hear")
# Of the others only those about doing the work differently: a guide about sick leave would say what no card says.
BY_AREA = "accommodation"
# What a company may know of the row; `citizen_id` is for the log of looks and reaches no page.
_COLUMNS = ("pk", "company_id", "citizen_id", "content", "from_on", "until_on")


@dataclass(frozen=True, kw_only=True)
class ShownCard:
    """A card that holds today."""

    id: UUID
    company_id: UUID
    citizen_id: UUID
    content: CardContent
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class OurCards:
    """The cards that the company can read today."""

    choice: Choice
    cards: tuple[ShownCard, ...]


@dataclass(frozen=True, kw_only=True)
class OurCard:
    """One card, with guides on how to talk about it and about what stands on it."""

    choice: Choice
    card: ShownCard
    talking: tuple[Guide, ...]
    guides: tuple[Guide, ...]


@dataclass(frozen=True, kw_only=True)
class EmployerFront:
    """The home page of somebody at a company, with how many cards they can read."""

    home: EmployerHome
    cards: int


def employer_front(
    *, actor: Actor, company_id: UUID | None, number: int | str | None, on: date
) -> EmployerFront | None:
    """The home page; None when the company is not the actor's. One query more than `employer_home`."""
    home = employer_home(actor=actor, company_id=company_id, number=number, on=on)
    if home is None:
        return None
    cards = Card.objects.shown_to(actor, on=on).filter(company_id=home.choice.card.id)
    return EmployerFront(home=home, cards=cards.count())


def our_cards(*, actor: Actor, company_id: UUID | None, on: date) -> OurCards | None:
    """The company's cards by name; None when the company is not the actor's. Two queries."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    rows = Card.objects.shown_to(actor, on=on).filter(company_id=choice.card.id).values_list(*_COLUMNS)
    cards = sorted((_shown(row) for row in rows), key=lambda card: (card.content.name, str(card.id)))
    return OurCards(choice=choice, cards=tuple(cards))


def our_card(*, actor: Actor, card_id: UUID, on: date) -> OurCard | None:
    """One card; None when it was taken back, its days have passed, or it is not theirs: one answer. Two queries."""
    if not actor.is_employer:
        return None
    row = Card.objects.shown_to(actor, on=on).filter(pk=card_id).values_list(*_COLUMNS).first()
    if row is None:
        return None
    card = _shown(row)
    choice = chosen_company(actor=actor, company_id=card.company_id)
    if choice is None:
        return None
    every = guides()
    return OurCard(
        choice=choice,
        card=card,
        talking=tuple(every.by_code[code] for code in TALKING),
        guides=tuple(one for one in every.for_areas(card.content.areas) if one.phase == BY_AREA),
    )


def _shown(row: tuple[Any, ...]) -> ShownCard:
    pk, company_id, citizen_id, content, from_on, until_on = row
    return ShownCard(
        id=pk,
        company_id=company_id,
        citizen_id=citizen_id,
        content=content_of(content),
        from_on=from_on,
        until_on=until_on,
    )
