"""What colleagues write about a question holds nobody: no CPR number, no name of the citizen, no day of birth."""

import base64
import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.conf import settings

from .refusals import Refused

LONGEST_TEXT, LONGEST_TITLE, LONGEST_LINE = 4000, 200, 200
YOUNGEST = 15
_MARK = 20
_FULL_NAME_LETTERS = 4

_CPR = re.compile(r"(?<![\d])(?:0[1-9]|[12]\d|3[01])[ .\-/]?(?:0[1-9]|1[0-2])[ .\-/]?\d{2}[ .\-/]{0,3}\d{4}(?!\d)")
_BORN = re.compile(
    r"\b(?:født|fødselsdag\w*|fødselsdato\w*|born|birthday)\s*:?\s*(?:(?:er|is|i|in|on|den|d\.)\s*){0,2}\d",
    re.IGNORECASE,
)
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DAY = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}})[./\-](\d{{1,2}})[./\-](\d{{4}})|(\d{{1,2}})\.?\s+({_MONTHS})\s+(\d{{4}})|(\d{{4}})-(\d{{2}})-(\d{{2}}))(?!\d)",
    re.IGNORECASE,
)
# Six digits that read as a day: the first half of a CPR number.
_SIX = re.compile(r"(?<![\d.,])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?![\d.,]?\d)")
# Acts, orders and rulings have a day too.
_OF_LAW = re.compile(
    r"\b(?:lov\w*|lbk|bek|bekendtgørelse\w*|cirkulære\w*|vejledning\w*|vej|afgørelse\w*|nr)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def checked_text(text: str, *, field: str, longest: int = LONGEST_TEXT, marks: Iterable[str] = ()) -> str:
    """The words without blanks around them. Refused: `words`, `too_long`, `cpr`, `born`, `name`."""
    plain = text.replace("\0", "").strip()
    if not plain:
        raise Refused("words", fields=(field,))
    return _without_person(plain, field=field, longest=longest, marks=marks)


def checked_line(text: str, *, field: str, longest: int = LONGEST_LINE, marks: Iterable[str] = ()) -> str:
    """One line, which may be empty. Refused: `too_long`, `cpr`, `born`, `name`."""
    return _without_person(" ".join(text.replace("\0", "").split()), field=field, longest=longest, marks=marks)


def checked_knowledge(
    text: str, *, field: str, on: date, longest: int = LONGEST_TEXT, marks: Iterable[str] = ()
) -> str:
    """The same for what stays: no day that could be somebody's day of birth either. Refused also: `birth_day`."""
    plain = checked_text(text, field=field, longest=longest, marks=marks)
    if _SIX.search(_seen(plain)) or any(_is_birth_day(found, text=plain, on=on) for found in _DAY.finditer(plain)):
        raise Refused("birth_day", fields=(field,))
    return plain


def name_marks(*names: str) -> list[str]:
    """Keyed hashes of the parts of names: a name can be recognised by them and not be read out of them."""
    parts = {part.casefold() for name in names for part in _WORD.findall(_seen(name)) if len(part) > 1}
    return sorted(_mark(part) for part in parts)


def named_word(text: str, *, marks: Iterable[str]) -> str | None:
    """The first word of the text that is a part of the name, also in the genitive; short names only with a capital."""
    known = set(marks)
    if not known:
        return None
    for word in _WORD.findall(_seen(text)):
        forms = {word.casefold(), word.casefold().removesuffix("s")}
        counts = len(word) >= _FULL_NAME_LETTERS or word[0].isupper()
        if counts and any(_mark(form) in known for form in forms if len(form) > 1):
            return word
    return None


def _without_person(text: str, *, field: str, longest: int, marks: Iterable[str]) -> str:
    if len(text) > longest:
        raise Refused("too_long", fields=(field,))
    seen = _seen(text)
    if _CPR.search(seen):
        raise Refused("cpr", fields=(field,))
    if _BORN.search(seen):
        raise Refused("born", fields=(field,))
    word = named_word(text, marks=marks)
    if word is not None:
        raise Refused("name", fields=(field,), word=word)
    return text


def _seen(text: str) -> str:
    """As the eye reads it: wide digits plain, nothing invisible, every dash and blank an ordinary one."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (char for char in plain if unicodedata.category(char) != "Cf")
    return "".join(
        "-" if unicodedata.category(char) == "Pd" else " " if char.isspace() and char != "\n" else char for char in kept
    )


def _mark(part: str) -> str:
    key = base64.b64decode(settings.CPR_LOOKUP_KEY)
    return hmac.new(key, b"part of a name:" + part.encode(), sha256).hexdigest()[:_MARK]


def _is_birth_day(found: re.Match[str], *, text: str, on: date) -> bool:
    """A full day so long ago that somebody of working age was born on it, unless a law is of that day."""
    year = int(found[3] or found[6] or found[7])
    if _OF_LAW.search(text[: found.start()]):
        return False
    return on.year - 100 <= year <= on.year - YOUNGEST
