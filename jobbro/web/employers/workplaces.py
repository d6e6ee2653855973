"""Workplaces: where it is, what it can offer, its week, and the ways on to tasks and jobs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.employers import selectors, services
from jobbro.apps.employers.enums import Feature
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import HALVES, WEEKDAYS
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import hours_words, language

from .acting import Sheet, answer, keeping, reading
from .workplace_forms import WorkplaceForm

WORKING_WEEK = [f"{day}_{half}" for day in WEEKDAYS for half in HALVES]


@reading
def workplace(request: Request, workplace_id: UUID) -> HttpResponse:
    """One workplace."""
    page = found(selectors.workplace_page(actor=request.actor, workplace_id=workplace_id))
    place, book = page.row, catalogue()
    context = {
        "page": page,
        "card": page.card,
        "place": place,
        "features": [Feature(code).label for code in place.features],
        "measures": [book.entry(code).name.in_language(language()) for code in place.measures],
        "week": slots_told(place.slots),
        "slot_hours": hours_words(place.slot_hours),
    }
    return render(request, "employers/workplace.html", context)


@keeping
def workplace_add(request: Request, company_id: UUID) -> HttpResponse:
    """One more place where the company's people work."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    form = WorkplaceForm(request.POST or None, is_new=True, initial={"slots": WORKING_WEEK})
    sheet = Sheet(
        form=form,
        heading=_("Add a workplace"),
        button=_("Add the workplace"),
        card=page.card,
        template="employers/workplace_form.html",
        begins_something=True,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.add_workplace(actor=request.actor, company_id=company_id, draft=form.draft),
        done=_("The workplace is added."),
    )


@keeping
def workplace_change(request: Request, workplace_id: UUID) -> HttpResponse:
    """Address, what it can offer, its week, and whether it has closed."""
    page = found(selectors.workplace_page(actor=request.actor, workplace_id=workplace_id))
    names = ("name", "p_number", "address", "postcode", "city", "directions", "features", "offers_note", "slots")
    initial = {name: getattr(page.row, name) for name in (*names, "slot_hours", "closed_on", "measures")}
    form = WorkplaceForm(request.POST or None, is_new=False, initial={**initial, "seen": page.seen})
    sheet = Sheet(
        form=form,
        heading=_("Change the workplace"),
        button=_("Save"),
        card=page.card,
        template="employers/workplace_form.html",
        more={"place": page.row},
    )
    return answer(
        request,
        sheet,
        do=lambda: services.change_workplace(
            actor=request.actor, workplace_id=workplace_id, draft=form.draft, seen=form.cleaned_data["seen"]
        ),
        to=reverse("workplace", args=[workplace_id]),
        done=_("Saved."),
        fresh=lambda: found(selectors.workplace_page(actor=request.actor, workplace_id=workplace_id)).seen,
    )
