"""Who may see a citizen and who may change a course: the same answer as the wall in the database gives."""

from dataclasses import dataclass
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

TEAM_ROLES = (Role.CASEWORKER, Role.JOB_BROKER)
URGENT_ROLES = (Role.TEAM_LEAD, Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON)


@dataclass(frozen=True, kw_only=True)
class Relations:
    """What ties people to one citizen today: the team with its unit, the members, open urgent accesses."""

    citizen_id: UUID
    team_id: UUID | None = None
    unit_id: UUID | None = None
    member_ids: frozenset[UUID] = frozenset()
    urgent_ids: frozenset[UUID] = frozenset()
    registered_now_by: UUID | None = None


def can_see_citizen(actor: Actor, relations: Relations) -> bool:
    """Oneself; with a position also: own team's, led unit's, member today, urgent access open, just registered."""
    if actor.citizen_id is not None:
        return actor.citizen_id == relations.citizen_id
    if not actor.positions:
        return False
    return (
        carries_team(actor, team_id=relations.team_id, unit_id=relations.unit_id)
        or actor.id in relations.member_ids
        or actor.id in relations.urgent_ids
        or actor.id == relations.registered_now_by
    )


def carries_team(actor: Actor, *, team_id: UUID | None, unit_id: UUID | None) -> bool:
    """Whether the team's caseload is the actor's: the own team, or any team of a unit that the actor leads."""
    return any(
        (position.role in TEAM_ROLES and team_id is not None and position.team_id == team_id)
        or (position.role == Role.TEAM_LEAD and unit_id is not None and position.unit_id == unit_id)
        for position in actor.positions
    )


def can_work_on_case(actor: Actor) -> bool:
    """Write in the log and set the next step: staff whom the wall lets see the citizen."""
    return actor.citizen_id is None and actor.has(*URGENT_ROLES)


def can_steer_case(actor: Actor, *, team_id: UUID, unit_id: UUID) -> bool:
    """Move, transfer, put people around the citizen: those who carry the caseload."""
    return carries_team(actor, team_id=team_id, unit_id=unit_id)


def can_open_urgently(actor: Actor) -> bool:
    return actor.citizen_id is None and actor.has(*URGENT_ROLES)


def can_review_urgent_access(actor: Actor, *, unit_id: UUID) -> bool:
    """The lead of the unit that carries the citizen."""
    return any(position.role == Role.TEAM_LEAD and position.unit_id == unit_id for position in actor.positions)
