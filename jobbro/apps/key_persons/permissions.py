"""Who sets up the register, answers questions, writes knowledge and reads the numbers; the wall says the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

from .enums import AdviserKind

if TYPE_CHECKING:
    from .models import Adviser, Question

_REACH = (
    "select key_persons_units(), key_persons_teams(), key_persons_served(), key_persons_municipalities(),"
    " key_persons_counted_units(), app_administered_units(), key_persons_near_units()"
)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """By the database's own word: units and teams whose questions the actor answers today, and the other rights."""

    units: frozenset[UUID]
    teams: frozenset[UUID]
    served: frozenset[UUID]
    municipalities: tuple[str, ...]
    counted: frozenset[UUID]
    sets_up: frozenset[UUID]
    near: frozenset[UUID]

    @property
    def is_adviser(self) -> bool:
        return bool(self.units or self.teams or self.municipalities)


def reach_of(actor: Actor) -> Reach:
    """What the actor may do today; nothing for citizens and employers."""
    with connection.cursor() as cursor:
        cursor.execute(_REACH)
        units, teams, served, municipalities, counted, administered, near = cursor.fetchone()
    led = {position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD}
    return Reach(
        units=frozenset(units),
        teams=frozenset(teams),
        served=frozenset(served),
        municipalities=tuple(sorted(municipalities)),
        counted=frozenset(counted),
        sets_up=frozenset(administered) | led,
        near=frozenset(near),
    )


def can_set_up(reach: Reach, *, unit_id: UUID) -> bool:
    """The unit's lead and the administrators of its municipality."""
    return unit_id in reach.sets_up


def can_change_adviser(actor: Actor, reach: Reach, adviser: "Adviser") -> bool:
    """Their own subjects and hours; and those who set up the register."""
    return adviser.user_id == actor.id or can_set_up(reach, unit_id=adviser.unit_id)


def can_name_oneself(actor: Actor, *, unit_id: UUID) -> bool:
    """A key person in the unit where they hold the role."""
    return any(p.role == Role.KEY_PERSON and p.unit_id == unit_id for p in actor.positions)


def can_answer(actor: Actor, reach: Reach, question: "Question") -> bool:
    """Key persons of the unit, resource persons of the team, who covers for them, whom it was directed to."""
    if question.asker_id == actor.id:
        return False
    return (
        question.unit_id in reach.units
        or (question.team_id is not None and question.team_id in reach.teams)
        or (question.directed_to_id == actor.id and question.unit_id in reach.served)
    )


def can_see_question(actor: Actor, reach: Reach, question: "Question") -> bool:
    """The asker, those who can answer it, and the unit's lead."""
    if not actor.positions:
        return False
    own = question.asker_id == actor.id and question.unit_id in reach.near
    return own or can_answer(actor, reach, question) or leads_unit(actor, question.unit_id)


def leads_unit(actor: Actor, unit_id: UUID) -> bool:
    return any(p.role == Role.TEAM_LEAD and p.unit_id == unit_id for p in actor.positions)


def needs_team(kind: str) -> bool:
    """A resource person is one in a team."""
    return kind == AdviserKind.RESOURCE_PERSON
