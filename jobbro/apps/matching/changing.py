"""Which one change would open most jobs for those who have few."""

from typing import Any

from jobbro.engines.matching.changes import changes_of

from .night import Night

# Whoever has this many on their list is not asked to change anything.
ENOUGH = 5
MOST_KEPT = 5


def best_changes(night: Night, *, row: int, listed: int) -> list[dict[str, Any]]:
    """The changes that open most, for a person with few jobs; as they are kept with the list."""
    if listed >= ENOUGH or not len(night.market):
        return []
    found = changes_of(night.people.part(row, row + 1), market=night.market)[:MOST_KEPT]
    return [{"kind": str(one.kind), "code": one.code, "opens": one.opens, "settles": one.settles} for one in found]
