"""Seats: asked for, given, answered, left and taken again; the session is held fast before they are counted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans.models import Action

from ..checking import checked_access, checked_line, checked_words
from ..enums import CHOSEN_REASONS, LeftReason, SeatState, SessionState
from ..models import Enrolment, Session
from ..permissions import can_enrol
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_seat
from ..states import MOVES
from ..telling import tell_seat
from .sessions import fill_of, settle_session

LONGEST_NAME, LONGEST_NEEDS = 80, 2000


@dataclass(frozen=True, kw_only=True)
class SeatWish:
    """What the person says when they want to come. `name` is what they are called on the list of the course."""

    name: str
    needs_words: str = ""
    wants: tuple[str, ...] = ()
    action_id: UUID | None = None


def enrol(*, actor: Actor, citizen_id: UUID, session_id: UUID, wish: SeatWish, at: datetime, on: date) -> Enrolment:
    """The person has a seat, or stands on the waiting list; a citizen has asked, and an employee answers.

    Refused: `needed`, `too_long`, `cpr`, `access`, `step`, and `twice` for somebody who is on the list or has left it:
    their own page takes them back. Raises NotNow when it is too late.
    """
    is_own = actor.citizen_id is not None
    if not is_own and not can_enrol(actor):
        raise PermissionDenied
    _lock_citizen(actor=actor, citizen_id=citizen_id)
    session = _held(session_id)
    if not _takes_people(session, at=at, on=on):
        raise NotNow
    if Enrolment.objects.visible_to(actor).filter(citizen_id=citizen_id, session=session).exists():
        raise Refused("twice")
    enrolment = Enrolment(
        citizen_id=citizen_id, session=session, state_on=on, joined_at=at, made_by_id=actor.id, left_reason=""
    )
    _write_wish(enrolment, wish=wish, actor=actor)
    enrolment.state = SeatState.APPLIED if is_own else _best_state(session)
    enrolment.save(force_insert=True)
    _record(enrolment, verb=Verb.ENROLLED, on=on)
    if not is_own:
        tell_seat(citizen_id=citizen_id, enrolment_id=enrolment.pk, news=f"{enrolment.state}:{at.isoformat()}", at=at)
    return enrolment


def change_wish(*, actor: Actor, enrolment_id: UUID, wish: SeatWish, on: date) -> Enrolment:
    """What the person needs to take part is now this; the person or those who work with them."""
    enrolment = _locked(actor=actor, enrolment_id=enrolment_id)
    if enrolment.state not in (SeatState.APPLIED, SeatState.WAITING, SeatState.OFFERED, SeatState.SEAT):
        raise NotNow
    _write_wish(enrolment, wish=wish, actor=actor)
    enrolment.save(update_fields=["name", "needs_words", "wants", "action"])
    _record(enrolment, verb=Verb.ENROLLED, on=on)
    return enrolment


def answer_application(
    *, actor: Actor, enrolment_id: UUID, is_yes: bool, seen: str, at: datetime, on: date
) -> Enrolment:
    """Somebody who asked has a seat or stands on the list; or the course is not what helps most now."""
    if not can_enrol(actor):
        raise PermissionDenied
    enrolment = _locked(actor=actor, enrolment_id=enrolment_id, seen=seen)
    if enrolment.state != SeatState.APPLIED:
        raise NotNow
    if is_yes:
        if enrolment.session.begins_at <= at or enrolment.session.state != SessionState.OPEN:
            raise NotNow
        _move(enrolment, move="seat" if _best_state(enrolment.session) == SeatState.SEAT else "wait", on=on)
    else:
        _leave(enrolment, reason=LeftReason.NOT_NOW, on=on)
    _keep(enrolment, on=on)
    tell_seat(citizen_id=enrolment.citizen_id, enrolment_id=enrolment.pk, news=f"answer:{enrolment.state}:{on}", at=at)
    return enrolment


def confirm_seat(*, actor: Actor, enrolment_id: UUID, seen: str, at: datetime, on: date) -> Enrolment:
    """The person says yes to the seat that became free. Raises NotNow when the day to answer has passed."""
    enrolment = _locked(actor=actor, enrolment_id=enrolment_id, seen=seen)
    if enrolment.state != SeatState.OFFERED or enrolment.confirm_by is None or enrolment.confirm_by < on:
        raise NotNow
    if enrolment.session.begins_at <= at:
        raise NotNow
    _move(enrolment, move="seat", on=on)
    enrolment.confirm_by = None
    _keep(enrolment, on=on)
    return enrolment


def leave_seat(*, actor: Actor, enrolment_id: UUID, reason: LeftReason, seen: str, at: datetime, on: date) -> Enrolment:
    """The person is not coming, and the next on the list is offered the seat. Refused: `reason`."""
    enrolment = _locked(actor=actor, enrolment_id=enrolment_id, seen=seen)
    if reason not in CHOSEN_REASONS:
        raise Refused("reason", fields=("reason",))
    if (SeatState(enrolment.state), "leave") not in MOVES or enrolment.session.ends_at <= at:
        raise NotNow
    _leave(enrolment, reason=reason, on=on)
    _keep(enrolment, on=on)
    settle_session(session_id=enrolment.session_id, at=at)
    return enrolment


def take_seat_again(*, actor: Actor, enrolment_id: UUID, seen: str, at: datetime, on: date) -> Enrolment:
    """Leaving is undone: the seat when it is still free, else the old place on the waiting list.

    Who had only asked has asked again; whom the list went past stands last. Raises NotNow when it is too late.
    """
    enrolment = _locked(actor=actor, enrolment_id=enrolment_id, seen=seen)
    if not can_take_again(enrolment, actor=actor, at=at):
        raise NotNow
    if enrolment.left_reason not in CHOSEN_REASONS:
        enrolment.joined_at = at
    _move(enrolment, move=_move_back(enrolment), on=on)
    enrolment.left_from, enrolment.left_reason, enrolment.confirm_by = "", "", None
    _keep(enrolment, on=on)
    settle_session(session_id=enrolment.session_id, at=at)
    return enrolment


def _move_back(enrolment: Enrolment) -> str:
    if enrolment.left_from == SeatState.APPLIED and enrolment.left_reason in CHOSEN_REASONS:
        return "apply"
    is_next = enrolment.left_from != SeatState.WAITING and _best_state(enrolment.session) == SeatState.SEAT
    return "seat" if is_next else "wait"


def can_take_again(enrolment: Enrolment, *, actor: Actor, at: datetime) -> bool:
    """Whether leaving can be undone: what the person chose by everybody, the rest by those who give seats."""
    undone = (*CHOSEN_REASONS, LeftReason.NOT_NOW, LeftReason.NO_ANSWER) if can_enrol(actor) else CHOSEN_REASONS
    return (
        enrolment.state == SeatState.LEFT
        and enrolment.left_reason in undone
        and enrolment.session.state == SessionState.OPEN
        and enrolment.session.begins_at > at
    )


def _held(session_id: UUID) -> Session:
    """The session, held fast until the transaction ends: citizens may not lock its row themselves."""
    session: Session | None = Session.objects.filter(pk=session_id).first()
    if session is None:
        raise NotThere
    with connection.cursor() as cursor:
        cursor.execute("select courses_hold(%s::uuid)", [session_id])
    session.refresh_from_db()
    return session


def _locked(*, actor: Actor, enrolment_id: UUID, seen: str | None = None) -> Enrolment:
    """The person's place, with its session held fast before it: always in this order."""
    rows = Enrolment.objects.visible_to(actor)
    session_id = rows.filter(pk=enrolment_id).values_list("session_id", flat=True).first()
    if session_id is None:
        raise NotThere
    session = _held(session_id)
    enrolment: Enrolment = rows.select_for_update(of=("self",)).get(pk=enrolment_id)
    enrolment.session = session
    if not _is_in_circle(actor=actor, citizen_id=enrolment.citizen_id):
        raise PermissionDenied
    if seen is not None and seen_seat(enrolment) != seen:
        raise Changed
    return enrolment


