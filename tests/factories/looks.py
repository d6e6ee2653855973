"""What the log of looks holds, read past the wall."""

from dataclasses import dataclass
from uuid import UUID

from jobbro.apps.accounts.models import User
from tests.factories.rows import rows_of


@dataclass(frozen=True)
class Look:
    """One row of the log."""

    citizen_ids: list[UUID]
    purpose: str
    purpose_text: str
    view: str
    kind: str
    tier: str
    related: bool
    outcome: str
    criterion: bytes


def looks_by(user: User) -> list[Look]:
    """The looks of this person, oldest first."""
    found = rows_of("select * from audit_look where actor_id = $1::uuid order by id", value=user.pk)
    return [
        Look(
            citizen_ids=[UUID(text) for text in row.citizen_ids],
            purpose=row.purpose,
            purpose_text=row.purpose_text,
            view=row.view,
            kind=row.kind,
            tier=row.tier,
            related=row.related,
            outcome=row.outcome,
            criterion=bytes.fromhex((row.criterion or "\\x")[2:]),
        )
        for row in found
    ]
