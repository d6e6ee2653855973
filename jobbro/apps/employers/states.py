"""The allowed moves of a partnership."""

from .enums import PartnerState

MOVES: dict[tuple[PartnerState, str], PartnerState] = {
    (PartnerState.NEW, "begin"): PartnerState.PARTNER,
    (PartnerState.NEW, "rest"): PartnerState.RESTING,
    (PartnerState.NEW, "close"): PartnerState.CLOSED,
    (PartnerState.PARTNER, "rest"): PartnerState.RESTING,
    (PartnerState.PARTNER, "close"): PartnerState.CLOSED,
    (PartnerState.RESTING, "resume"): PartnerState.PARTNER,
    (PartnerState.RESTING, "close"): PartnerState.CLOSED,
    (PartnerState.CLOSED, "reopen"): PartnerState.PARTNER,
}


def moves_from(state: str) -> tuple[str, ...]:
    """What can happen with a partnership that stands here."""
    return tuple(move for (before, move) in MOVES if before == state)
