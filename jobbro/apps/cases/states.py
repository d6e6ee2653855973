"""The allowed moves of a course."""

from .enums import State

MOVES: dict[tuple[State, str], State] = {
    (State.OPEN, "pause"): State.PAUSED,
    (State.PAUSED, "resume"): State.OPEN,
    (State.OPEN, "close"): State.CLOSED,
    (State.PAUSED, "close"): State.CLOSED,
    (State.CLOSED, "reopen"): State.OPEN,
}
