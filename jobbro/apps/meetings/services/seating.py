"""Who is asked to a meeting, and which interpreters and companion are to be booked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.outbox.enums import MessageKind

from ..enums import Answer, Form, HelpKind, MeetingKind, Party
from ..models import Meeting, MeetingHelp, MeetingParticipant
from ..refusals import Refused
from ..telling import tell
from ..wording import checked_line

MOST_SEATS = 12
LONGEST_LINE, LONGEST_TEXT, LONGEST_NAME, LONGEST_DETAIL = 200, 500, 120, 60


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody without a login who is asked to come."""

    name: str
    email: str = ""
    party: Party = Party.EXTERNAL


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """When, where, with whom; the citizen is always asked. `helps`: which interpreters and companion are to be booked,
    with what is good to know."""

    kind: MeetingKind
    form: Form
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    directions: str = ""
    about: str = ""
    staff: tuple[UUID, ...] = ()
    contacts: tuple[UUID, ...] = ()
    guests: tuple[Guest, ...] = ()
    helps: tuple[tuple[HelpKind, str], ...] = ()


def contacts_of(*, actor: Actor, ids: Sequence[UUID], on: date) -> list[ContactPerson]:
    """The contacts at one company who are there today."""
    if not ids:
        return []
    rows = list(ContactPerson.objects.standing(on=on).filter(pk__in=ids, company__municipality_id__in=actor.codes))
    if len(rows) != len(set(ids)):
        raise Refused("contacts", fields=("contacts",))
    if len({row.company_id for row in rows}) > 1:
        raise Refused("companies", fields=("contacts",))
    return rows


def _wanted(
    meeting: Meeting, *, actor: Actor, draft: MeetingDraft, contacts: Sequence[ContactPerson]
) -> list[MeetingParticipant]:
    """Everybody who is to be asked, as rows that are not saved yet: the citizen first."""
    staff = {user.pk: user for user in User.objects.filter(pk__in=draft.staff, is_active=True, kind="staff")}
    if len(staff) != len(set(draft.staff)):
        raise Refused("staff", fields=("staff",))
    about = {"citizen_id": meeting.citizen_id, "company_id": meeting.company_id, "meeting": meeting}
    seats = [MeetingParticipant(party=Party.CITIZEN, **about)]
    for user_id in dict.fromkeys(draft.staff):
        name = staff[user_id].display_name
        seats.append(MeetingParticipant(party=Party.STAFF, user_id=user_id, name=name, **about))
    for contact in contacts:
        told = {"contact_id": contact.pk, "user_id": contact.user_id, "name": contact.name, "email": contact.email}
        seats.append(MeetingParticipant(party=Party.COMPANY, **told, **about))
    for guest in draft.guests:
        name = checked_line(guest.name, field="guests", most=LONGEST_NAME, is_needed=True)
        seats.append(MeetingParticipant(party=guest.party, name=name, email=guest.email, **about))
    if not draft.staff or len(seats) > MOST_SEATS:
        raise Refused("seats", fields=("staff",), values={"most": MOST_SEATS})
    return seats


def seat_all(
    meeting: Meeting, *, actor: Actor, draft: MeetingDraft, contacts: Sequence[ContactPerson], on: date
) -> list[MeetingParticipant]:
    seats = _wanted(meeting, actor=actor, draft=draft, contacts=contacts)
    for seat in seats:
        if seat.user_id == actor.id:
            seat.answer, seat.answered_at = Answer.YES, meeting.changed_at
        seat.save(force_insert=True)
    return seats


def seat_again(
    meeting: Meeting,
    *,
    actor: Actor,
    draft: MeetingDraft,
    contacts: Sequence[ContactPerson],
    is_moved: bool,
    at: datetime,
    on: date,
) -> list[MeetingParticipant]:
    """Those who are asked now: who was asked before keeps the place, and the answer unless the time is another."""
    standing = {_who(seat): seat for seat in meeting.participants.filter(left_at__isnull=True)}
    seats = []
    for wanted in _wanted(meeting, actor=actor, draft=draft, contacts=contacts):
        seat = standing.pop(_who(wanted), None)
        if seat is None:
            wanted.save(force_insert=True)
        elif is_moved:
            seat.answer = Answer.YES if seat.user_id == actor.id else Answer.NONE
            seat.answer_note, seat.answered_at = "", at if seat.user_id == actor.id else None
            seat.noted_by = ""
            seat.save(update_fields=["answer", "answer_note", "answered_at", "noted_by"])
        seats.append(seat or wanted)
    gone = list(standing.values())
    for seat in gone:
        seat.left_at = at
        seat.save(update_fields=["left_at"])
    tell(meeting, seats=gone, kind=MessageKind.MEETING_CANCELLED, at=at, besides=actor.id)
    return seats


def _who(seat: MeetingParticipant) -> tuple[str, str]:
    """By what somebody is known again on the list."""
    if seat.party == Party.CITIZEN:
        return (seat.party, "")
    return (seat.party, str(seat.user_id or seat.contact_id or seat.name))


def set_helps(meeting: Meeting, *, actor: Actor, draft: MeetingDraft, at: datetime) -> None:
    """What is wanted is asked for; what is wanted no longer is kept without being looked for."""
    standing = {row.kind: row for row in meeting.helps.all()}
    wanted = dict(draft.helps)
    for kind, detail in wanted.items():
        kept = checked_line(detail, field="companion", most=LONGEST_DETAIL)
        now = {"detail": kept, "is_wanted": True, "changed_by_id": actor.id, "changed_at": at}
        row = standing.pop(kind, None)
        if row is None:
            about = {"citizen_id": meeting.citizen_id, "company_id": meeting.company_id, "meeting": meeting}
            MeetingHelp(kind=kind, **about, **now).save(force_insert=True)
        else:
            MeetingHelp.objects.filter(pk=row.pk).update(**now)
    for row in standing.values():
        row.is_wanted, row.changed_by_id, row.changed_at = False, actor.id, at
        row.save(update_fields=["is_wanted", "changed_by", "changed_at"])
