"""What somebody saw when they began to edit, so that a later change by a colleague is not overwritten unseen."""

from hashlib import sha256

from django.db.models import Model

UNIT_FIELDS = ("name", "phone", "email", "from_on", "until_on")
TEAM_FIELDS = ("name", "from_on", "until_on")


class StaleEdit(RuntimeError):
    """Somebody else changed the row after the page was opened; look at it again before saving."""


def stamp_of(row: Model, *fields: str) -> str:
    """A short digest of these fields as they are now."""
    return sha256(repr([getattr(row, field) for field in fields]).encode()).hexdigest()[:16]


def refuse_stale(row: Model, *fields: str, seen: str) -> None:
    """Raises StaleEdit unless the fields are as they were when the page was made."""
    if stamp_of(row, *fields) != seen:
        raise StaleEdit(f"{row._meta.model_name} was changed by somebody else meanwhile; show it again.")
