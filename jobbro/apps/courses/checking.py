"""What every text of a course must keep to, before it is written."""

from collections.abc import Iterable

from jobbro.apps.employers.wording import has_cpr
from jobbro.kernel.vocabulary import AREAS

from .enums import Access
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


def checked_areas(areas: Iterable[str]) -> list[str]:
    """Function areas in the order of the vocabulary. Refused: `areas`."""
    wanted = set(areas)
    if not wanted <= set(AREAS):
        raise Refused("areas", fields=("areas",))
    return [area for area in AREAS if area in wanted]


def checked_access(access: Iterable[str], *, field: str) -> list[str]:
    """What is arranged, or wanted, in the order of the list. Refused: `access`."""
    wanted = set(access)
    if not wanted <= set(Access.values):
        raise Refused("access", fields=(field,))
    return [code for code in Access.values if code in wanted]
