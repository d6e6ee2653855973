"""Who may do what with support and plans; the wall in the database decides about whom."""

from jobbro.apps.accounts.actor import Actor

from .enums import State, Who
from .models import Action, Plan


def can_choose_support(actor: Actor) -> bool:
    """Those who work with citizens; the citizen and key persons read."""
    return actor.is_caseworking


def can_write_plan(actor: Actor) -> bool:
    """Goals, steps, proposing, revising and closing."""
    return actor.is_caseworking


def can_agree_plan(actor: Actor, plan: Plan) -> bool:
    """A plan that is ready: the citizen for themselves, or an employee."""
    return plan.state == State.PROPOSED and (actor.citizen_id == plan.citizen_id or actor.is_caseworking)


def can_tell_action(actor: Actor, action: Action) -> bool:
    """How a step went: employees on every step, the citizen on their own."""
    return actor.is_caseworking or (actor.citizen_id == action.citizen_id and action.who == Who.CITIZEN)
