"""The allowed moves of a handover to another municipality."""

from .enums import MoveState

MOVES: dict[tuple[MoveState, str], MoveState] = {
    (MoveState.PROPOSED, "answer"): MoveState.ANSWERED,
    (MoveState.ANSWERED, "answer"): MoveState.ANSWERED,
    (MoveState.PROPOSED, "take"): MoveState.TAKEN,
    (MoveState.ANSWERED, "take"): MoveState.TAKEN,
    (MoveState.PROPOSED, "decline"): MoveState.DECLINED,
    (MoveState.ANSWERED, "decline"): MoveState.DECLINED,
    (MoveState.PROPOSED, "call_off"): MoveState.CALLED_OFF,
    (MoveState.ANSWERED, "call_off"): MoveState.CALLED_OFF,
}
