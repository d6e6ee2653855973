"""The allowed moves of a dialogue."""

from .enums import State

MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "finish"): State.FINISHED,
    (State.FINISHED, "reopen"): State.OPEN,
    (State.FINISHED, "agree"): State.AGREED,
}
# While a dialogue stands here, answers can still be given and put right.
UNDER_WAY = (State.OPEN, State.FINISHED)
