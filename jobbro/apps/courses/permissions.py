"""Who may do what with courses and seats; the wall in the database decides about whom."""

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

# Those who know what people need from a course, and those who answer for it. Job brokers enrol, they do not plan.
KEEPERS = (Role.TEAM_LEAD, Role.CASEWORKER, Role.KEY_PERSON)


def can_keep_catalogue(actor: Actor) -> bool:
    """Add and change courses, materials and sessions of the own municipality."""
    return actor.citizen_id is None and actor.has(*KEEPERS)


def can_enrol(actor: Actor) -> bool:
    """Give seats: those who work with citizens. A citizen asks for a seat."""
    return actor.citizen_id is None and actor.is_caseworking
