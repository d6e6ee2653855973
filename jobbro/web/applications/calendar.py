"""One's own deadlines as a calendar file: days and numbers, never a name or a scheme (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.applications.selectors import due_days
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request

LONGEST_LINE = 75


@page(FILE)
def deadlines_calendar(request: Request) -> HttpResponse:
    """The file, made anew at each download; a day keeps its id, so that reading it again changes what is there."""
    days = due_days(actor=request.actor, on=request.on)
    address = request.build_absolute_uri(reverse("deadlines"))
    events = [
        line
        for day, count in days.items()
        for line in _event(day, count=count, owner=str(request.actor.id), address=address, at=request.at)
    ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jobbro//deadlines//DA", *events, "END:VCALENDAR"]
    content = "".join(f"{_folded(line)}\r\n" for line in lines)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="jobbro.ics"'
    return response


def _event(day: date, *, count: int, owner: str, address: str, at: datetime) -> list[str]:
    summary = ngettext("%(count)s deadline in Jobbro", "%(count)s deadlines in Jobbro", count) % {"count": count}
    return [
        "BEGIN:VEVENT",
        f"UID:{day:%Y%m%d}-{owner}@jobbro",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(_('Log in to see them.'))}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line longer than 75 bytes; the next begins with a space."""
    parts, rest = [], line
    while len(rest.encode()) > LONGEST_LINE:
        cut = LONGEST_LINE
        while len(rest[:cut].encode()) > LONGEST_LINE:
            cut -= 1
        parts.append(rest[:cut])
        rest = f" {rest[cut:]}"
    return "\r\n".join([*parts, rest])
