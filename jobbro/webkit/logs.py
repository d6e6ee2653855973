"""Technical logs without personal data: an exception is told by its class, SQLSTATE and place, never by its text."""

import logging
import re
import traceback

# A part of an address that is longer than any id: the secret of a link or of a calendar. Whoever has it reads on.
_SECRET = re.compile(r"(?<=/)[\w%.~-]{40,}")


class NoPersonalData(logging.Filter):
    """Replaces exception texts, and the values that a database error quotes, by where it happened; hides secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = told(record.exc_info[1])
            record.exc_info = None
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(argument) for argument in record.args)
        return True


def _plain(argument: object) -> object:
    if isinstance(argument, BaseException):
        return told(argument)
    return _SECRET.sub("…", argument) if isinstance(argument, str) else argument


def told(exception: BaseException) -> str:
    """`IntegrityError 23505 citizen_once_in_municipality at services.py:41 in register_citizen`."""
    diagnosis = getattr(getattr(exception, "__cause__", None), "diag", None)
    code = " ".join(filter(None, [getattr(diagnosis, "sqlstate", None), getattr(diagnosis, "constraint_name", None)]))
    frames = traceback.extract_tb(exception.__traceback__)[-8:]
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    return f"{type(exception).__name__} {code} at {places}".replace("  ", " ")
