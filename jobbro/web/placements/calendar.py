"""A meeting as a file for a calendar (RFC 5545): when and where, and nothing that says why."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpResponse

LENGTH = timedelta(hours=1)
STAMP = "%Y%m%dT%H%M%SZ"
# Octets on a line (RFC 5545, section 3.1).
LONGEST = 75


def calendar_answer(
    *, meeting_id: UUID, summary: str, place: str, meets_at: datetime, changed_at: datetime, is_off: bool
) -> HttpResponse:
    """The meeting as an answer; a meeting that was called off tells the calendar to take it out."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jobbro//Jobbro//DA",
        f"METHOD:{'CANCEL' if is_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{meeting_id}@jobbro",
        f"SEQUENCE:{int(changed_at.timestamp())}",
        f"DTSTAMP:{changed_at.astimezone(UTC).strftime(STAMP)}",
        f"DTSTART:{meets_at.astimezone(UTC).strftime(STAMP)}",
        f"DTEND:{(meets_at + LENGTH).astimezone(UTC).strftime(STAMP)}",
        f"SUMMARY:{_escaped(summary)}",
        *([f"LOCATION:{_escaped(place)}"] if place else []),
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    body = "".join(f"{_folded(line)}\r\n" for line in lines)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="moede.ics"'
    return response


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a letter."""
    parts: list[str] = []
    part = ""
    for letter in line:
        room = LONGEST if not parts else LONGEST - 1
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
