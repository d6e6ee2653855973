"""A handover to another municipality, as the citizen, the sender and the receiver read it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Verb
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.selectors.around import Choice, colleagues_for, teams_for
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Municipality, UnitMunicipality

from ..enums import ALIVE
from ..facts import InPlace, in_place
from ..models import Move, MovedAway
from ..permissions import can_close

MOST = 200


@dataclass(frozen=True, kw_only=True)
class MovePage:
    """Where a citizen moves, what goes along, and what they have said."""

    citizen: Citizen
    move: Move | None
    municipalities: tuple[tuple[str, str], ...]
    in_place: tuple[InPlace, ...]
    is_own: bool
    can_steer: bool
    is_alive: bool

    @property
    def has_own_word(self) -> bool:
        """The citizen has answered for themselves."""
        return self.move is not None and self.move.answered_at is not None and not self.move.answer_noted

    @property
    def may_answer(self) -> bool:
        """The reader may say what goes along: the citizen, or who steers the case and notes what they said."""
        return self.is_alive and (self.is_own or (self.can_steer and not self.has_own_word))


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """Somebody who moves here; `can_take` says whether they can be received today."""

    move: Move
    can_take: bool


@dataclass(frozen=True, kw_only=True)
class MovedInPage:
    """Those who wait to be received, and those who have left, for a team lead."""

    incoming: tuple[Incoming, ...]
    left: tuple[MovedAway, ...]


@dataclass(frozen=True, kw_only=True)
class Receivers:
    """Teams of the team lead that serve the municipality, and who can be the contact person."""

    teams: tuple[Choice, ...]
    people: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """What the unit keeps of somebody who moved, and what its people did."""

    kept: MovedAway
    acts: tuple[tuple[datetime, str, str], ...]


def move_page(*, actor: Actor, citizen_id: UUID, on: date) -> MovePage | None:
    """None when there is no such citizen for the actor, or nothing for the citizen to read."""
    case = Case.objects.visible_to(actor).select_related("citizen", "team").filter(citizen_id=citizen_id).first()
    if case is None:
        return None
    is_own = actor.citizen_id == citizen_id
    can_steer = can_close(actor, team_id=case.team_id, unit_id=case.team.unit_id)
    rows = Move.objects.visible_to(actor).filter(citizen_id=citizen_id).select_related("to_municipality")
    move: Move | None = rows.order_by("-proposed_at", "-pk").first()
    if not (is_own or can_steer) or (is_own and move is None):
        return None
    is_alive = move is not None and move.state in ALIVE
    return MovePage(
        citizen=case.citizen,
        move=move,
        municipalities=() if is_own or is_alive else _served(but=case.citizen.municipality_id, on=on),
        in_place=in_place(actor=actor, citizen_id=citizen_id, on=on),
        is_own=is_own,
        can_steer=can_steer,
        is_alive=is_alive,
    )


def _served(*, but: str, on: date) -> tuple[tuple[str, str], ...]:
    serving = UnitMunicipality.objects.standing(on=on).filter(municipality_id=OuterRef("code"))
    rows = Municipality.objects.standing(on=on).filter(Exists(serving)).exclude(code=but)
    return tuple(rows.order_by("name").values_list("code", "name"))


def moved_in_page(*, actor: Actor, on: date) -> MovedInPage:
    """Those who move to the municipalities of the units the actor leads, the nearest day first."""
    rows = Move.objects.filter(to_municipality_id__in=actor.codes, state__in=ALIVE)
    moves = rows.select_related("from_municipality", "to_municipality").order_by("moves_on", "pk")[:MOST]
    kept = MovedAway.objects.visible_to(actor).select_related("municipality").order_by("-moved_on", "-pk")[:MOST]
    return MovedInPage(
        incoming=tuple(Incoming(move=one, can_take=can_take(one, on=on)) for one in moves),
        left=tuple(kept),
    )


def incoming_move(*, actor: Actor, move_id: UUID) -> Move | None:
    """One handover that waits for the actor, or None."""
    rows = Move.objects.filter(to_municipality_id__in=actor.codes, state__in=ALIVE)
    return rows.select_related("from_municipality", "to_municipality").filter(pk=move_id).first()


def can_take(move: Move, *, on: date) -> bool:
    """The citizen has answered, or the day has come; then only what they said yes to goes along."""
    return move.answered_at is not None or move.moves_on <= on


def receivers_for(*, actor: Actor, move: Move, on: date) -> Receivers:
    """Who can receive the citizen."""
    led = {position.unit for position in actor.positions if position.role == Role.TEAM_LEAD}
    codes = (move.to_municipality_id,)
    return Receivers(
        teams=tuple(team for team in teams_for(codes=codes, on=on) if team.note in led),
        people=colleagues_for(codes=codes, on=on),
    )


def kept_page(*, actor: Actor, kept_id: UUID) -> KeptPage | None:
    """What the unit keeps, or None."""
    kept = MovedAway.objects.visible_to(actor).select_related("municipality", "unit").filter(pk=kept_id).first()
    if kept is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select happened_at, verb, name from closing_old_acts(%s::uuid)", [kept_id])
        acts = tuple((at, str(Verb(verb).label), name) for at, verb, name in cursor.fetchall() if verb in Verb.values)
    return KeptPage(kept=kept, acts=acts)
