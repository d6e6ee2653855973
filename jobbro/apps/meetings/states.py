"""How a meeting and a booking move on."""

from .enums import HelpState, State

MOVES: dict[tuple[State, str], State] = {
    (State.PLANNED, "change"): State.PLANNED,
    (State.PLANNED, "cancel"): State.CANCELLED,
    (State.PLANNED, "hold"): State.HELD,
}
# A booking can be set to any of the others: interpreters fall ill and are found again.
HELP_STATES = tuple(HelpState)
