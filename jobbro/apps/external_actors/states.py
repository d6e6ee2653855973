"""Where an engagement can go from where it stands."""

from .enums import State

MOVES: dict[tuple[State, str], State] = {
    (State.PROPOSED, "approve"): State.APPROVED,
    (State.PROPOSED, "drop"): State.DROPPED,
    (State.APPROVED, "end"): State.ENDED,
}
