"""Who leads whom and who works with whom: the same answer as the wall in the database gives."""

from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role


def led_units(actor: Actor) -> list[UUID]:
    """Units that the actor leads today."""
    return sorted({position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD})


def can_lead(actor: Actor, *, unit_id: UUID) -> bool:
    """Make pairs, route citizens, tell what others know: the lead of the unit."""
    return unit_id in led_units(actor)


def can_see_team(actor: Actor, *, team_id: UUID, unit_id: UUID) -> bool:
    """Who is away and who stands in: those in the team, and the lead of its unit."""
    return can_lead(actor, unit_id=unit_id) or any(position.team_id == team_id for position in actor.positions)


def works_with(*, user_id: UUID) -> bool:
    """Whether the actor may note that this colleague is away: oneself, the own mini-team, the led units."""
    return _asked("select teams_works_with(%s)", user_id)


def may_tell_for(actor: Actor, *, user_id: UUID) -> bool:
    """Whether the actor may tell what this colleague knows and how much they work: oneself and the lead."""
    return bool(actor.positions) and (user_id == actor.id or _asked("select teams_leads(%s)", user_id))


def _asked(sql: str, user_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [user_id])
        return bool(cursor.fetchone()[0])
