"""How a course ends and what is kept of it, as the pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.cases.selectors.around import Choice, colleagues_for
from jobbro.apps.citizens.models import Citizen

from ..facts import InPlace, OpenThing, Reached, in_place, open_things, reached
from ..models import Closing, LastWord, Reopening
from ..permissions import can_close
from ..services.ending import newest_closing

MOST = 50


@dataclass(frozen=True, kw_only=True)
class ClosePage:
    """What the form of an ending begins with: facts, not judgements."""

    citizen: Citizen
    is_closed: bool
    open_things: tuple[OpenThing, ...]
    reached: tuple[Reached, ...]
    in_place: tuple[InPlace, ...]
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, kw_only=True)
class ClosedPage:
    """How the course ended; `closing` is None when it was closed before endings were written down."""

    citizen: Citizen
    closing: Closing | None
    last_words: tuple[LastWord, ...]
    reopenings: tuple[Reopening, ...]
    closed_by: str
    is_own: bool
    is_closed: bool
    can_reopen: bool


@dataclass(frozen=True, kw_only=True)
class ReopenPage:
    """What the form of a new beginning begins with: how it ended, and who could be the contact person."""

    citizen: Citizen
    is_closed: bool
    closing: Closing | None
    people: tuple[Choice, ...]
    lead_id: UUID | None


def close_page(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> ClosePage | None:
    """The facts of the course; None for those who do not carry it."""
    case = _carried(actor=actor, citizen_id=citizen_id)
    if case is None:
        return None
    lead = _lead(citizen_id=citizen_id, on=on)
    return ClosePage(
        citizen=case.citizen,
        is_closed=case.state == State.CLOSED,
        open_things=open_things(actor=actor, citizen_id=citizen_id, at=at, on=on),
        reached=reached(actor=actor, citizen_id=citizen_id),
        in_place=in_place(actor=actor, citizen_id=citizen_id, on=on),
        contact_name=lead.display_name if lead else actor.name,
        contact_phone=lead.phone if lead else actor.phone,
    )


def closed_page(*, actor: Actor, citizen_id: UUID) -> ClosedPage | None:
    """How it ended; None when there is no such citizen for the actor."""
    case = _seen(actor=actor, citizen_id=citizen_id)
    if case is None:
        return None
    closing = newest_closing(actor=actor, citizen_id=citizen_id)
    rows = Reopening.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return ClosedPage(
        citizen=case.citizen,
        closing=closing,
        last_words=tuple(closing.last_words.order_by("written_at", "pk")[:MOST]) if closing else (),
        reopenings=tuple(rows.order_by("-reopened_at", "-pk")[:MOST]),
        closed_by=_name(closing.closed_by_id) if closing else "",
        is_own=actor.citizen_id == citizen_id,
        is_closed=case.state == State.CLOSED,
        can_reopen=case.state == State.CLOSED and can_close(actor, team_id=case.team_id, unit_id=case.team.unit_id),
    )


def reopen_page(*, actor: Actor, citizen_id: UUID, on: date) -> ReopenPage | None:
    """Who can be the contact person now; the one before when they still work here."""
    case = _carried(actor=actor, citizen_id=citizen_id)
    if case is None:
        return None
    people = colleagues_for(codes=(case.citizen.municipality_id,), on=on)
    lead = _lead(citizen_id=citizen_id, on=on)
    is_here = lead is not None and any(person.id == lead.pk for person in people)
    return ReopenPage(
        citizen=case.citizen,
        is_closed=case.state == State.CLOSED,
        closing=newest_closing(actor=actor, citizen_id=citizen_id),
        people=people,
        lead_id=lead.pk if lead and is_here else None,
    )


def _seen(*, actor: Actor, citizen_id: UUID) -> Case | None:
    rows = Case.objects.visible_to(actor).select_related("citizen", "team")
    return rows.filter(citizen_id=citizen_id).first()


def _carried(*, actor: Actor, citizen_id: UUID) -> Case | None:
    case = _seen(actor=actor, citizen_id=citizen_id)
    if case is None or not can_close(actor, team_id=case.team_id, unit_id=case.team.unit_id):
        return None
    return case


def _lead(*, citizen_id: UUID, on: date) -> User | None:
    rows = CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id, role=MemberRole.LEAD)
    member = rows.select_related("user").order_by("-from_on").first()
    return member.user if member else None


def _name(user_id: UUID) -> str:
    return User.objects.filter(pk=user_id).values_list("display_name", flat=True).first() or ""
