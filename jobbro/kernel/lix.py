"""LIX, the readability figure used for Danish: words a sentence plus the share of long words."""

from __future__ import annotations

import re

LONG_WORD = 7
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# A full stop inside a number ("5.678") ends nothing.
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)")


def lix(text: str) -> float:
    """Words per sentence plus percent of words with 7 letters or more; 0.0 for a text without words.

    Scale: up to 24 very easy, 25-34 easy, 35-44 medium, 45-54 hard, from 55 very hard (Björnsson 1968; Danish scale by
    Dansk Sproghistorie 144). A hint, not a proof: a short, knotty sentence scores well.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    long_words = sum(1 for word in words if sum(map(str.isalpha, word)) >= LONG_WORD)
    return len(words) / sentences + 100 * long_words / len(words)
