"""Which one change would open most jobs for those who have few."""

from typing import Any

from .night import Night


def changes_of(night: Night, *, row: int, listed: int) -> list[dict[str, Any]]:
    """The changes, most jobs first."""
    return []
