"""The front page of each role, and the pages that everybody may read."""

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.plans.home_selectors import citizen_home, staff_home
from jobbro.webkit.access import ANYONE, SIGNED_IN, page
from jobbro.webkit.due import deadline_shown, line_shown
from jobbro.webkit.requests import Request


@page(SIGNED_IN, purpose=Purpose.WORKLIST, kind=Kind.LIST)
def home(request: Request) -> HttpResponse:
    """What there is to do, by role."""
    if request.actor.citizen_id is not None:
        own = citizen_home(actor=request.actor, on=request.on, at=request.at)
        lines = [line_shown(row, is_own=True, on=request.on) for row in own.applications]
        return render(request, "home/citizen.html", {"home": own, "applications": lines})
    if not request.actor.positions:
        return render(request, "home/no_position.html")
    desk = staff_home(actor=request.actor, on=request.on)
    context = {
        "home": desk,
        "may_lead": request.actor.has(Role.TEAM_LEAD),
        "deadlines": [deadline_shown(row) for row in desk.deadlines],
    }
    return render(request, "home/staff.html", context)


def _text(request: Request, *, name: str, heading: str) -> HttpResponse:
    """A page of running text, one file a language."""
    is_staff = request.actor is not None and request.actor.citizen_id is None
    context = {
        "heading": heading,
        "base_template": "base_staff.html" if is_staff else "base_citizen.html",
        "text_template": f"home/{name}.{request.LANGUAGE_CODE}.html",
    }
    return render(request, "home/_text.html", context)


@page(ANYONE)
def help_page(request: Request) -> HttpResponse:
    """How to reach a person."""
    return _text(request, name="help", heading=_("Talk to a person"))


@page(ANYONE)
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement, with what has not been tested."""
    return _text(request, name="accessibility", heading=_("Accessibility statement"))


@page(ANYONE)
def privacy(request: Request) -> HttpResponse:
    """What is kept, who sees it, what the citizen decides."""
    is_staff = request.actor is not None and request.actor.citizen_id is None
    heading = _("About the information") if is_staff else _("What we know about you")
    return _text(request, name="privacy", heading=heading)


@page(ANYONE)
def health(request: Request) -> HttpResponse:
    """For the supervisor of the servers: web and database answer."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
