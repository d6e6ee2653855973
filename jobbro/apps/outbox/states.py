"""How a message moves on."""

from .enums import State

MOVES: dict[tuple[State, str], State] = {
    (State.WAITING, "begin"): State.HANDING_OVER,
    (State.WAITING, "postpone"): State.WAITING,
    (State.WAITING, "refuse"): State.FAILED,
    (State.WAITING, "call_off"): State.CALLED_OFF,
    (State.WAITING, "lapse"): State.LAPSED,
    # Done by hand, or only shown on the person's own page.
    (State.WAITING, "finish"): State.SENT,
    (State.HANDING_OVER, "finish"): State.SENT,
    (State.HANDING_OVER, "postpone"): State.WAITING,
    (State.HANDING_OVER, "refuse"): State.FAILED,
    (State.HANDING_OVER, "lose"): State.UNSURE,
    # Somebody has looked and it did not arrive, or the address has been mended.
    (State.UNSURE, "again"): State.WAITING,
    (State.FAILED, "again"): State.WAITING,
}
