"""One meeting on its page, and what its form offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.looks import note_person
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.matching.models import Card
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement

from ..enums import Party, State
from ..models import Meeting, MeetingHelp, MeetingParticipant
from ..permissions import can_book_meeting, is_own_seat
from ..stamps import seen_meeting
from ..states import MOVES


@dataclass(frozen=True, kw_only=True)
class SeatShown:
    """Somebody who is asked to come; `can_answer`: the actor may say or note what they answered."""

    seat: MeetingParticipant
    name: str
    is_own: bool
    can_answer: bool


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A colleague is taken at the same time."""

    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingPage:
    """A meeting as the actor may read it. `citizen` is None for a company."""

    meeting: Meeting
    citizen: Citizen | None
    seats: tuple[SeatShown, ...]
    helps: tuple[MeetingHelp, ...]
    clashes: tuple[Clash, ...]
    moves: tuple[str, ...]
    seen: str
    is_own: bool
    is_over: bool

    @property
    def own_seat(self) -> SeatShown | None:
        return next((shown for shown in self.seats if shown.is_own), None)


@dataclass(frozen=True, kw_only=True)
class BookingStart:
    """What the form offers: colleagues around the citizen and in the team, contacts at companies the citizen knows, and
    what the file says of interpreter and companion."""

    citizen: Citizen
    staff: tuple[tuple[UUID, str], ...]
    around: tuple[UUID, ...]
    contacts: tuple[tuple[UUID, str], ...]


def meeting_page(*, actor: Actor, meeting_id: UUID, at: datetime) -> MeetingPage | None:
    """The meeting, who comes and what is booked; None when it is not there for the actor. Five queries."""
    meeting: Meeting | None = (
        Meeting.objects.visible_to(actor).filter(pk=meeting_id).select_related("company", "words").first()
    )
    if meeting is None:
        return None
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=meeting.citizen_id)
    if citizen is None and not actor.is_employer:
        return None
    note_person(meeting.citizen_id)
    seats = _seats(meeting, actor=actor)
    can_book = can_book_meeting(actor)
    shown = tuple(_shown(seat, actor=actor, citizen=citizen, can_book=can_book) for seat in seats)
    helps = [] if actor.is_employer else meeting.helps.filter(is_wanted=True).order_by("pk")
    is_over = meeting.ends_at < at
    return MeetingPage(
        meeting=meeting,
        citizen=citizen,
        seats=shown,
        helps=tuple(helps),
        clashes=_clashes(meeting, shown) if can_book and meeting.state == State.PLANNED and not is_over else (),
        moves=_moves(meeting, at=at) if can_book else (),
        seen=seen_meeting(meeting),
        is_own=citizen is not None and actor.citizen_id == citizen.pk,
        is_over=is_over,
    )


def booking_start(*, actor: Actor, citizen_id: UUID, on: date) -> BookingStart | None:
    """What a new meeting's form offers; None when there is no such citizen for the actor. Five queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id) if can_book_meeting(actor) else None
    if citizen is None:
        return None
    around = list(
        CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id).values_list("user_id", flat=True).distinct()
    )
    return BookingStart(
        citizen=citizen,
        staff=_colleagues(actor=actor, citizen_id=citizen_id, around=around, on=on),
        around=tuple(around),
        contacts=_contacts(citizen_id=citizen_id, actor=actor, on=on),
    )


def _seats(meeting: Meeting, *, actor: Actor) -> Iterable[MeetingParticipant]:
    """Those who are asked; a company is told of its own people and of the municipality's, without their words."""
    if actor.is_employer:
        called = "select * from meetings_company_seats(%s::uuid) order by id"
        return list(MeetingParticipant.objects.raw(called, [meeting.pk]))
    rows = MeetingParticipant.objects.visible_to(actor).filter(meeting=meeting, left_at__isnull=True)
    return list(rows.order_by("pk"))


def _moves(meeting: Meeting, *, at: datetime) -> tuple[str, ...]:
    """What can be done with the meeting; nobody has met before its day."""
    has_come = timezone.localdate(meeting.starts_at) <= timezone.localdate(at)
    return tuple(move for state, move in MOVES if state == meeting.state and (move != "hold" or has_come))


def _shown(seat: MeetingParticipant, *, actor: Actor, citizen: Citizen | None, can_book: bool) -> SeatShown:
    is_own = is_own_seat(actor, seat)
    name = citizen.name if seat.party == Party.CITIZEN and citizen else seat.name
    return SeatShown(seat=seat, name=name, is_own=is_own, can_answer=is_own or can_book)


def _clashes(meeting: Meeting, seats: Iterable[SeatShown]) -> tuple[Clash, ...]:
    names = {shown.seat.user_id: shown.name for shown in seats if shown.seat.party == Party.STAFF}
    with connection.cursor() as cursor:
        cursor.execute(
            "select user_id, starts_at, ends_at from meetings_busy(%s::uuid[], %s, %s, %s::uuid)",
            [list(names), meeting.starts_at, meeting.ends_at, meeting.pk],
        )
        return tuple(
            Clash(name=names[user_id], starts_at=starts_at, ends_at=ends_at)
            for user_id, starts_at, ends_at in cursor.fetchall()
        )


def _colleagues(*, actor: Actor, citizen_id: UUID, around: list[UUID], on: date) -> tuple[tuple[UUID, str], ...]:
    """Those around the citizen, of the team of the course, and oneself."""
    team = Case.objects.filter(citizen_id=citizen_id).values("team_id")
    in_team = User.objects.filter(positions__team_id__in=team, positions__from_on__lte=on).exclude(
        positions__until_on__lt=on
    )
    rows = User.objects.filter(is_active=True, kind="staff")
    found = rows.filter(pk__in=in_team.values("pk")) | rows.filter(pk__in=[*around, actor.id])
    named = dict(found.values_list("pk", "display_name"))
    return tuple(sorted(named.items(), key=lambda pair: (pair[0] != actor.id, pair[1])))


def _contacts(*, citizen_id: UUID, actor: Actor, on: date) -> tuple[tuple[UUID, str], ...]:
    """Contacts at companies where the citizen has a placement or has given a card that holds."""
    placed = Placement.objects.visible_to(actor).filter(
        citizen_id=citizen_id, state__in=(PlacementState.AGREEING, PlacementState.AGREED)
    )
    cards = Card.objects.filter(citizen_id=citizen_id, withdrawn_at__isnull=True, from_on__lte=on, until_on__gte=on)
    rows = ContactPerson.objects.standing(on=on).select_related("company")
    found = rows.filter(company_id__in=placed.values("company_id")) | rows.filter(
        company_id__in=cards.values("company_id")
    )
    return tuple((row.pk, f"{row.name}, {row.company.name}") for row in found.order_by("company__name", "name", "pk"))
