"""The one error that the command line shows as a sentence instead of a traceback."""


class CommandFailed(Exception):
    """What happened, why, and what to do next; the command ends with `status`."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
