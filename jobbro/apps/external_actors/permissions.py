"""Who may do what with partners outside the municipality; the wall in the database decides about which and whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role

from .enums import Party


def can_read_external_actors(actor: Actor) -> bool:
    """Staff who work with people, advise or administer."""
    return actor.has(*CASEWORK_ROLES, Role.KEY_PERSON, Role.ADMINISTRATOR)


def can_keep_external_actors(actor: Actor) -> bool:
    """Those who work with citizens keep the cooperation, its people and the engagements."""
    return actor.citizen_id is None and not actor.is_external and actor.is_caseworking


def can_approve_engagement(actor: Actor, citizen_id: UUID) -> bool:
    """The citizen; or those who work with them, when they write down why."""
    return actor.citizen_id == citizen_id or can_keep_external_actors(actor)


def party_of(actor: Actor, citizen_id: UUID) -> Party | None:
    """For whom the actor writes."""
    if actor.citizen_id == citizen_id:
        return Party.CITIZEN
    if actor.is_external:
        return Party.PARTNER
    return Party.MUNICIPALITY if can_keep_external_actors(actor) else None
