"""Who may reckon; the wall in the database decides about whom."""

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role


def can_reckon(actor: Actor) -> bool:
    """Employees who may open the file. Never the citizen: what somebody costs is no news to give a person."""
    return actor.citizen_id is None and actor.has(*CASEWORK_ROLES, Role.KEY_PERSON)
