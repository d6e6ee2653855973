"""Who asks, who answers, and who starts an effort; the wall in the database decides about whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role


def can_answer_opening(actor: Actor, citizen_id: UUID) -> bool:
    """The citizen, or those who work with them and write down what was said."""
    return actor.citizen_id == citizen_id or can_contact(actor)


def can_contact(actor: Actor) -> bool:
    """Those who work with citizens."""
    return actor.citizen_id is None and actor.is_caseworking


def can_start_effort(actor: Actor) -> bool:
    """Team leads, for the municipality."""
    return actor.has(Role.TEAM_LEAD)


def can_read_efforts(actor: Actor) -> bool:
    """Those who work with citizens, advise, lead or study."""
    return actor.has(*CASEWORK_ROLES, Role.KEY_PERSON, Role.ANALYST)


def can_read_figures(actor: Actor) -> bool:
    """Team leads and analysts; figures tell of nobody."""
    return actor.has(Role.TEAM_LEAD, Role.ANALYST)
