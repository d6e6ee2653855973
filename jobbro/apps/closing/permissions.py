"""Who may close, open again and hand over; the wall in the database decides about whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.permissions import can_steer_case


def can_close(actor: Actor, *, team_id: UUID, unit_id: UUID) -> bool:
    """Close, open again, propose a handover: those who carry the caseload."""
    return actor.citizen_id is None and can_steer_case(actor, team_id=team_id, unit_id=unit_id)


def can_receive(actor: Actor) -> bool:
    """Take a citizen who moves here: team leads."""
    return actor.citizen_id is None and actor.has(Role.TEAM_LEAD)
