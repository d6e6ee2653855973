"""Who a message is for: a citizen, somebody with a login, or an address."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Exactly one of citizen, account and e-mail address; `language` counts for an address only."""

    citizen_id: UUID | None = None
    user_id: UUID | None = None
    email: str = ""
    name: str = ""
    language: str = "da"

    def __post_init__(self) -> None:
        given = [self.citizen_id is not None, self.user_id is not None, bool(self.email)]
        if given.count(True) != 1:
            raise ValueError("a message is for one citizen, one account or one address")
