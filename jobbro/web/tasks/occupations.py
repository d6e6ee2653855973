"""Search among the Danish titles: a page of its own, and a fragment while somebody types."""

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.jobs.selectors.holders import occupations_like
from jobbro.webkit.access import is_htmx
from jobbro.webkit.requests import Request

from .acting import framed, reading

SHOWN = 10
LONGEST = 80


@reading
def occupations_search(request: Request) -> HttpResponse:
    """Titles that sound like the words; misspelt words and parts of words are found too."""
    words = (request.GET.get("q") or request.GET.get("words") or "")[:LONGEST]
    context = {"found": occupations_like(words, most=SHOWN), "words": words, "name": "occupation"}
    if is_htmx(request):
        return render(request, "tasks/_occupations.html", context)
    return render(request, "tasks/occupations.html", framed(request, **context))
