"""Cards as the citizen and those around them see them: all of them, one of them, on paper, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.matching.refusals import NotThere
from jobbro.apps.matching.selectors.cards import CardPage, card_for, cards_of
from jobbro.apps.matching.services.cards import withdraw_card
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page
from jobbro.webkit.requests import Request, found

from .pdf import pdf_answer
from .reading import CardShown, card_shown, look_lines

reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
printing = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.PRINT, tier=Tier.HEALTH)
keeping = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)


@reading
def cards(request: Request, citizen_id: UUID) -> HttpResponse:
    """What is shown to whom, what has ended, and for which jobs a card can be made."""
    own = found(cards_of(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return render(request, "cards/cards.html", {"own": own, "base_template": _base(is_own=own.is_own)})


@reading
def card(request: Request, card_id: UUID) -> HttpResponse:
    """One card: what the company sees, for how long, and when it has looked."""
    one = _card(request, card_id)
    context = {
        "one": one,
        "shown": _shown(one),
        "looks": look_lines(one.looks),
        "base_template": _base(is_own=one.is_own),
    }
    return render(request, "cards/card.html", context)


@printing
def card_pdf(request: Request, card_id: UUID) -> HttpResponse:
    """The card on paper, exactly as the company can print it."""
    return pdf_answer(_shown(_card(request, card_id)), actor=request.actor, on=request.on)


@keeping
def card_withdraw(request: Request, card_id: UUID) -> HttpResponse:
    """Take the card back, after one question and no other."""
    one = _card(request, card_id)
    if request.method != "POST":
        if not one.may_change:
            return redirect("card", card_id)
        return render(request, "cards/withdraw.html", {"one": one, "base_template": _base(is_own=one.is_own)})
    try:
        withdraw_card(actor=request.actor, card_id=card_id, at=request.at)
    except NotThere as error:
        raise Http404 from error
    messages.success(
        request, _("The card has been taken back. %(company)s cannot read it any more.") % {"company": one.company}
    )
    return redirect("card", card_id)


def _card(request: Request, card_id: UUID) -> CardPage:
    return found(card_for(actor=request.actor, card_id=card_id, on=request.on))


def _shown(one: CardPage) -> CardShown:
    return card_shown(one.content, company=one.company, from_on=one.from_on, until_on=one.until_on)


def _base(*, is_own: bool) -> str:
    return "base_citizen.html" if is_own else "base_staff.html"
