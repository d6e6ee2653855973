"""The front page of each role, and the pages that everybody may read."""

from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Kind as AccountKind
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.external_actors.selectors.ours import entrance_of
from jobbro.apps.jobs.employer_selectors import last_entrance
from jobbro.apps.placements.front_selectors import citizen_front
from jobbro.apps.placements.selectors.ours import company_front
from jobbro.apps.worklist.front_selectors import staff_desk
from jobbro.engines.occupations.occupations import attributions
from jobbro.webkit.access import ANYONE, SIGNED_IN, page
from jobbro.webkit.companies import company_asked
from jobbro.webkit.due import deadline_shown, line_shown
from jobbro.webkit.needs import rows_shown
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes.values import language


@page(SIGNED_IN, purpose=Purpose.WORKLIST, kind=Kind.LIST)
def home(request: Request) -> HttpResponse:
    """What there is to do, by role."""
    if request.actor.citizen_id is not None:
        own = citizen_front(actor=request.actor, on=request.on, at=request.at)
        lines = [line_shown(row, is_own=True, on=request.on) for row in own.home.applications]
        context = {"home": own.home, "tables": own.tables, "applications": lines}
        return render(request, "home/citizen.html", context)
    if request.actor.is_employer:
        return _employer_home(request)
    if request.actor.is_external:
        return _external_home(request)
    if not request.actor.positions:
        return render(request, "home/no_position.html")
    whole = staff_desk(actor=request.actor, on=request.on)
    front, desk = whole.front, whole.front.home
    needs = whole.first.rows if whole.first else ()
    context = {
        "home": desk,
        "front": front,
        "desk": whole,
        "needs": rows_shown(needs, wanted=frozenset(), on=request.on),
        "may_lead": request.actor.has(Role.TEAM_LEAD),
        "deadlines": [deadline_shown(row) for row in desk.deadlines],
    }
    return render(request, "home/staff.html", context)


def _employer_home(request: Request) -> HttpResponse:
    """The company's own page; when there is no company any more, whom to ring."""
    if not request.actor.companies:
        return render(request, "employer_home/ended.html", {"entrance": last_entrance(actor=request.actor)})
    front = company_front(
        actor=request.actor, company_id=company_asked(request), number=request.GET.get("page"), on=request.on
    )
    if front is None:
        raise Http404
    own = front.front.home
    template = "employer_home/closed.html" if own.choice.card.is_closed else "employer_home/home.html"
    context = {"home": own, "choice": own.choice, "card": own.choice.card, "cards": front.front.cards, "front": front}
    return render(request, template, context)


def _external_home(request: Request) -> HttpResponse:
    """The work somebody outside is named on; when their time is over, whom to ring."""
    if request.actor.external_actors:
        return redirect("our_engagements")
    return render(request, "external_actors/ended.html", {"entrance": entrance_of(actor=request.actor)})


def _is_staff(request: Request) -> bool:
    """Whether staff read; nobody logged in is as good as a citizen here."""
    return request.actor is not None and request.actor.kind == AccountKind.STAFF


def _whose(request: Request) -> str:
    """Which words of a page are for those outside the municipality."""
    if request.actor is not None and request.actor.is_employer:
        return "_employer"
    return "_external" if request.actor is not None and request.actor.is_external else ""


def _text(request: Request, *, name: str, heading: str, **more: Any) -> HttpResponse:
    """A page of running text, one file a language."""
    is_staff = _is_staff(request)
    context = {
        "heading": heading,
        "base_template": "base_staff.html" if is_staff else "base_citizen.html",
        "text_template": f"home/{name}.{request.LANGUAGE_CODE}.html",
        **more,
    }
    return render(request, "home/_text.html", context)


@page(ANYONE)
def help_page(request: Request) -> HttpResponse:
    """How to reach a person."""
    return _text(request, name=f"help{_whose(request)}", heading=_("Talk to a person"))


@page(ANYONE)
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement, with what has not been tested."""
    return _text(request, name="accessibility", heading=_("Accessibility statement"))


@page(ANYONE)
def data_sources(request: Request) -> HttpResponse:
    """Whose data the house rests on, and on which terms."""
    spoken = language()
    sources = [
        {
            "text": source.text.in_language(spoken),
            "terms": source.terms.in_language(spoken),
            "url": source.url,
            "host": urlsplit(source.url).hostname,
        }
        for source in attributions()
    ]
    return _text(request, name="data_sources", heading=_("Where the data come from"), sources=sources)


@page(ANYONE)
def privacy(request: Request) -> HttpResponse:
    """What is kept, who sees it, what the citizen or the company decides."""
    if request.actor is not None and request.actor.is_employer:
        return _text(request, name="privacy_employer", heading=_("What we know about your company"))
    if request.actor is not None and request.actor.is_external:
        return _text(request, name="privacy_external", heading=_("About the information"))
    heading = _("About the information") if _is_staff(request) else _("What we know about you")
    return _text(request, name="privacy", heading=heading)


@page(ANYONE)
def health(request: Request) -> HttpResponse:
    """For the supervisor of the servers: web and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
