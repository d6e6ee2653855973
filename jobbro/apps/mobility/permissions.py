"""Who may do what between jobs; the wall in the database decides about whom. Companies do and read nothing here."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor


def can_help(actor: Actor) -> bool:
    """Those who work with citizens."""
    return actor.citizen_id is None and not actor.is_employer and actor.is_caseworking


def can_speak_for(actor: Actor, *, citizen_id: UUID) -> bool:
    """The citizen, and those who help them."""
    return actor.citizen_id == citizen_id or can_help(actor)
