"""Who may do what at the table; the wall in the database decides about whom, and which company sits there."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from .enums import AT_COMPANY, Party, TaskOwner


def can_lay_table(actor: Actor) -> bool:
    """Plan, hold and decide a round-table, write agreements and arrange support: those who work with citizens."""
    return actor.citizen_id is None and not actor.is_employer and actor.is_caseworking


def party_of(actor: Actor, *, citizen_id: UUID, company_id: UUID) -> Party | None:
    """For whom the actor speaks and signs; None when they sit at no side of this table."""
    if actor.citizen_id == citizen_id:
        return Party.CITIZEN
    if actor.is_employer:
        return Party.EMPLOYER if company_id in actor.companies else None
    return Party.MUNICIPALITY if can_lay_table(actor) else None


def owners_of(actor: Actor, *, citizen_id: UUID, company_id: UUID) -> tuple[TaskOwner, ...]:
    """Whose tasks of the way into a job are the actor's own."""
    party = party_of(actor, citizen_id=citizen_id, company_id=company_id)
    if party == Party.CITIZEN:
        return (TaskOwner.CITIZEN,)
    if party == Party.EMPLOYER:
        return AT_COMPANY
    return (TaskOwner.MUNICIPALITY,) if party == Party.MUNICIPALITY else ()
