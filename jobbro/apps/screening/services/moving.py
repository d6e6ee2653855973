"""The one place where a dialogue changes its state."""

from datetime import datetime

from jobbro.apps.screening.enums import State
from jobbro.apps.screening.models import Dialogue
from jobbro.apps.screening.states import MOVES


class MoveRefused(ValueError):
    """The dialogue cannot make this move from where it is."""


def move(*, dialogue: Dialogue, name: str, at: datetime) -> None:
    """The locked dialogue has made the move. Raises MoveRefused."""
    state = MOVES.get((State(dialogue.state), name))
    if state is None:
        raise MoveRefused(f"A dialogue that is {dialogue.state} cannot {name}.")
    dialogue.state = state
    dialogue.finished_at = None if state == State.OPEN else dialogue.finished_at or at
    dialogue.save(update_fields=["state", "finished_at"])
