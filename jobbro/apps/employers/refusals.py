"""Why an act was not done: each says whether to look again, to put something right, or to go elsewhere."""

from uuid import UUID


class NotThere(LookupError):
    """The row is not there, or not for this actor: the two are not told apart."""


class Refused(Exception):
    """The act cannot be done as asked; `code` says what has to be put right and `fields` where. Nothing was changed."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class HeldAlready(Exception):
    """The municipality has this company already: whose it is, and where."""

    def __init__(self, *, company_id: UUID, name: str, broker: str, team: str) -> None:
        super().__init__(str(company_id))
        self.company_id, self.name, self.broker, self.team = company_id, name, broker, team


class NotNow(Exception):
    """It stands where this move is not allowed."""
