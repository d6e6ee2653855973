"""The caseload."""

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.cases.selectors import caseload as read_caseload
from jobbro.webkit.access import CASEWORK, page
from jobbro.webkit.requests import Request

from .forms import FilterForm, SearchForm, filters_from


@page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST)
def caseload(request: Request) -> HttpResponse:
    """Own citizens first; filters stand in the address."""
    filters = filters_from(request.GET)
    found = read_caseload(actor=request.actor, filters=filters, on=request.on)
    context = {
        "found": found,
        "filters": filters,
        "filter_form": FilterForm(filters=filters, found=found, actor_id=request.actor.id),
        "search_form": SearchForm(),
    }
    return render(request, "cases/caseload.html", context)
