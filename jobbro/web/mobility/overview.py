"""A person in or between jobs on one page: jobs and last days, the wish, what was learnt, what goes well."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.mobility.selectors.pages import mobility_page
from jobbro.webkit.requests import Request, found

from .acting import reading
from .reading import page_shown


@reading
def mobility(request: Request, citizen_id: UUID) -> HttpResponse:
    """All of it, for the citizen and those around them."""
    page = found(mobility_page(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return render(request, "mobility/mobility.html", page_shown(page, on=request.on))
