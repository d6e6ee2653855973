"""Meetings booked, moved, called off and held."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.outbox.enums import MessageKind

from ..enums import Form, State
from ..models import Meeting, MeetingWords
from ..permissions import can_book_meeting
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_meeting
from ..states import MOVES
from ..telling import call_off_reminders, remind, tell
from ..wording import checked_line
from .seating import LONGEST_LINE, LONGEST_TEXT, MeetingDraft, contacts_of, seat_again, seat_all, set_helps

FARTHEST = timedelta(days=366)
LONGEST = timedelta(hours=12)
WRITTEN = (*("kind", "form", "place", "directions", "starts_at", "ends_at", "sequence", "changed_at"),)


def book_meeting(*, actor: Actor, citizen_id: UUID, draft: MeetingDraft, at: datetime, on: date) -> Meeting:
    """A meeting is planned, everybody is invited, and interpreters and companion are noted as asked.

    Raises NotThere, PermissionDenied. Refused: `place`, `past`, `far`, `order`, `long`, `seats`, `companies` (contacts
    of more than one company), `too_long`, `cpr`.
    """
    if not can_book_meeting(actor):
        raise PermissionDenied
    citizen = Citizen.objects.visible_to(actor).filter(pk=citizen_id).first()
    if citizen is None:
        raise NotThere
    contacts = contacts_of(actor=actor, ids=draft.contacts, on=on)
    meeting = Meeting(
        citizen_id=citizen_id,
        company_id=contacts[0].company_id if contacts else None,
        made_by_id=actor.id,
        made_at=at,
        changed_at=at,
    )
    _write(meeting, draft=draft, at=at)
    words = MeetingWords(citizen_id=citizen_id, meeting=meeting, about=_about(draft))
    meeting.save(force_insert=True)
    words.save(force_insert=True)
    seats = seat_all(meeting, actor=actor, draft=draft, contacts=contacts, on=on)
    set_helps(meeting, actor=actor, draft=draft, at=at)
    tell(meeting, seats=seats, kind=MessageKind.MEETING_INVITED, at=at, besides=actor.id)
    remind(meeting, seats=seats, at=at)
    record_event(verb=Verb.MEETING_BOOKED, citizen_id=citizen_id, subject=meeting, detail={"kind": draft.kind.value})
    return meeting


def change_meeting(
    *, actor: Actor, meeting_id: UUID, draft: MeetingDraft, reason: str, seen: str, at: datetime, on: date
) -> Meeting:
    """The meeting is then, there and with these now; who is asked is told, and old reminders are called off.

    With another time everybody answers anew. Raises NotThere, PermissionDenied, Changed, NotNow. Refused: as
    `book_meeting`, `needed` (the reason, when the time is another), `company` (contacts of another company).
    """
    meeting = _locked(actor=actor, meeting_id=meeting_id, move="change", seen=seen)
    contacts = contacts_of(actor=actor, ids=draft.contacts, on=on)
    if contacts and contacts[0].company_id != meeting.company_id:
        raise Refused("company", fields=("contacts",))
    is_moved = (meeting.starts_at, meeting.ends_at) != (draft.starts_at, draft.ends_at)
    _write(meeting, draft=draft, at=at)
    why = checked_line(reason, field="reason", most=LONGEST_LINE, is_needed=is_moved)
    _say(meeting, about=_about(draft), reason=why)
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save(update_fields=WRITTEN)
    call_off_reminders(meeting, at=at)
    before = {seat.pk for seat in meeting.participants.filter(left_at__isnull=True)}
    seats = seat_again(meeting, actor=actor, draft=draft, contacts=contacts, is_moved=is_moved, at=at, on=on)
    set_helps(meeting, actor=actor, draft=draft, at=at)
    known = [seat for seat in seats if seat.pk in before]
    tell(meeting, seats=known, kind=MessageKind.MEETING_CHANGED, at=at, besides=actor.id)
    new = [seat for seat in seats if seat.pk not in before]
    tell(meeting, seats=new, kind=MessageKind.MEETING_INVITED, at=at, besides=actor.id)
    remind(meeting, seats=seats, at=at)
    record_event(
        verb=Verb.MEETING_MOVED,
        citizen_id=meeting.citizen_id,
        subject=meeting,
        detail={"what": "moved" if is_moved else "changed"},
    )
    return meeting


def cancel_meeting(*, actor: Actor, meeting_id: UUID, reason: str, seen: str, at: datetime) -> Meeting:
    """The meeting is called off, with a reason for the citizen and their circle; all who were asked are told."""
    meeting = _locked(actor=actor, meeting_id=meeting_id, move="cancel", seen=seen)
    _say(meeting, about=meeting.about, reason=checked_line(reason, field="reason", most=LONGEST_LINE, is_needed=True))
    meeting.state = MOVES[State(meeting.state), "cancel"]
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save(update_fields=["state", "sequence", "changed_at"])
    call_off_reminders(meeting, at=at)
    seats = list(meeting.participants.filter(left_at__isnull=True))
    tell(meeting, seats=seats, kind=MessageKind.MEETING_CANCELLED, at=at, besides=actor.id)
    record_event(verb=Verb.MEETING_MOVED, citizen_id=meeting.citizen_id, subject=meeting, detail={"what": "cancelled"})
    return meeting


def hold_meeting(*, actor: Actor, meeting_id: UUID, seen: str, at: datetime) -> Meeting:
    """The meeting has been held. Refused: `not_yet` before its day."""
    meeting = _locked(actor=actor, meeting_id=meeting_id, move="hold", seen=seen)
    if timezone.localdate(meeting.starts_at) > timezone.localdate(at):
        raise Refused("not_yet")
    meeting.state, meeting.changed_at = MOVES[State(meeting.state), "hold"], at
    meeting.save(update_fields=["state", "changed_at"])
    call_off_reminders(meeting, at=at)
    record_event(verb=Verb.MEETING_MOVED, citizen_id=meeting.citizen_id, subject=meeting, detail={"what": "held"})
    return meeting


def _locked(*, actor: Actor, meeting_id: UUID, move: str, seen: str) -> Meeting:
    if not can_book_meeting(actor):
        raise PermissionDenied
    rows = Meeting.objects.visible_to(actor).select_related("words").select_for_update(of=("self",))
    meeting: Meeting | None = rows.filter(pk=meeting_id).first()
    if meeting is None:
        raise NotThere
    if seen_meeting(meeting) != seen:
        raise Changed
    if (State(meeting.state), move) not in MOVES:
        raise NotNow
    return meeting


def _write(meeting: Meeting, *, draft: MeetingDraft, at: datetime) -> None:
    place = checked_line(draft.place, field="place", most=LONGEST_LINE)
    if draft.form == Form.PLACE and not place:
        raise Refused("place", fields=("place",))
    if draft.ends_at <= draft.starts_at:
        raise Refused("order", fields=("ends_at",))
    if draft.ends_at - draft.starts_at > LONGEST:
        raise Refused("long", fields=("ends_at",))
    if draft.starts_at < at:
        raise Refused("past", fields=("meets_on",))
    if draft.starts_at > at + FARTHEST:
        raise Refused("far", fields=("meets_on",))
    meeting.kind, meeting.form, meeting.place = draft.kind, draft.form, place
    meeting.directions = checked_line(draft.directions, field="directions", most=LONGEST_TEXT)
    meeting.starts_at, meeting.ends_at = draft.starts_at, draft.ends_at


def _about(draft: MeetingDraft) -> str:
    return checked_line(draft.about, field="about", most=LONGEST_TEXT)


def _say(meeting: Meeting, *, about: str, reason: str) -> None:
    """The words stand before the meeting moves: it is not called off without a reason."""
    words = meeting.words
    words.about, words.reason = about, reason
    words.save(update_fields=["about", "reason"])
