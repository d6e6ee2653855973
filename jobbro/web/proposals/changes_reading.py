"""Which one change would open most jobs, as sentences."""

from dataclasses import dataclass

from jobbro.apps.matching.one_change import OneChange
from jobbro.webkit.one_change import change_told, opens_told


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A change and how many jobs it would open."""

    text: str
    opens: str


def change_lines(changes: tuple[OneChange, ...]) -> tuple[ChangeLine, ...]:
    """The changes as sentences, most jobs first."""
    return tuple(ChangeLine(text=change_told(one.kind, one.value), opens=opens_told(one.opens)) for one in changes)
