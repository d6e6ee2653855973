"""Who may import whom."""

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.organisations.permissions import administered_codes

from .enums import Kind


def can_import(actor: Actor, *, kind: Kind, municipality_code: str) -> bool:
    """Citizens: administrators and team leads. Colleagues: administrators. Companies and jobs: team leads."""
    if kind in (Kind.EMPLOYERS, Kind.OPENINGS):
        return actor.has(Role.TEAM_LEAD) and municipality_code in actor.codes
    if municipality_code in administered_codes(actor):
        return True
    return kind == Kind.CITIZENS and actor.has(Role.TEAM_LEAD) and municipality_code in actor.codes


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """What the actor may import at all."""
    is_lead = actor.has(Role.TEAM_LEAD)
    people = (Kind.CITIZENS, Kind.STAFF) if actor.has(Role.ADMINISTRATOR) else (Kind.CITIZENS,) if is_lead else ()
    return (*people, Kind.EMPLOYERS, Kind.OPENINGS) if is_lead else people
