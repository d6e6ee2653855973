"""What a combination of schemes costs and gives: asked and answered on one page, nothing stored."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.economics.reckoning import reckoning_for
from jobbro.apps.economics.selectors import EconomicsPage, economics_for
from jobbro.engines.economics.estimates import EconomicsError
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes import language

from .forms import EconomicsForm
from .showing import economics_shown


@page(FILE, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
def case_economics(request: Request, citizen_id: UUID) -> HttpResponse:
    """The form, and what it leads to. It answers a form, so that the schemes of a person never stand in an address."""
    known = economics_for(actor=request.actor, citizen_id=citizen_id, on=request.on, language=language())
    if known is None:
        raise Http404
    if request.method != "POST":
        return _show(request, known=known, form=EconomicsForm(page=known))
    form = EconomicsForm(request.POST, page=known)
    if not form.is_valid():
        return _show(request, known=known, form=form, status=422)
    try:
        reckoning = reckoning_for(form.asked(), assumed=known.assumed, on=known.on)
    except EconomicsError:
        form.add_error(None, _("These numbers cannot be reckoned with together. Look at them once more."))
        return _show(request, known=known, form=form, status=422)
    return render(request, "economics/economics.html", {**economics_shown(known, reckoning=reckoning), "form": form})


def _show(request: Request, *, known: EconomicsPage, form: EconomicsForm, status: int = 200) -> HttpResponse:
    return render(request, "economics/economics.html", {"page": known, "form": form}, status=status)
