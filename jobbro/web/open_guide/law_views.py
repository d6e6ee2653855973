"""The law book: the list of schemes, and each scheme with its rules on a day."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request

from .law_book import entries, scheme_page

FIRST_YEAR, LAST_YEAR = 1990, 2100


@page(ANYONE)
def schemes(request: Request) -> HttpResponse:
    """Every scheme in a sentence."""
    return render(request, "open_guide/schemes.html", {"entries": entries()})


@page(ANYONE)
def scheme(request: Request, scheme: str) -> HttpResponse:
    """The rules of one scheme today, or on the day in the address."""
    on, is_odd = _day(request)
    found = scheme_page(scheme, on=on)
    if found is None:
        raise Http404
    context = {"scheme": found, "on": on, "is_today": on == request.on, "is_odd": is_odd}
    return render(request, "open_guide/scheme.html", context)


def _day(request: Request) -> tuple[date, bool]:
    """The day asked for; today, and true, when it cannot be read."""
    asked = request.GET.get("on", "")
    if not asked:
        return request.on, False
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return request.on, True
    return (day, False) if FIRST_YEAR <= day.year <= LAST_YEAR else (request.on, True)
