"""An extract of a text with the words that were looked for marked, also inside longer words and spelt with ae."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_EXTRACT = 260
_BEFORE = 80
_WORD = re.compile(r"\w+")
# Words of questions that say nothing of what is asked; the database's own Danish list lacks them.
SAYS_LITTLE = frozenset(
    [
        *(
            "kan",
            "få",
            "får",
            "fået",
            "må",
            "gør",
            "så",
            "bør",
            "lave",
            "laves",
            "hvem",
            "hvilken",
            "hvilke",
            "hvilket",
        ),
        *("hvordan", "hvornår", "hvorfor", "hvis", "ja", "nej", "gerne", "altid", "aldrig", "igen", "mere", "mest"),
        *("lige", "helt", "bare", "godt", "spørger", "spørgsmål", "svar"),
    ]
)
_FOLDS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "è": "e", "ê": "e", "ë": "e", "ä": "a", "ö": "o", "ü": "u"}
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a text, marked or not."""

    text: str
    is_hit: bool


def folded(text: str) -> str:
    """As the database folds it: small letters, æ as ae, ø as oe, å as aa."""
    return text.lower().translate(_FOLDS)


def words_of(text: str) -> list[str]:
    """The words of what was looked for that say something, each once."""
    return [word for word in dict.fromkeys(_WORD.findall(text.lower())) if word not in SAYS_LITTLE]


def marked(text: str, *, stems: Sequence[str]) -> tuple[Part, ...]:
    """The whole text in parts."""
    parts, at = [], 0
    for start, end in _hits(text, stems=stems):
        if start > at:
            parts.append(Part(text=text[at:start], is_hit=False))
        parts.append(Part(text=text[start:end], is_hit=True))
        at = end
    if at < len(text):
        parts.append(Part(text=text[at:], is_hit=False))
    return tuple(parts)


def extract(text: str, *, stems: Sequence[str]) -> tuple[Part, ...]:
    """A piece around the first hit, or the beginning; dots where something was left out."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_EXTRACT:
        return marked(plain, stems=stems)
    first = next((start for start, _ in _hits(plain, stems=stems)), 0)
    begin = plain.find(" ", max(0, first - _BEFORE)) + 1 if first > _BEFORE else 0
    end = plain.rfind(" ", begin, begin + LONGEST_EXTRACT)
    piece = plain[begin : end if end > first else begin + LONGEST_EXTRACT]
    return marked(f"{'… ' if begin else ''}{piece} …", stems=stems)


def _hits(text: str, *, stems: Sequence[str]) -> list[tuple[int, int]]:
    if not stems:
        return []
    return [found.span() for found in _WORD.finditer(text) if any(stem in folded(found[0]) for stem in stems)]
