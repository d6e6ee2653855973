"""Who may do what with a citizen's own details; the wall has already decided whom the actor can see."""

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role

from .models import Citizen


def can_register_citizen(actor: Actor, *, municipality_code: str) -> bool:
    """Team leads, caseworkers and administrators register people of their own municipalities."""
    return municipality_code in actor.codes and actor.has(Role.TEAM_LEAD, Role.CASEWORKER, Role.ADMINISTRATOR)


def can_change_contact(actor: Actor, citizen: Citizen) -> bool:
    """The citizen, and those who work with them."""
    return actor.citizen_id == citizen.pk or actor.has(*CASEWORK_ROLES, Role.KEY_PERSON)


def can_change_name(actor: Actor, citizen: Citizen) -> bool:
    """Names and protection come from the register, so staff correct them."""
    return actor.citizen_id is None and can_change_contact(actor, citizen)


def can_change_consent(actor: Actor, citizen: Citizen) -> bool:
    """The citizen, or an employee who writes down what the citizen said."""
    return can_change_contact(actor, citizen)


def can_change_benefit(actor: Actor) -> bool:
    """Those who work with the citizen; citizens do not keep their own benefit periods."""
    return actor.is_caseworking


def can_invite_citizen(actor: Actor) -> bool:
    """Team leads and caseworkers, as the wall around accounts says too."""
    return actor.has(Role.TEAM_LEAD, Role.CASEWORKER)
