"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

from hashlib import sha256

from .models import Course, Enrolment, Material, Session

LENGTH = 24


def seen_row(row: Course | Session | Material) -> str:
    """When it was changed last."""
    return _mark(f"{row.pk} {row.changed_at.isoformat()}")


def seen_seat(row: Enrolment) -> str:
    """Where the person stands; their words are theirs and have no mark."""
    return _mark(f"{row.pk} {row.state} {row.state_on} {row.confirm_by}")


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:LENGTH]
