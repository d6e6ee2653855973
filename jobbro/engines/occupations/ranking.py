"""Ranks short Danish labels in groups against what somebody wrote: by spelling, parts of compounds and other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jobbro.engines.occupations.weighing import Floats, GramIndex, Integers, Postings, gram_index, postings
from jobbro.engines.occupations.words import Splitter, stems_of_parts, with_danish_letters, words

# Beside the likeness of spelling, which counts 1. Round numbers where the figures hardly move; the best
# weights of one half of the MELO queries do no better on the other (`jobbro bench titles --size M`).
PARTS_WEIGHT = 0.2
GROUP_WEIGHT = 0.2


@dataclass(frozen=True, kw_only=True)
class LabelIndex:
    """Labels by three-letter runs and by parts of compounds, and their groups by all their labels together."""

    group_of: Integers
    labels: GramIndex
    parts: Postings
    part_numbers: dict[str, int]
    groups: GramIndex
    splitter: Splitter

    def scores(self, written: str) -> Floats:
        """How well each label fits what was written: 0 to 1.4, the sum of three cosines.

        A label fits by its own spelling and its own parts; of two that do so alike, the one whose group has other names
        that fit as well comes first.
        """
        text = plain(written)
        danish = with_danish_letters(text)
        found = self._scores(text)
        if danish == text:
            return found
        either: Floats = np.maximum(found, self._scores(danish))
        return either

    def _scores(self, text: str) -> Floats:
        spelling, parts, group = self.likeness(text)
        return weighted(spelling, parts, group, parts_weight=PARTS_WEIGHT, group_weight=GROUP_WEIGHT)

    def likeness(self, text: str) -> tuple[Floats, Floats, Floats]:
        """Each label's three cosines with a `plain` text: its spelling, its parts, and all names of its group."""
        numbers = [self.part_numbers.get(part, -1) for part in stems_of_parts(text, splitter=self.splitter)]
        parts = self.parts.scores(np.array(numbers, dtype=np.int64))
        return self.labels.scores(text), parts, self.groups.scores(text)[self.group_of]


def weighted(spelling: Floats, parts: Floats, group: Floats, *, parts_weight: float, group_weight: float) -> Floats:
    """The sum of three cosines, spelling counting 1."""
    total: Floats = spelling + np.float32(parts_weight) * parts + np.float32(group_weight) * group
    return total


def plain(text: str) -> str:
    """The words of a text with single blanks between them."""
    return " ".join(words(text))


def label_index(labels: Sequence[str], *, group_of: Sequence[int]) -> LabelIndex:
    """The index of some labels; `group_of` numbers the group of each, from 0, without a gap."""
    texts = [plain(label) for label in labels]
    splitter = Splitter({word for text in texts for word in text.split()})
    groups: list[list[str]] = [[] for _ in range(max(group_of) + 1)]
    for text, group in zip(texts, group_of, strict=True):
        groups[group].append(text)
    stems = [stems_of_parts(text, splitter=splitter) for text in texts]
    numbers = {part: number for number, part in enumerate(sorted({part for parts in stems for part in parts}))}
    return LabelIndex(
        group_of=np.array(group_of, dtype=np.int64),
        labels=gram_index(texts),
        parts=postings(
            documents=len(texts),
            where=np.repeat(np.arange(len(texts)), [len(parts) for parts in stems]),
            terms=np.array([numbers[part] for parts in stems for part in parts], dtype=np.int64),
            kinds=len(numbers),
        ),
        part_numbers=numbers,
        # A blank more keeps the last word of one label from running into the first of the next.
        groups=gram_index(["  ".join(texts) for texts in groups]),
        splitter=splitter,
    )
