"""Why an act was not done: each says whether to look again, to put something right, or to go elsewhere."""

from collections.abc import Mapping


class NotThere(LookupError):
    """The row is not there, or not for this actor: the two are not told apart."""


class Refused(Exception):
    """The act cannot be done as asked; `code` says why, `fields` where, `values` fill the sentence."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = (), values: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.values = dict(values or {})


class Changed(Exception):
    """Somebody else changed it since it was read; nothing was overwritten."""


class NotNow(Exception):
    """It stands where this move is not allowed."""
