"""Finding one citizen, and opening a file urgently."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.cases import services
from jobbro.apps.cases.selectors import find_by_cpr, find_by_name
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.guessing import TooManyGuesses
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request

from .forms import SearchForm, UrgentForm, looks_like_cpr


@page(FILE, purpose=Purpose.SEARCH, kind=Kind.SEARCH, writes=True)
def citizen_search(request: Request) -> HttpResponse:
    """By name or CPR number among those the actor may see; the criterion is logged, also when nobody is found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "cases/search.html", {"form": form}, status=422 if form.errors else 200)
    text = form.cleaned_data["text"]
    if looks_like_cpr(text):
        return _by_cpr(request, form=form, cpr=Cpr.read(text))
    found = find_by_name(actor=request.actor, text=text, on=request.on)
    request.look.criterion = found.criterion
    return render(request, "cases/search.html", {"form": form, "found": found})


def _by_cpr(request: Request, *, form: SearchForm, cpr: Cpr) -> HttpResponse:
    found = find_by_cpr(actor=request.actor, cpr=cpr)
    request.look.criterion = found.criterion
    if found.citizen_id is not None:
        return redirect("citizen", found.citizen_id)
    urgent = UrgentForm(initial={"cpr": cpr.digits}, prefix="urgent")
    return render(request, "cases/search.html", {"form": form, "urgent_form": urgent})


@page(FILE, purpose=Purpose.BREAK_GLASS, kind=Kind.SEARCH, writes=True)
def urgent_access(request: Request) -> HttpResponse:
    """Open a file outside one's own work, with a written reason, for eight hours."""
    form = UrgentForm(request.POST if request.method == "POST" else None, prefix="urgent")
    if form.is_bound and form.is_valid():
        cpr, reason = form.cleaned_data["cpr"], form.cleaned_data["reason"]
        request.look.criterion, request.look.purpose_text = cpr.key, reason
        try:
            citizen_id = services.open_urgently(actor=request.actor, cpr=cpr, reason=reason, at=request.at)
        except TooManyGuesses:
            form.add_error("cpr", _("You have tried many numbers. Wait an hour, or ask your team lead for help."))
        else:
            if citizen_id is not None:
                messages.warning(request, _("The file is open to you for 8 hours. The team lead has been told."))
                return redirect("citizen", citizen_id)
            form.add_error("cpr", _("We found nobody with this number in your municipality."))
    return render(request, "cases/urgent.html", {"form": form}, status=422 if form.errors else 200)
