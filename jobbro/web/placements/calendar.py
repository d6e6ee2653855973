"""A round-table as a file for a calendar: when and where, and nothing that says why."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse

from jobbro.apps.outbox.calendar import Event, calendar_text

LENGTH = timedelta(hours=1)


def calendar_answer(
    *, meeting_id: UUID, summary: str, place: str, meets_at: datetime, changed_at: datetime, is_off: bool
) -> HttpResponse:
    """The meeting as an answer; a meeting that was called off tells the calendar to take it out."""
    event = Event(
        uid=f"{meeting_id}@jobbro",
        sequence=int(changed_at.timestamp()),
        title=summary,
        starts_at=meets_at,
        ends_at=meets_at + LENGTH,
        changed_at=changed_at,
        place=place,
        is_off=is_off,
    )
    body = calendar_text((event,), method="CANCEL" if is_off else "PUBLISH")
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="moede.ics"'
    return response
