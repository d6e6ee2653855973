"""Reads of the outbox: one's own messages, a citizen's, what is to be done by hand, and how it goes in numbers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.looks import note_person
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.citizens.selectors import citizen_for

from .enums import BY_HAND, SECRET, MessageKind, State, Way
from .models import Message, MessageChoice
from .services import Wishes
from .wording import words_for

MOST_SHOWN = 100
# What has gone, or is shown on the person's own page only; what still waits is nobody's to read yet.
GONE = (State.SENT, State.UNSURE, State.FAILED)


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """A message in a list, in words."""

    id: UUID
    text: str
    link: str
    kind: MessageKind
    way: str
    state: State
    send_at: datetime
    sent_at: datetime | None
    problem: str
    can_send_again: bool


@dataclass(frozen=True, kw_only=True)
class MessagesPage:
    """Messages to one citizen; `is_own`: they read them themselves."""

    citizen: Citizen
    lines: tuple[MessageLine, ...]
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """Somebody to be phoned or written to, and what to tell them."""

    id: UUID
    citizen_id: UUID
    name: str
    phone: str
    way: Way
    text: str
    send_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChoicePage:
    """How a citizen wants messages. `followed`: what the file says when nothing is chosen; `open_ways`: set up here."""

    citizen: Citizen
    wishes: Wishes
    has_chosen: bool
    open_ways: tuple[Way, ...]
    email: str
    phone: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class OverviewRow:
    """Messages of a kind, way, state and problem: how many, since when the oldest waits, when the newest went."""

    kind: str
    way: str
    state: str
    problem: str
    messages: int
    oldest: datetime
    newest: datetime | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The outbox in numbers, of 30 days and all that waits."""

    rows: tuple[OverviewRow, ...]
    ways: tuple[tuple[Way, bool], ...]

    def of(self, *states: State) -> int:
        """How many stand in one of these states."""
        return sum(row.messages for row in self.rows if row.state in states)

    def late(self, *, at: datetime) -> int:
        """How many should have gone by now and wait, not counting those that are done by hand."""
        return sum(
            row.messages
            for row in self.rows
            if row.state == State.WAITING and row.problem and row.way not in BY_HAND and row.oldest <= at
        )


def open_ways() -> tuple[Way, ...]:
    """The ways that are set up here; letter, telephone and the own page always are."""
    by_folder = bool(settings.OUTBOX_FOLDER and settings.PUBLIC_ADDRESS)
    is_open = {
        Way.EMAIL: settings.MAIL_ENABLED,
        Way.SMS: by_folder,
        Way.DIGITAL_POST: by_folder and bool(settings.SENDER_CVR),
    }
    return tuple(way for way in Way if is_open.get(way, True))


def my_messages(*, actor: Actor, language: str) -> tuple[MessageLine, ...]:
    """What has been sent to the actor, the newest first. One query."""
    own = Q(user_id=actor.id) | Q(citizen_id=actor.citizen_id, citizen_id__isnull=False)
    rows = Message.objects.visible_to(actor).filter(own, state__in=GONE).order_by("-send_at", "pk")
    return tuple(_line(row, language=language, can_send_again=False) for row in rows[:MOST_SHOWN])


def citizen_messages(*, actor: Actor, citizen_id: UUID, language: str, at: datetime) -> MessagesPage | None:
    """Messages to a citizen; staff see also what waits. None when there is none for the actor. Two queries."""
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    is_own = actor.citizen_id == citizen_id
    rows = Message.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-send_at", "pk")
    shown = (rows.filter(state__in=GONE) if is_own else rows)[:MOST_SHOWN]
    lines = [
        _line(row, language=language, can_send_again=not is_own and _is_open(row, at=at), is_secret=not is_own)
        for row in shown
    ]
    return MessagesPage(citizen=citizen, lines=tuple(lines), is_own=is_own)


def calls(*, actor: Actor, language: str) -> tuple[CallLine, ...]:
    """Whom to phone or write to, among the citizens the actor may see, the oldest first. One query."""
    rows = (
        Message.objects.visible_to(actor)
        .filter(citizen__isnull=False, state=State.WAITING, way__in=BY_HAND)
        .annotate(
            given_name=F("citizen__given_name"),
            family_name=F("citizen__family_name"),
            phone=F("citizen__contact__phone"),
        )
        .order_by("send_at", "pk")[:MOST_SHOWN]
    )
    found = tuple(_call(row, language=language) for row in rows)
    for line in found:
        note_person(line.citizen_id)
    return found


def choice_page(*, actor: Actor, citizen_id: UUID) -> ChoicePage | None:
    """How the citizen wants messages; None when there is no such citizen for the actor. Three queries."""
    citizen = None if actor.is_employer else citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    row = MessageChoice.objects.visible_to(actor).filter(citizen_id=citizen_id).first()
    contact = Contact.objects.visible_to(actor).filter(citizen_id=citizen_id).first()
    return ChoicePage(
        citizen=citizen,
        wishes=_wishes(row) if row else Wishes(),
        has_chosen=row is not None,
        open_ways=open_ways(),
        email=contact.email if contact else "",
        phone=contact.phone if contact else "",
        is_own=actor.citizen_id == citizen_id,
    )


def overview(*, actor: Actor, on: date) -> Overview:
    """How the outbox goes, for administrators. One query."""
    since = on - timedelta(days=30)
    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_overview(%s::timestamptz)", [since])
        rows = tuple(
            OverviewRow(
                kind=kind, way=way, state=state, problem=problem, messages=messages, oldest=oldest, newest=newest
            )
            for kind, way, state, problem, messages, oldest, newest in cursor.fetchall()
        )
    ready = open_ways()
    return Overview(rows=rows, ways=tuple((way, way in ready) for way in (Way.EMAIL, Way.SMS, Way.DIGITAL_POST)))


def _line(row: Message, *, language: str, can_send_again: bool, is_secret: bool = False) -> MessageLine:
    kind = MessageKind(row.kind)
    return MessageLine(
        id=row.pk,
        text=_text(row, language=language),
        link="" if is_secret and kind in SECRET else row.link,
        kind=kind,
        way=str(Way(row.way).label) if row.way else "",
        state=State(row.state),
        send_at=row.send_at,
        sent_at=row.sent_at,
        problem=row.get_problem_display() if row.problem else "",
        can_send_again=can_send_again,
    )


def _text(row: Message, *, language: str) -> str:
    kind = MessageKind(row.kind)
    return words_for(kind=kind, values=row.values, language=language, is_protected=False).text


def _is_open(row: Message, *, at: datetime) -> bool:
    return row.state in (State.UNSURE, State.FAILED) and (row.until_at is None or row.until_at >= at)


def _call(row: Any, *, language: str) -> CallLine:
    return CallLine(
        id=row.pk,
        citizen_id=row.citizen_id,
        name=f"{row.given_name} {row.family_name}",
        phone=row.phone or "",
        way=Way(row.way),
        text=_text(row, language=language),
        send_at=row.send_at,
        until_at=row.until_at,
    )


def _wishes(row: MessageChoice) -> Wishes:
    return Wishes(
        way=Way(row.way) if row.way else None,
        wants_day_before=row.wants_day_before,
        wants_hour_before=row.wants_hour_before,
        wants_tasks=row.wants_tasks,
    )
