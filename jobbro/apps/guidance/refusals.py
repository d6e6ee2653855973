"""Why an act was not done: each says whether to look again, to put something right, or to go elsewhere."""


class NotThere(LookupError):
    """The citizen, fact or answer is not there, or not for this actor: the two are not told apart."""


class Refused(Exception):
    """The fact cannot be kept as told; `code` is the fact to put right, `reason` says how, and nothing was changed."""

    def __init__(self, *, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class Changed(Exception):
    """Somebody else told the same fact since it was read; nothing was overwritten."""
