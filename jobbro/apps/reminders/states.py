"""How a reminder moves on; whatever has reached the mail server once is never handed over again."""

from .enums import State

MOVES: dict[tuple[State, str], State] = {
    (State.WAITING, "begin"): State.HANDING_OVER,
    (State.WAITING, "postpone"): State.WAITING,
    (State.WAITING, "refuse"): State.FAILED,
    (State.WAITING, "call_off"): State.CALLED_OFF,
    (State.WAITING, "lapse"): State.LAPSED,
    (State.HANDING_OVER, "finish"): State.SENT,
    (State.HANDING_OVER, "postpone"): State.WAITING,
    (State.HANDING_OVER, "refuse"): State.FAILED,
    (State.HANDING_OVER, "lose"): State.UNSURE,
}
