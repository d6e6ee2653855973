"""Meetings in calendars: one as a file, and all of one's own by a secret address."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.meetings.selectors.feeds import feed_of
from jobbro.apps.meetings.selectors.lists import has_feed
from jobbro.apps.meetings.selectors.pages import meeting_page
from jobbro.apps.meetings.services.feeds import drop_feed, make_feed
from jobbro.apps.meetings.telling import event_of
from jobbro.apps.outbox.calendar import calendar_text, feed_text
from jobbro.webkit.access import ANYONE, CITIZEN, EMPLOYER, STAFF, either, page
from jobbro.webkit.requests import Request, found

from .acting import base_of, company_looks, joining

CALENDAR = "text/calendar; charset=utf-8"
own = page(either(STAFF, CITIZEN, EMPLOYER), writes=True)


@joining
def meeting_ics(request: Request, meeting_id: UUID) -> HttpResponse:
    """The meeting as a file for a calendar."""
    company_looks(request)
    shown = found(meeting_page(actor=request.actor, meeting_id=meeting_id, at=request.at))
    event = event_of(shown.meeting)
    method = "CANCEL" if event.is_off else "PUBLISH"
    response = HttpResponse(calendar_text((event,), method=method), content_type=CALENDAR)
    response.headers["Content-Disposition"] = 'attachment; filename="moede.ics"'
    return response


@page(ANYONE)
def calendar_feed(request: Request, secret: str) -> HttpResponse:
    """The calendar that its owner's own calendar asks for; nobody's secret is not there, and stands in no log."""
    events = feed_of(secret=secret, at=request.at, on=request.on, request_id=request.id)
    if events is None:
        response = HttpResponse(status=404)
        # Django writes the address of what was not found into the log: here the address is the secret.
        response._has_been_logged = True  # type: ignore[attr-defined]
    else:
        response = HttpResponse(feed_text(events), content_type=CALENDAR)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@own
def calendar_feed_make(request: Request) -> HttpResponse:
    """Make the address of the own calendar; it is shown this once."""
    address = ""
    if request.method == "POST":
        secret = make_feed(actor=request.actor, at=request.at)
        front = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
        address = f"{front}{reverse('calendar_feed', args=[secret])}"
    context = {"address": address, "has_feed": has_feed(actor=request.actor), "base_template": base_of(request.actor)}
    return render(request, "meetings/calendar.html", context)


@own
def calendar_feed_drop(request: Request) -> HttpResponse:
    """The address of the own calendar answers nobody any more."""
    if request.method == "POST" and drop_feed(actor=request.actor, at=request.at):
        messages.success(request, _("The address does not work any more."))
    return redirect("calendar_feed_make")
