"""The allowed moves of a question, and who makes them."""

from .enums import QuestionState

MOVES: dict[tuple[QuestionState, str], QuestionState] = {
    (QuestionState.ASKED, "take"): QuestionState.TAKEN,
    (QuestionState.ASKED, "answer"): QuestionState.ANSWERED,
    (QuestionState.ASKED, "close"): QuestionState.CLOSED,
    (QuestionState.TAKEN, "release"): QuestionState.ASKED,
    (QuestionState.TAKEN, "answer"): QuestionState.ANSWERED,
    (QuestionState.TAKEN, "close"): QuestionState.CLOSED,
    (QuestionState.ANSWERED, "follow_up"): QuestionState.TAKEN,
    (QuestionState.ANSWERED, "close"): QuestionState.CLOSED,
}
# The asker goes on or closes; those who answer do the rest.
OF_THE_ASKER = ("follow_up", "close")
WAITING = (QuestionState.ASKED, QuestionState.TAKEN)


def moves_from(state: str) -> tuple[str, ...]:
    """What can happen with a question that stands here."""
    return tuple(move for (before, move) in MOVES if before == state)
