"""What every text of an ending must keep to, before it is written."""

from jobbro.apps.employers.wording import has_cpr

from .refusals import Refused

LONGEST_LINE, LONGEST_WORDS = 120, 10_000


def checked_line(text: str, *, field: str, is_needed: bool = False, most: int = LONGEST_LINE) -> str:
    """The line without blanks around it. Refused: `needed`, `too_long`, `cpr`."""
    return _checked(" ".join(text.split()), field=field, is_needed=is_needed, most=most)


def checked_words(text: str, *, field: str, is_needed: bool = False, most: int = LONGEST_WORDS) -> str:
    """The words as they were written. Refused: `needed`, `too_long`, `cpr`."""
    return _checked(text.strip(), field=field, is_needed=is_needed, most=most)


def _checked(text: str, *, field: str, is_needed: bool, most: int) -> str:
    if is_needed and not text:
        raise Refused("needed", fields=(field,))
    if len(text) > most:
        raise Refused("too_long", fields=(field,))
    if has_cpr(text):
        raise Refused("cpr", fields=(field,))
    return text