def _is_in_circle(*, actor: Actor, citizen_id: UUID) -> bool:
    """Whoever runs the session sees the list; seats are moved by the person and those who work with them."""
    if actor.citizen_id is None and not can_enrol(actor):
        return False
    rows = Citizen.objects.visible_to(actor).filter(pk=citizen_id)
    return bool(list(rows.values_list("pk", flat=True)))


def _lock_citizen(*, actor: Actor, citizen_id: UUID) -> None:
    rows = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id)
    # The id alone: locking is no look at the person.
    if not list(rows.values_list("pk", flat=True)):
        raise NotThere


def _takes_people(session: Session, *, at: datetime, on: date) -> bool:
    return session.state == SessionState.OPEN and session.enrol_by >= on and session.begins_at > at


def _best_state(session: Session) -> SeatState:
    """A seat when one is free and nobody waits for it."""
    taken, waiting = fill_of(session_ids=[session.pk]).get(session.pk, (0, 0))
    return SeatState.SEAT if taken < session.seats and not waiting else SeatState.WAITING


def _write_wish(enrolment: Enrolment, *, wish: SeatWish, actor: Actor) -> None:
    enrolment.name = checked_line(wish.name, field="name", is_needed=True, most=LONGEST_NAME)
    enrolment.needs_words = checked_words(wish.needs_words, field="needs_words", most=LONGEST_NEEDS)
    enrolment.wants = checked_access(wish.wants, field="wants")
    if wish.action_id is not None and wish.action_id != enrolment.action_id:
        rows = Action.objects.visible_to(actor).filter(citizen_id=enrolment.citizen_id, pk=wish.action_id)
        if not rows.exists():
            raise Refused("step", fields=("action",))
    enrolment.action_id = wish.action_id


def _move(enrolment: Enrolment, *, move: str, on: date) -> None:
    try:
        enrolment.state = MOVES[SeatState(enrolment.state), move]
    except KeyError as error:
        raise NotNow from error
    enrolment.state_on = on


def _leave(enrolment: Enrolment, *, reason: LeftReason, on: date) -> None:
    before = enrolment.state
    _move(enrolment, move="leave", on=on)
    enrolment.left_from, enrolment.left_reason = before, reason


def _keep(enrolment: Enrolment, *, on: date) -> None:
    enrolment.save(update_fields=["state", "state_on", "confirm_by", "left_from", "left_reason", "joined_at"])
    _record(enrolment, verb=Verb.SEAT_MOVED, on=on)


def _record(enrolment: Enrolment, *, verb: Verb, on: date) -> None:
    record_event(verb=verb, citizen_id=enrolment.citizen_id, subject=enrolment, detail={"state": str(enrolment.state)})
    touch_case(citizen_id=enrolment.citizen_id, on=on)
