"""What a meeting sends: invitations, changes and reminders, with moments and a link and no more."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobbro.apps.outbox.calendar import Event
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.moments import moment_of
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import call_off_messages, queue_message

from .enums import Form, Party, State
from .models import Meeting, MeetingParticipant

DAY_BEFORE_AT = time(12)
HOUR = timedelta(hours=1)
DOMAIN = "jobbro"


def event_of(meeting: Meeting) -> Event:
    """The meeting as a calendar has it: neutral, with the place only when there is one to go to."""
    return Event(
        uid=uid_of(meeting.pk),
        sequence=meeting.sequence,
        title=_("Meeting"),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.changed_at,
        place=meeting.place if meeting.form == Form.PLACE else str(Form(meeting.form).label),
        is_off=meeting.state == State.CANCELLED,
    )


def uid_of(meeting_id: object) -> str:
    """The name of the entry in every calendar, for as long as the meeting lives."""
    return f"{meeting_id}@{DOMAIN}"


def prefix_of(meeting: Meeting) -> str:
    """What the keys of all messages about the meeting begin with."""
    return f"meeting:{meeting.pk}:"


def tell(
    meeting: Meeting,
    *,
    seats: Iterable[MeetingParticipant],
    kind: MessageKind,
    at: datetime,
    besides: object = None,
) -> None:
    """Those who are asked to come are told, but not `besides`, who did it."""
    for seat in seats:
        to = recipient_of(seat)
        if to is not None and (seat.user_id is None or seat.user_id != besides):
            queue_message(
                to=to,
                kind=kind,
                link=link_of(meeting, seat),
                key=f"{prefix_of(meeting)}{meeting.sequence}:{seat.pk}:{kind.value}",
                send_at=at,
                until_at=meeting.ends_at,
                at=at,
                values={"starts_at": meeting.starts_at.isoformat()},
                event=replace(event_of(meeting), is_off=kind == MessageKind.MEETING_CANCELLED),
            )


def call_off_reminders(meeting: Meeting, *, at: datetime) -> None:
    """What waits to be sent about the meeting as it was is not sent."""
    call_off_messages(prefix=prefix_of(meeting), at=at)


def remind(meeting: Meeting, *, seats: Iterable[MeetingParticipant], at: datetime) -> None:
    """Reminders the day before and an hour before; whether somebody wants them is asked when they are sent."""
    for seat in seats:
        to = recipient_of(seat)
        # Staff have their own calendars and the reminder of the day.
        if to is not None and seat.party != Party.STAFF:
            remind_one(
                to=to,
                key=f"{prefix_of(meeting)}{meeting.sequence}:{seat.pk}",
                link=link_of(meeting, seat),
                starts_at=meeting.starts_at,
                at=at,
                has_hour=seat.party == Party.CITIZEN,
            )


def remind_one(*, to: Recipient, key: str, link: str, starts_at: datetime, at: datetime, has_hour: bool = True) -> None:
    """The two reminders of one person, as far as their time has not passed."""
    day_before = timezone.localdate(starts_at) - timedelta(days=1)
    moments = {"day": moment_of(day=day_before, clock=DAY_BEFORE_AT)}
    if has_hour:
        moments["hour"] = starts_at - HOUR
    for ahead, send_at in moments.items():
        if send_at > at:
            queue_message(
                to=to,
                kind=MessageKind.MEETING_REMINDER,
                link=link,
                key=f"{key}:{ahead}",
                send_at=send_at,
                until_at=starts_at,
                at=at,
                values={"starts_at": starts_at.isoformat(), "ahead": ahead},
            )


def recipient_of(seat: MeetingParticipant) -> Recipient | None:
    """Where the person is reached; none for somebody without a login or an address."""
    if seat.party == Party.CITIZEN:
        return Recipient(citizen_id=seat.citizen_id)
    if seat.user_id is not None:
        return Recipient(user_id=seat.user_id)
    return Recipient(email=seat.email, name=seat.name) if seat.email else None


def link_of(meeting: Meeting, seat: MeetingParticipant) -> str:
    """The meeting's page for those with a login, else the front page."""
    has_login = seat.party == Party.CITIZEN or seat.user_id is not None
    return reverse("meeting_booked", args=[meeting.pk]) if has_login else reverse("home")
