"""Why an act was not done: each says whether to look again, to put something right, or to go elsewhere."""


class NotThere(LookupError):
    """The row is not there, or not for this actor: the two are not told apart."""


class Refused(Exception):
    """The act cannot be done as asked; `code` says what has to be put right and `fields` where. Nothing was changed."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = (), word: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.word = word


class Changed(Exception):
    """Somebody else changed it since the page was opened."""


class NotNow(Exception):
    """It stands where this move is not allowed."""
