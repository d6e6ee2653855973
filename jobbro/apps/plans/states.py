"""The allowed moves of a plan and of its steps."""

from .enums import ActionState, State

MOVES: dict[tuple[State, str], State] = {
    (State.DRAFT, "propose"): State.PROPOSED,
    (State.PROPOSED, "revise"): State.DRAFT,
    (State.PROPOSED, "agree"): State.AGREED,
    (State.AGREED, "revise"): State.DRAFT,
    (State.AGREED, "close"): State.CLOSED,
    (State.DRAFT, "close"): State.CLOSED,
}

ACTION_MOVES: dict[tuple[ActionState, str], ActionState] = {
    (ActionState.AGREED, "start"): ActionState.UNDER_WAY,
    (ActionState.AGREED, "finish"): ActionState.DONE,
    (ActionState.UNDER_WAY, "finish"): ActionState.DONE,
    (ActionState.AGREED, "drop"): ActionState.DROPPED,
    (ActionState.UNDER_WAY, "drop"): ActionState.DROPPED,
    (ActionState.DONE, "reopen"): ActionState.UNDER_WAY,
    (ActionState.DROPPED, "reopen"): ActionState.UNDER_WAY,
}
