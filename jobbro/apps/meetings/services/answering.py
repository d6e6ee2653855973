"""Answers to invitations, and how it goes with interpreters and companions."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message

from ..enums import Answer, HelpState, State
from ..models import MeetingHelp, MeetingParticipant
from ..permissions import can_book_meeting, is_own_seat
from ..refusals import NotNow, NotThere, Refused
from ..telling import link_of, prefix_of
from ..wording import checked_line
from .seating import LONGEST_LINE, LONGEST_NAME


def answer_meeting(*, actor: Actor, seat_id: UUID, answer: Answer, note: str, at: datetime) -> MeetingParticipant:
    """Somebody says whether they come; staff note it for others. Who booked the meeting is told of anything but a yes.

    Raises NotThere, PermissionDenied, NotNow. Refused: `answer`, `too_long`, `cpr`.
    """
    seats = MeetingParticipant.objects.visible_to(actor).filter(pk=seat_id, left_at__isnull=True)
    seat: MeetingParticipant | None = seats.select_related("meeting").first()
    if seat is None:
        raise NotThere
    is_own = is_own_seat(actor, seat)
    if not is_own and not can_book_meeting(actor):
        raise PermissionDenied
    if seat.meeting.state != State.PLANNED or seat.meeting.ends_at < at:
        raise NotNow
    if answer == Answer.NONE:
        raise Refused("answer", fields=("answer",))
    seat.answer = answer
    seat.answer_note = checked_line(note, field="note", most=LONGEST_LINE)
    seat.answered_at, seat.noted_by = at, "" if is_own else actor.name
    seat.save(update_fields=["answer", "answer_note", "answered_at", "noted_by"])
    if is_own and answer != Answer.YES:
        _tell_booker(seat, at=at)
    record_event(verb=Verb.MEETING_ANSWERED, citizen_id=seat.citizen_id, subject=seat, detail={"answer": answer.value})
    return seat


def set_help(*, actor: Actor, help_id: UUID, state: HelpState, who: str, at: datetime) -> MeetingHelp:
    """How far the booking of an interpreter or companion is, and who it is.

    Raises NotThere, PermissionDenied, NotNow. Refused: `needed` (who, when it is confirmed), `too_long`, `cpr`.
    """
    if not can_book_meeting(actor):
        raise PermissionDenied
    rows = MeetingHelp.objects.visible_to(actor).filter(pk=help_id, is_wanted=True).select_related("meeting")
    row: MeetingHelp | None = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotThere
    if row.meeting.state != State.PLANNED:
        raise NotNow
    row.who = checked_line(who, field="who", most=LONGEST_NAME, is_needed=state == HelpState.CONFIRMED)
    row.state, row.changed_by_id, row.changed_at = state, actor.id, at
    row.save(update_fields=["who", "state", "changed_by", "changed_at"])
    record_event(verb=Verb.MEETING_HELP_SET, citizen_id=row.citizen_id, subject=row, detail={"state": state.value})
    return row


def _tell_booker(seat: MeetingParticipant, *, at: datetime) -> None:
    """Who booked the meeting hears that somebody cannot come or would like another time."""
    queue_message(
        to=Recipient(user_id=seat.meeting.made_by_id),
        kind=MessageKind.TASK_DUE,
        link=link_of(seat.meeting, seat),
        key=f"answer:{prefix_of(seat.meeting)}{seat.pk}:{int(at.timestamp())}",
        send_at=at,
        at=at,
    )
