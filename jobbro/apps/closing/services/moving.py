"""A citizen moves to another municipality: proposed, told, answered by the citizen, received by a team lead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.services import CaseUnknown
from jobbro.apps.cases.services.locking import steered_case
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team, UnitMunicipality
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message

from ..checking import checked_line, checked_words
from ..enums import ALIVE, MoveState
from ..models import Move
from ..permissions import can_receive
from ..refusals import NotNow, NotThere, Refused
from ..states import MOVES

LONGEST_CONTACT, LONGEST_NOTED, LONGEST_WHY = 160, 200, 300
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class MoveDraft:
    """A handover as the sending caseworker proposes it; the legal basis is theirs to state."""

    to_code: str
    moves_on: date
    legal_basis: str
    contact: str
    handed_over: str = ""


def propose_move(*, actor: Actor, citizen_id: UUID, draft: MoveDraft, at: datetime, on: date) -> Move:
    """The handover is proposed and the citizen is told; they say what goes along.

    Refused: `municipality`, `moves_on`, `needed`, `too_long`, `cpr`, `moving` when one is under way.
    """
    _steered(actor=actor, citizen_id=citizen_id)
    citizen = Citizen.objects.visible_to(actor).get(pk=citizen_id)
    if not -FARTHEST <= draft.moves_on - on <= FARTHEST:
        raise Refused("moves_on", fields=("moves_on",))
    if draft.to_code == citizen.municipality_id or not is_served(code=draft.to_code, on=on):
        raise Refused("municipality", fields=("to_code",))
    move = Move(
        citizen_id=citizen_id,
        from_municipality_id=citizen.municipality_id,
        to_municipality_id=draft.to_code,
        name="" if citizen.is_protected else citizen.name,
        moves_on=draft.moves_on,
        legal_basis=checked_words(draft.legal_basis, field="legal_basis", is_needed=True),
        handed_over=checked_words(draft.handed_over, field="handed_over"),
        contact=checked_line(draft.contact, field="contact", is_needed=True, most=LONGEST_CONTACT),
        proposed_by_id=actor.id,
        proposed_at=at,
    )
    if Move.objects.filter(citizen_id=citizen_id, state__in=ALIVE).exists():
        raise Refused("moving")
    move.save(force_insert=True)
    record_event(verb=Verb.MOVE_PROPOSED, citizen_id=citizen_id, subject=move, detail={"to": draft.to_code})
    queue_message(
        to=Recipient(citizen_id=citizen_id),
        kind=MessageKind.CASE_MOVED,
        link=f"/citizens/{citizen_id}/move/",
        key=f"move:{move.pk}:proposed",
        send_at=at,
        at=at,
    )
    return move


def answer_move(
    *, actor: Actor, citizen_id: UUID, profile_goes: bool, plan_goes: bool, noted: str, at: datetime
) -> Move:
    """The citizen has said whether needs and plan go along; an employee who writes it down says how they heard it.

    The citizen may change their mind until it is received. Nobody writes over what they said themselves.
    Refused: `needed`, `own_word`.
    """
    is_own = actor.citizen_id is not None
    if not is_own:
        _steered(actor=actor, citizen_id=citizen_id)
    move = _locked(actor=actor, citizen_id=citizen_id)
    if not is_own and move.answered_at is not None and not move.answer_noted:
        raise Refused("own_word")
    move.answer_noted = "" if is_own else checked_line(noted, field="noted", is_needed=True, most=LONGEST_NOTED)
    move.profile_goes, move.plan_goes, move.answered_at = profile_goes, plan_goes, at
    _go(move, move_name="answer")
    move.save(update_fields=["profile_goes", "plan_goes", "answered_at", "answer_noted", "state"])
    detail = {"profile": profile_goes, "plan": plan_goes}
    record_event(verb=Verb.MOVE_ANSWERED, citizen_id=citizen_id, subject=move, detail=detail)
    return move


def call_off_move(*, actor: Actor, citizen_id: UUID, words: str, at: datetime) -> Move:
    """The citizen does not move after all. Refused: `needed`."""
    _steered(actor=actor, citizen_id=citizen_id)
    return _end(_locked(actor=actor, citizen_id=citizen_id), actor=actor, move_name="call_off", words=words, at=at)


def decline_move(*, actor: Actor, move_id: UUID, words: str, at: datetime) -> Move:
    """The receiving team lead sends it back and says why. Refused: `needed`."""
    return _end(_incoming(actor=actor, move_id=move_id), actor=actor, move_name="decline", words=words, at=at)


def take_move(*, actor: Actor, move_id: UUID, team_id: UUID, lead_user_id: UUID, at: datetime, on: date) -> UUID:
    """The citizen lives here now, with a team and a contact person; the old circle reads nothing more. Their id.

    Refused: `team`, `person`, `known_here` when the number is registered here already. Raises NotNow while the
    citizen has not answered and the day has not come.
    """
    move = _incoming(actor=actor, move_id=move_id)
    if move.state == MoveState.PROPOSED and move.moves_on > on:
        raise NotNow
    _check_receivers(move, actor=actor, team_id=team_id, lead_user_id=lead_user_id, on=on)
    values = [move.pk, team_id, lead_user_id, uuid7(), uuid7(), uuid7()]
    try:
        # A savepoint, so that the request can still answer after the database has said no.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select closing_move_citizen(%s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid)", values
            )
    except IntegrityError as refused:
        raise Refused("known_here") from refused
    except DatabaseError as refused:
        raise NotNow from refused
    record_event(verb=Verb.MOVE_TAKEN, citizen_id=move.citizen_id, subject=f"move:{move.pk}")
    queue_message(
        to=Recipient(citizen_id=move.citizen_id),
        kind=MessageKind.CASE_MOVED,
        link=f"/citizens/{move.citizen_id}/",
        key=f"move:{move.pk}:taken",
        send_at=at,
        at=at,
    )
    return move.citizen_id


def is_served(*, code: str, on: date) -> bool:
    """Whether a unit of this installation serves the municipality today."""
    return UnitMunicipality.objects.standing(on=on).filter(municipality_id=code).exists()


def _check_receivers(move: Move, *, actor: Actor, team_id: UUID, lead_user_id: UUID, on: date) -> None:
    led = [position.unit_id for position in actor.positions if position.role == "team_lead"]
    serving = UnitMunicipality.objects.standing(on=on).filter(municipality_id=move.to_municipality_id).values("unit_id")
    if not Team.objects.standing(on=on).filter(pk=team_id, unit_id__in=led).filter(unit_id__in=serving).exists():
        raise Refused("team", fields=("team",))
    if not Position.objects.standing(on=on).filter(user_id=lead_user_id, unit_id__in=serving).exists():
        raise Refused("person", fields=("lead",))


def _incoming(*, actor: Actor, move_id: UUID) -> Move:
    if not can_receive(actor):
        raise PermissionDenied
    rows = Move.objects.filter(to_municipality_id__in=actor.codes).select_for_update(of=("self",))
    move: Move | None = rows.filter(pk=move_id, state__in=ALIVE).first()
    if move is None:
        raise NotThere
    return move


def _locked(*, actor: Actor, citizen_id: UUID) -> Move:
    rows = Move.objects.visible_to(actor).filter(citizen_id=citizen_id).select_for_update(of=("self",))
    move: Move | None = rows.order_by("-proposed_at", "-pk").first()
    if move is None:
        raise NotThere
    if move.state not in ALIVE:
        raise NotNow
    return move


def _end(move: Move, *, actor: Actor, move_name: str, words: str, at: datetime) -> Move:
    move.ended_words = checked_line(words, field="words", is_needed=True, most=LONGEST_WHY)
    _go(move, move_name=move_name)
    move.ended_by_id, move.ended_at = actor.id, at
    move.save(update_fields=["state", "ended_words", "ended_by", "ended_at"])
    record_event(verb=Verb.MOVE_ENDED, citizen_id=move.citizen_id, subject=move, detail={"state": move.state})
    return move


def _go(move: Move, *, move_name: str) -> None:
    try:
        move.state = MOVES[MoveState(move.state), move_name]
    except KeyError as error:
        raise NotNow from error


def _steered(*, actor: Actor, citizen_id: UUID) -> Case:
    try:
        return steered_case(actor=actor, citizen_id=citizen_id)
    except CaseUnknown as error:
        raise NotThere from error
