"""Making a card in two steps: choose, then see exactly what the company will see, and give it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.matching.refusals import Changed, NotThere, Refused
from jobbro.apps.matching.selectors.cards import CardDraft, card_draft, card_preview
from jobbro.apps.matching.services.cards import give_card
from jobbro.webkit.access import CASEWORK, CITIZEN, either, page
from jobbro.webkit.requests import Request, found

from .forms import ChooseForm
from .reading import card_shown
from .words import REFUSALS, refusal_told

# What the preview does not carry on: it has marks and buttons of its own.
_NOT_CARRIED = ("csrfmiddlewaretoken", "form_token", "act", "seen")


@page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
def card_make(request: Request, proposal_id: UUID) -> HttpResponse:
    """Choose what to show the company of the proposal; `act` is `preview`, `change` or `give`."""
    draft = found(card_draft(actor=request.actor, proposal_id=proposal_id))
    if not draft.is_open:
        messages.warning(request, str(REFUSALS["declined"]))
        return redirect("cards", draft.citizen.pk)
    form = ChooseForm(request.POST if request.method == "POST" else None, draft=draft, on=request.on)
    act = request.POST.get("act", "preview")
    if request.method != "POST" or act == "change":
        return _choosing(request, form=form)
    if not form.is_valid():
        return _choosing(request, form=form, status=422)
    try:
        return _give(request, form=form) if act == "give" else _preview(request, form=form)
    except Refused as refusal:
        _tell(form, refusal)
        return _choosing(request, form=form, status=422)


def _give(request: Request, *, form: ChooseForm) -> HttpResponse:
    draft = form.draft
    try:
        card = give_card(
            actor=request.actor,
            proposal_id=draft.proposal_id,
            choice=form.choice,
            at=request.at,
            on=request.on,
            on_behalf=form.cleaned_data.get("on_behalf", ""),
            seen=request.POST.get("seen", ""),
        )
    except NotThere as error:
        raise Http404 from error
    except Changed:
        return _preview(request, form=form, status=409)
    messages.success(request, _("The card is given. %(company)s can read it in its days.") % {"company": draft.company})
    return redirect("card", card.pk)


def _choosing(request: Request, *, form: ChooseForm, status: int = 200) -> HttpResponse:
    context = {"draft": form.draft, "form": form, "base_template": _base(form.draft)}
    return render(request, "cards/make.html", context, status=status)


def _preview(request: Request, *, form: ChooseForm, status: int = 200) -> HttpResponse:
    """Exactly what the company will see: the same content, drawn by the same part."""
    draft, choice = form.draft, form.choice
    content, seen = card_preview(draft=draft, choice=choice, on=request.on)
    shown = card_shown(content, company=draft.company, from_on=choice.from_on, until_on=choice.until_on)
    context = {
        "draft": draft,
        "shown": shown,
        "seen": seen,
        "carried": [
            (name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_CARRIED
        ],
        "is_conflict": status == 409,
        "base_template": _base(draft),
    }
    return render(request, "cards/preview.html", context, status=status)


def _base(draft: CardDraft) -> str:
    return "base_citizen.html" if draft.is_own else "base_staff.html"


def _tell(form: ChooseForm, refusal: Refused) -> None:
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))
