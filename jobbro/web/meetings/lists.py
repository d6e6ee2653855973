"""Meetings in lists: one's own, and one citizen's."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.meetings.selectors import lists as selectors
from jobbro.webkit.requests import Request, found

from .acting import base_of, company_looks, listing, reading


@listing
def meetings(request: Request) -> HttpResponse:
    """What one is asked to come to, and for staff the meetings of those they stand around."""
    shown = selectors.my_meetings(actor=request.actor, at=request.at)
    if request.actor.is_employer:
        company_looks(request)
        request.look.extra.extend(line.citizen_id for line in (*shown.coming, *shown.past))
    context = {"shown": shown, "base_template": base_of(request.actor), "citizen_id": request.actor.citizen_id}
    return render(request, "meetings/meetings.html", context)


@reading
def citizen_meetings(request: Request, citizen_id: UUID) -> HttpResponse:
    """One citizen's meetings."""
    page = found(selectors.citizen_meetings(actor=request.actor, citizen_id=citizen_id, at=request.at))
    context = {"page": page, "shown": page.meetings, "base_template": base_of(request.actor), "citizen_id": citizen_id}
    return render(request, "meetings/citizen_meetings.html", context)
