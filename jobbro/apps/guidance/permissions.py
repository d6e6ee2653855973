"""Who may do what with facts and guidance; the wall in the database decides about whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

from .enums import ASSESSED

# Those who assess; the rest of the team tells what it knows, and key persons advise.
ASSESSING_ROLES = (Role.TEAM_LEAD, Role.CASEWORKER)


def can_tell_facts(actor: Actor, citizen_id: UUID) -> bool:
    """The citizen about themselves, and those who work with citizens. Key persons read."""
    return actor.citizen_id == citizen_id or (actor.citizen_id is None and actor.is_caseworking)


def can_assess(actor: Actor) -> bool:
    """Judgements are a caseworker's, never the citizen's."""
    return actor.citizen_id is None and actor.has(*ASSESSING_ROLES)


def can_tell_fact(actor: Actor, citizen_id: UUID, code: str) -> bool:
    """One fact: a judgement by those who assess, all others by those who tell."""
    return can_assess(actor) if code.startswith(ASSESSED) else can_tell_facts(actor, citizen_id)


def can_keep_guidance(actor: Actor) -> bool:
    """Those who work with citizens choose what is kept; the citizen and key persons read it."""
    return actor.citizen_id is None and actor.is_caseworking
