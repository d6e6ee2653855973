"""Which persons this request has fetched: filled when a row is loaded, emptied when page() records the look."""

from contextvars import ContextVar
from uuid import UUID

_seen: ContextVar[dict[UUID, None] | None] = ContextVar("persons_seen", default=None)


def start_watching() -> None:
    """From here on fetched persons are remembered, in the order they were first fetched."""
    _seen.set({})


def note_person(citizen_id: UUID) -> None:
    """The person has been fetched. Outside a request nobody watches: jobs and commands record by themselves."""
    seen = _seen.get()
    if seen is not None:
        seen[citizen_id] = None


def persons_seen() -> tuple[UUID, ...]:
    """The persons fetched since `start_watching`; watching ends."""
    seen = _seen.get() or {}
    _seen.set(None)
    return tuple(seen)
