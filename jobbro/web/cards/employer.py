"""Cards as the company sees them: those that hold today, and nothing else of anybody."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.jobs.employer_selectors import Choice, chosen_company
from jobbro.apps.matching.selectors import employer_cards as selectors
from jobbro.webkit.access import EMPLOYER, page
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found

from .pdf import pdf_answer
from .reading import CardShown, card_shown, guide_links

listing = page(EMPLOYER, purpose=Purpose.CARD, kind=Kind.LIST)
reading = page(EMPLOYER, purpose=Purpose.CARD, tier=Tier.HEALTH)
printing = page(EMPLOYER, purpose=Purpose.CARD, kind=Kind.PRINT, tier=Tier.HEALTH)


@listing
def our_cards(request: Request) -> HttpResponse:
    """Who has given the company a card that holds today."""
    own = found(selectors.our_cards(actor=request.actor, company_id=company_asked(request), on=request.on))
    if not own.choice.card.is_closed:
        _looked(request, choice=own.choice, cards=own.cards)
    return _show(request, "cards/our_cards.html", choice=own.choice, own=own)


@reading
def our_card(request: Request, card_id: UUID) -> HttpResponse:
    """One card with advice beside it; when it does not hold any more, whom to ring."""
    own = selectors.our_card(actor=request.actor, card_id=card_id, on=request.on)
    if own is None or own.choice.card.is_closed:
        return _not_here(request)
    _looked(request, choice=own.choice, cards=(own.card,))
    return _show(
        request,
        "cards/our_card.html",
        choice=own.choice,
        own=own,
        shown=_shown(own),
        talking=guide_links(own.talking),
        guides=guide_links(own.guides),
    )


@printing
def our_card_pdf(request: Request, card_id: UUID) -> HttpResponse:
    """The card on paper."""
    own = selectors.our_card(actor=request.actor, card_id=card_id, on=request.on)
    if own is None or own.choice.card.is_closed:
        return _not_here(request)
    _looked(request, choice=own.choice, cards=(own.card,))
    return pdf_answer(_shown(own), actor=request.actor, on=request.on)


def _looked(request: Request, *, choice: Choice, cards: tuple[selectors.ShownCard, ...]) -> None:
    """The citizens can read that this company looked; a look at one card names the card as its criterion."""
    request.look.extra.extend(card.citizen_id for card in cards)
    request.look.purpose_text = choice.card.name
    if request.look.kind != Kind.LIST:
        request.look.criterion = cards[0].id.bytes


def _not_here(request: Request) -> HttpResponse:
    """Taken back, past its last day, or never theirs: one answer that names nobody, and the try is recorded."""
    request.denied = request.look
    choice = found(chosen_company(actor=request.actor))
    return _show(request, "cards/not_here.html", choice=choice, status=404)


def _shown(own: selectors.OurCard) -> CardShown:
    card = own.card
    return card_shown(card.content, company=own.choice.card.name, from_on=card.from_on, until_on=card.until_on)


def _show(request: Request, template: str, *, choice: Choice, status: int = 200, **context: Any) -> HttpResponse:
    """The page, or the plain one of a company that has closed. `card` is the company's, as on all its pages."""
    told = {"choice": choice, "card": choice.card, **context}
    if choice.card.is_closed:
        return render(request, "employer_home/closed.html", told, status=status)
    return render(request, template, told, status=status)
