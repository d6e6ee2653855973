"""Why a service said no; the pages have the words."""

from collections.abc import Mapping


class NotThere(LookupError):
    """The thing does not exist for this actor."""


class Changed(RuntimeError):
    """Somebody changed the thing after this page was opened."""


class NotNow(RuntimeError):
    """It stands where this is not done."""


class Refused(ValueError):
    """It cannot be done like this: `code` says why, `fields` where, `values` stand in the sentence."""

    def __init__(self, code: str, *, fields: tuple[str, ...] = (), values: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.values = dict(values or {})
