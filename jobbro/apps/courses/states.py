"""The allowed moves of a person's seat at a session."""

from .enums import SeatState

MOVES: dict[tuple[SeatState, str], SeatState] = {
    (SeatState.APPLIED, "seat"): SeatState.SEAT,
    (SeatState.APPLIED, "wait"): SeatState.WAITING,
    (SeatState.APPLIED, "leave"): SeatState.LEFT,
    (SeatState.WAITING, "leave"): SeatState.LEFT,
    (SeatState.OFFERED, "seat"): SeatState.SEAT,
    (SeatState.OFFERED, "leave"): SeatState.LEFT,
    (SeatState.SEAT, "leave"): SeatState.LEFT,
    (SeatState.SEAT, "complete"): SeatState.COMPLETED,
    (SeatState.SEAT, "stop"): SeatState.NOT_COMPLETED,
    # Somebody who left comes back: to the seat when it is still free, else to their old place on the list.
    (SeatState.LEFT, "seat"): SeatState.SEAT,
    (SeatState.LEFT, "wait"): SeatState.WAITING,
    (SeatState.LEFT, "apply"): SeatState.APPLIED,
    # What was noted by mistake is put right.
    (SeatState.COMPLETED, "stop"): SeatState.NOT_COMPLETED,
    (SeatState.NOT_COMPLETED, "complete"): SeatState.COMPLETED,
}
