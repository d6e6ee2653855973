"""How jobs are proposed, told to everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.accounts.enums import Kind as AccountKind
from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request


@page(ANYONE)
def how_matching_works(request: Request) -> HttpResponse:
    """What counts and what does not, the order, the rounds, and that a person decides. Also in easy words."""
    is_staff = request.actor is not None and request.actor.kind == AccountKind.STAFF
    reading = "easy" if request.is_easy else "plain"
    context = {
        "base": "base_staff.html" if is_staff else "base_citizen.html",
        "text_template": f"proposals/how_{reading}.{request.LANGUAGE_CODE}.html",
    }
    return render(request, "proposals/how.html", context)
