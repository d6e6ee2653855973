"""Who may do what after the first day of work; the wall in the database decides about whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from .enums import TalkParty


def can_follow_up(actor: Actor) -> bool:
    """Ask for talks, hold them, answer help and signals: those who work with citizens."""
    return actor.citizen_id is None and not actor.is_employer and actor.is_caseworking


def can_note_sick_leave(actor: Actor, citizen_id: UUID) -> bool:
    """The citizen for themselves, and those who work with citizens."""
    return actor.citizen_id == citizen_id or can_follow_up(actor)


def party_of(actor: Actor, *, citizen_id: UUID, company_id: UUID) -> TalkParty | None:
    """For whom the actor answers; None for everybody else."""
    if actor.citizen_id == citizen_id:
        return TalkParty.CITIZEN
    return TalkParty.EMPLOYER if actor.is_employer and company_id in actor.companies else None
