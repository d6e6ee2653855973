"""TF-IDF over integer terms: which documents share the rare terms of a query. Plain numpy, no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

_GRAM = 3
_SHIFT = 21  # a character of Unicode fits in 21 bits, three of them in an int64
_SEPARATOR = "\n"


@dataclass(frozen=True, kw_only=True)
class Postings:
    """For each term the documents that hold it, with weights such that a document's are of length 1."""

    documents: int
    idf: Floats
    starts: Integers
    where: NDArray[np.int32]
    weight: Floats

    def scores(self, terms: Integers) -> Floats:
        """Each document's cosine with a query of `terms` (repeated as often as they occur; negative ones are unknown).

        Unknown terms make the query longer, as if they were the rarest ones: what is not understood lowers the score.
        """
        found = np.zeros(self.documents)
        known, counts = np.unique(terms[terms >= 0], return_counts=True)
        if not len(known):
            return found.astype(np.float32)
        weights = _damped(counts) * self.idf[known]
        rarest = np.log(1 + self.documents) + 1
        length = float(np.sqrt((weights**2).sum() + (terms < 0).sum() * rarest**2))
        for term, weight in zip(known.tolist(), (weights / length).tolist(), strict=True):
            one = slice(int(self.starts[term]), int(self.starts[term + 1]))
            # A document stands once in a term's list.
            found[self.where[one]] += weight * self.weight[one]
        return found.astype(np.float32)


def postings(*, documents: int, where: Integers, terms: Integers, kinds: int) -> Postings:
    """Postings of pairs (document, term), one for each occurrence; `kinds` is the number of different terms.

    Weights are (1 + ln count) x (1 + ln((1 + documents) / (1 + documents with the term))), as is usual.
    """
    pairs, counts = np.unique(terms * documents + where, return_counts=True)
    term, document = pairs // documents, pairs % documents
    frequency = np.bincount(term, minlength=kinds)
    idf = np.log((1 + documents) / (1 + frequency)) + 1
    weight = _damped(counts) * idf[term]
    length = np.sqrt(np.bincount(document, weight**2, minlength=documents))
    return Postings(
        documents=documents,
        idf=idf.astype(np.float32),
        starts=np.concatenate(([0], np.cumsum(frequency))).astype(np.int64),
        where=document.astype(np.int32),
        weight=(weight / length[document]).astype(np.float32),
    )


def _damped(counts: NDArray[Any]) -> NDArray[np.float64]:
    damped: NDArray[np.float64] = 1 + np.log(counts)
    return damped


@dataclass(frozen=True, kw_only=True)
class GramIndex:
    """Documents by their runs of three characters, beginnings and ends of words among them."""

    grams: Integers
    postings: Postings

    def scores(self, text: str) -> Floats:
        """Each document's cosine with `text`, whose words stand between single blanks."""
        codes, _ = _grams([text])
        at = np.searchsorted(self.grams, codes).clip(max=len(self.grams) - 1)
        return self.postings.scores(np.where(self.grams[at] == codes, at, -1))


def gram_index(texts: list[str]) -> GramIndex:
    """The index of some texts, in their order."""
    codes, where = _grams(texts)
    grams, terms = np.unique(codes, return_inverse=True)
    made = postings(documents=len(texts), where=where, terms=terms.astype(np.int64), kinds=len(grams))
    return GramIndex(grams=grams, postings=made)


def _grams(texts: list[str]) -> tuple[Integers, Integers]:
    """Every run of three characters as a number, and the text it stands in."""
    joined = _SEPARATOR.join(f" {text} " for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    if len(letters) < _GRAM:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    is_separator = letters == ord(_SEPARATOR)
    text = np.cumsum(is_separator)
    codes = (letters[:-2] << 2 * _SHIFT) | (letters[1:-1] << _SHIFT) | letters[2:]
    is_within = ~(is_separator[:-2] | is_separator[1:-1] | is_separator[2:])
    return codes[is_within], text[:-2][is_within]
