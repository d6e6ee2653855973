"""“What happens now?”: the citizen's page, and the same as a fragment in the aside of every page of theirs."""

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.audit.enums import Purpose
from jobbro.apps.worklist.citizen_selectors import what_waits
from jobbro.webkit.access import CITIZEN, is_htmx, page
from jobbro.webkit.needs import own_needs
from jobbro.webkit.requests import Request


@page(CITIZEN, purpose=Purpose.OWN)
def what_now(request: Request) -> HttpResponse:
    """What waits for whom, the next meeting, and whom to ring."""
    now = what_waits(actor=request.actor, on=request.on, at=request.at)
    needs = own_needs(now.row, is_easy=request.is_easy)
    context = {"now": now, "mine": [n for n in needs if n.is_mine], "others": [n for n in needs if not n.is_mine]}
    template = "worklist/_now.html" if is_htmx(request) else "worklist/what_now.html"
    return render(request, template, context)
