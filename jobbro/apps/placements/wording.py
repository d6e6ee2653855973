"""What is written at a table is read by all who sit there: without a citizen's number, and short enough to keep."""

from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.jobs.task_checking import keepable

from .refusals import Refused

LONGEST_NAME, LONGEST_LINE, LONGEST_WORDS, LONGEST_REASON = 120, 200, 5000, 2000


def checked_line(text: str, *, field: str, most: int = LONGEST_LINE, is_needed: bool = False) -> str:
    """One line of text. Refused: `needed`, `too_long`, `cpr`."""
    return _checked(" ".join(keepable(text).split()), field=field, most=most, is_needed=is_needed)


def checked_words(text: str, *, field: str, most: int = LONGEST_WORDS, is_needed: bool = False) -> str:
    """Text in several lines. Refused: `needed`, `too_long`, `cpr`."""
    kept = keepable(text).replace("\r\n", "\n").strip()
    return _checked(kept, field=field, most=most, is_needed=is_needed)


def _checked(kept: str, *, field: str, most: int, is_needed: bool) -> str:
    if is_needed and not kept:
        raise Refused("needed", fields=(field,))
    if len(kept) > most:
        raise Refused("too_long", fields=(field,), values={"most": most})
    if has_cpr(kept):
        raise Refused("cpr", fields=(field,))
    return kept
