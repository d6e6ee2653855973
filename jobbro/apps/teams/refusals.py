"""Why a service said no; the pages have the words."""


class NotThere(LookupError):
    """The thing does not exist for this actor."""


class Changed(RuntimeError):
    """It is otherwise now than when the page was opened."""


class NotNow(RuntimeError):
    """It stands where this is not done."""


class Refused(ValueError):
    """It cannot be done like this: `code` says why, `fields` where."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
