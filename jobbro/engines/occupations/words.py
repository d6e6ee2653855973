"""Danish words made comparable: letters folded, endings dropped, compounds split by the words that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Joining words that say nothing about the work.
_SMALL = "af de den der det eller en et for fra i inden med og om på samt som til ved"
SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[0-9a-zà-öø-ÿ]+")

# Definite forms, plural and genitive, longest first; a stem keeps at least four letters.
_ENDINGS = ("ernes", "erne", "enes", "ene", "ere", "ers", "ens", "ets", "er", "en", "et", "es", "e", "s")
_SHORTEST_STEM = 4

# What Danish puts between the parts of a compound: rengøring-s-assistent, dreng-e-navn.
_JOINTS = ("s", "e", "er")
_SHORTEST_PART = 3
_JOINT_COST, _SHORT_PART_COST = 0.1, 0.5
_SAFE_PART = 4

# How people write without the Danish letters.
_PLAIN = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))


def words(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return _WORD.findall(text.lower())


def stem(word: str) -> str:
    """The word without its ending: `sygeplejerskerne` and `sygeplejersker` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def with_danish_letters(text: str) -> str:
    """`paedagog` as `pædagog`: ae, oe and aa read as the letters they stand for."""
    for plain, letter in _PLAIN:
        text = text.replace(plain, letter)
    return text


class Splitter:
    """Splits compounds into the fewest words that also stand alone somewhere in `vocabulary`."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(word for word in vocabulary if len(word) >= _SHORTEST_PART and word not in SMALL_WORDS)
        self._split: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound without joints, or the word itself when it does not come apart."""
        if word not in self._split:
            self._split[word] = self._parts(word)
        return self._split[word]

    def _parts(self, word: str) -> tuple[str, ...]:
        # best[end]: the cheapest way to read word[:end] as known words.
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for start in range(len(word)):
            if start not in best:
                continue
            cost, parts = best[start]
            for end in range(start + _SHORTEST_PART, len(word) + 1):
                part = self._part(word[start:end], is_last=end == len(word), is_whole=end - start == len(word))
                if part:
                    short = 0.0 if len(part) >= _SAFE_PART else _SHORT_PART_COST
                    joint = _JOINT_COST if len(part) < end - start else 0.0
                    reading = (cost + 1 + short + joint, (*parts, part))
                    if end not in best or reading[0] < best[end][0]:
                        best[end] = reading
        return best[len(word)][1] if word and len(word) in best else (word,)

    def _part(self, piece: str, *, is_last: bool, is_whole: bool) -> str:
        if is_whole:
            return ""
        if piece in self._known:
            return piece
        if not is_last:
            for joint in _JOINTS:
                if piece.endswith(joint) and piece[: -len(joint)] in self._known:
                    return piece[: -len(joint)]
        return ""


def stems_of_parts(text: str, *, splitter: Splitter) -> Sequence[str]:
    """The stems of all parts of all words that say something."""
    return [stem(part) for word in words(text) if word not in SMALL_WORDS for part in splitter.parts(word)]
