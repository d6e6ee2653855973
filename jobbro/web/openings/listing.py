"""Lists of open jobs: of the municipality's companies for staff, of the own company for its people."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jobbro.apps.jobs.refusals import NotThere
from jobbro.apps.jobs.selectors.openings import openings_for
from jobbro.apps.jobs.selectors.openings_own import our_openings as own_openings
from jobbro.webkit.access import EMPLOYER, PARTNERS, page
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found

from .forms import ListForm, filter_from
from .reading import opening_lines, page_number, pages_of


@page(PARTNERS)
def openings(request: Request) -> HttpResponse:
    """Jobs of the municipality's companies; filters stand in the address, those that close first above."""
    wanted = filter_from(request.GET, workplace_id=_workplace_asked(request))
    try:
        listed = openings_for(
            actor=request.actor, wanted=wanted, number=page_number(request.GET.get("page")), on=request.on
        )
    except NotThere as error:
        raise Http404 from error
    context = {
        "listed": listed,
        "lines": opening_lines(listed.lines, on=request.on),
        "wanted": wanted,
        "filter_form": ListForm(initial={"show": wanted.show, "q": wanted.words}),
        "pages": pages_of(request.GET, number=listed.number, has_more=listed.has_more),
    }
    return render(request, "openings/openings.html", context)


@page(EMPLOYER)
def our_openings(request: Request) -> HttpResponse:
    """The company's own jobs, with where to write another one."""
    own = found(own_openings(actor=request.actor, company_id=company_asked(request), on=request.on))
    context = {
        "own": own,
        "choice": own.choice,
        "card": own.choice.card,
        "alive": opening_lines(own.alive, on=request.on),
        "over": opening_lines(own.over, on=request.on),
    }
    return render(request, "openings/our_openings.html", context)


def _workplace_asked(request: Request) -> UUID | None:
    text = request.GET.get("workplace", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
