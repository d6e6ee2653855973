"""Meetings in lists: one's own, a citizen's, a company's; round-tables about jobs stand among them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.looks import note_person
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.placements.enums import IntroductionState
from jobbro.apps.placements.facts import around_me
from jobbro.apps.placements.models import Introduction

from ..enums import Answer, Form, MeetingKind, Party, State
from ..models import CalendarFeed, Meeting, MeetingParticipant

MOST_SHOWN = 100
# A round-table has no end; calendars and lists count it as an hour.
TABLE_LASTS = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting in a list. `url_name` takes `id`; `citizen_name` is empty for the person and for companies."""

    id: UUID
    citizen_id: UUID
    citizen_name: str
    company_id: UUID | None
    url_name: str
    what: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str
    reason: str
    answer: str
    is_table: bool = False


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """Those to come, the nearest first, and those that have been, the newest first."""

    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    has_feed: bool

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.past)


@dataclass(frozen=True, kw_only=True)
class CitizenMeetings:
    """The meetings of one citizen."""

    citizen: Citizen
    meetings: Meetings
    is_own: bool


def my_meetings(*, actor: Actor, at: datetime) -> Meetings:
    """What the actor is asked to come to, and the meetings of those they stand around. Four queries at most."""
    on = timezone.localdate(at)
    rows = Meeting.objects.visible_to(actor)
    tables = Introduction.objects.visible_to(actor)
    if actor.citizen_id is None and not actor.is_employer:
        own = around_me(actor=actor, on=on)
        asked = MeetingParticipant.objects.filter(user_id=actor.id, left_at__isnull=True).values("meeting_id")
        rows = rows.filter(Q(pk__in=asked) | Q(citizen_id__in=own))
        tables = tables.filter(Q(made_by_id=actor.id) | Q(citizen_id__in=own))
    return _meetings(actor=actor, rows=rows, tables=tables, at=at, has_feed=has_feed(actor=actor))


def citizen_meetings(*, actor: Actor, citizen_id: UUID, at: datetime) -> CitizenMeetings | None:
    """One citizen's; None when there is no such citizen for the actor. Four queries."""
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = Meeting.objects.visible_to(actor).filter(citizen_id=citizen_id)
    tables = Introduction.objects.visible_to(actor).filter(citizen_id=citizen_id)
    found = _meetings(actor=actor, rows=rows, tables=tables, at=at, has_feed=False)
    return CitizenMeetings(citizen=citizen, meetings=found, is_own=actor.citizen_id == citizen_id)


def has_feed(*, actor: Actor) -> bool:
    """Whether the actor's calendar has an address. One query."""
    return CalendarFeed.objects.filter(user_id=actor.id, dropped_at__isnull=True).exists()


def _meetings(
    *, actor: Actor, rows: "QuerySet[Any]", tables: "QuerySet[Any]", at: datetime, has_feed: bool
) -> Meetings:
    since = at - timedelta(days=366)
    lines = [
        *_lines(rows.filter(starts_at__gte=since), actor=actor),
        *_table_lines(tables.filter(meets_at__gte=since), actor=actor),
    ]
    coming = [line for line in lines if line.state == State.PLANNED and line.ends_at >= at]
    past = [line for line in lines if not (line.state == State.PLANNED and line.ends_at >= at)]
    shown = Meetings(
        coming=tuple(sorted(coming, key=lambda line: (line.starts_at, str(line.id)))[:MOST_SHOWN]),
        past=tuple(sorted(past, key=lambda line: (line.starts_at, str(line.id)), reverse=True)[:MOST_SHOWN]),
        has_feed=has_feed,
    )
    for line in (*shown.coming, *shown.past):
        if line.citizen_name:
            note_person(line.citizen_id)
    return shown


def _lines(rows: "QuerySet[Any]", *, actor: Actor) -> list[MeetingLine]:
    """One query; names only for staff, and the answer of the citizen or of oneself."""
    named = (
        _named(rows.select_related("words"), actor=actor).prefetch_related("participants").order_by("-starts_at", "pk")
    )
    return [
        MeetingLine(
            id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=_name(row, actor=actor),
            company_id=row.company_id,
            url_name="meeting_booked",
            what=_kind_told(row, actor=actor),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place if row.form == Form.PLACE else str(Form(row.form).label),
            state=row.state,
            reason=row.reason,
            answer=_answer_told(row, actor=actor),
        )
        for row in named[: 2 * MOST_SHOWN]
    ]


def _table_lines(tables: "QuerySet[Any]", *, actor: Actor) -> list[MeetingLine]:
    url_name = "our_introduction" if actor.is_employer else "introduction"
    return [
        MeetingLine(
            id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=_name(row, actor=actor),
            company_id=row.company_id,
            url_name=url_name,
            what=row.title,
            starts_at=row.meets_at,
            ends_at=row.meets_at + TABLE_LASTS,
            place=row.place,
            state=State.CANCELLED if row.state == IntroductionState.CANCELLED else row.state,
            reason=row.state_note,
            answer="",
            is_table=True,
        )
        for row in _named(tables, actor=actor).order_by("-meets_at", "pk")[: 2 * MOST_SHOWN]
    ]


def _named(rows: "QuerySet[Any]", *, actor: Actor) -> "QuerySet[Any]":
    """With the citizen's name for staff, without fetching the person."""
    if actor.citizen_id is not None or actor.is_employer:
        return rows
    named: QuerySet[Any] = rows.annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
    return named


def _name(row: Any, *, actor: Actor) -> str:
    if actor.citizen_id is not None or actor.is_employer:
        return ""
    return f"{row.given_name} {row.family_name}"


def _kind_told(row: Meeting, *, actor: Actor) -> str:
    return str(MeetingKind(row.kind).label)


def _answer_told(row: Meeting, *, actor: Actor) -> str:
    """The own answer for a citizen and a company, the citizen's for staff."""
    party = Party.COMPANY if actor.is_employer else Party.CITIZEN
    answers = [seat.answer for seat in row.participants.all() if seat.party == party and seat.left_at is None]
    return str(Answer(answers[0]).label) if answers else ""
