"""Guides for hiring managers: by phase, those tied to what the company's jobs ask, and one to read or print."""

from django.http import Http404, HttpResponse

from jobbro.apps.jobs import employer_selectors as selectors
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import reading, show
from .reading import guide_cards, guide_parts, phases_of
from .words import measure_lines_of


@reading
def employer_guides(request: Request) -> HttpResponse:
    """All guides in the order of a job; first those that fit the company's own jobs."""
    own = found(selectors.employer_guides(actor=request.actor, company_id=company_asked(request)))
    return show(
        request,
        "employer_home/guides.html",
        choice=own.choice,
        tied=guide_cards(own.tied, asked=own.asked),
        phases=phases_of(own.guides),
    )


@reading
def employer_guide(request: Request, guide: str) -> HttpResponse:
    """One guide with its sources."""
    own = found(selectors.employer_guides(actor=request.actor, company_id=company_asked(request)))
    one = own.guides.by_code.get(guide)
    if one is None:
        raise Http404
    return show(
        request,
        "employer_home/guide.html",
        choice=own.choice,
        title=one.title.in_language(language()),
        parts=guide_parts(one, every=own.guides),
        sources=one.sources,
        has_unconfirmed=any(not source.is_confirmed for source in one.sources),
        supports=measure_lines_of(one.measures),
    )
