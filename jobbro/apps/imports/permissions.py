"""Who may import whom."""

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.organisations.permissions import administered_codes

from .enums import Kind


def can_import(actor: Actor, *, kind: Kind, municipality_code: str) -> bool:
    """Citizens: administrators and team leads. Colleagues: administrators."""
    if municipality_code in administered_codes(actor):
        return True
    return kind == Kind.CITIZENS and actor.has(Role.TEAM_LEAD) and municipality_code in actor.codes


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """What the actor may import at all."""
    if actor.has(Role.ADMINISTRATOR):
        return (Kind.CITIZENS, Kind.STAFF)
    return (Kind.CITIZENS,) if actor.has(Role.TEAM_LEAD) else ()
