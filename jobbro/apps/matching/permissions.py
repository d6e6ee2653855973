"""Who may do what with proposals; the wall in the database decides about whom."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role

from .enums import ProposalState, Side
from .states import CITIZEN_MOVES, NEXT


def can_propose(actor: Actor, citizen_id: UUID) -> bool:
    """Pick a job for a person: the citizen, and those who work with citizens. Never somebody at a company."""
    return actor.citizen_id == citizen_id or (actor.citizen_id is None and actor.is_caseworking)


def moves_of(actor: Actor, *, citizen_id: UUID, state: ProposalState) -> tuple[ProposalState, ...]:
    """Where the actor can move a proposal in this state."""
    if not can_propose(actor, citizen_id):
        return ()
    return tuple(move for move in NEXT[state] if actor.citizen_id is None or move in CITIZEN_MOVES)


def side_of(actor: Actor, citizen_id: UUID) -> Side:
    """For whom the actor speaks."""
    return Side.CITIZEN if actor.citizen_id == citizen_id else Side.MUNICIPALITY


def can_give_card(actor: Actor, citizen_id: UUID) -> bool:
    """Show a card, or take it back: the citizen, and with a reason those who work with citizens on their behalf."""
    return actor.citizen_id == citizen_id or (actor.citizen_id is None and actor.is_caseworking)


def can_run(actor: Actor) -> bool:
    """Start and stop runs over everybody: team leads and administrators."""
    return actor.has(Role.TEAM_LEAD, Role.ADMINISTRATOR)
