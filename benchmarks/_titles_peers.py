"""The two lexical baselines of the MELO paper, written from its description: character TF-IDF and BM25 (Okapi)."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]
Search = Callable[[str], Scores]

_BM25_K1, _BM25_B, _BM25_EPSILON = 1.5, 0.75, 0.25
_LONGEST_RUN = 3


def character_tfidf(labels: Sequence[str]) -> Search:
    """Runs of 1-3 characters of the text in ASCII, raw counts, smoothed idf, cosine."""
    counted = [Counter(_runs(_ascii(label))) for label in labels]
    frequency = Counter(run for counts in counted for run in counts)
    idf = {run: math.log((1 + len(labels)) / (1 + df)) + 1 for run, df in frequency.items()}
    lists: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for label, counts in enumerate(counted):
        length = math.sqrt(sum((count * idf[run]) ** 2 for run, count in counts.items()))
        for run, count in counts.items():
            lists[run][0].append(label)
            lists[run][1].append(count * idf[run] / length)
    where = {run: (np.array(labels), np.array(weights)) for run, (labels, weights) in lists.items()}

    def search(query: str) -> Scores:
        weights = {run: count * idf[run] for run, count in Counter(_runs(_ascii(query))).items() if run in idf}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        scores = np.zeros(len(labels))
        for run, weight in weights.items():
            found, theirs = where[run]
            scores[found] += theirs * weight / length
        return scores

    return search


def bm25(labels: Sequence[str]) -> Search:
    """Words between blanks in ASCII; k1 1.5, b 0.75, a negative idf becomes a quarter of the mean idf."""
    documents = [_ascii(label).split(" ") for label in labels]
    mean_length = sum(map(len, documents)) / len(documents)
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for label, words in enumerate(documents):
        bulk = _BM25_K1 * (1 - _BM25_B + _BM25_B * len(words) / mean_length)
        for word, count in Counter(words).items():
            lists[word].append((label, count * (_BM25_K1 + 1) / (count + bulk)))
    raw = {word: math.log(len(labels) - len(found) + 0.5) - math.log(len(found) + 0.5) for word, found in lists.items()}
    mean_idf = sum(raw.values()) / len(raw)
    idf = {word: value if value >= 0 else _BM25_EPSILON * mean_idf for word, value in raw.items()}

    def search(query: str) -> Scores:
        scores = np.zeros(len(labels))
        for word in _ascii(query).split(" "):
            for label, weight in lists.get(word, ()):
                scores[label] += idf[word] * weight
        return scores

    return search


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def _runs(text: str) -> list[str]:
    text = " ".join(text.split())
    return [text[at : at + n] for n in range(1, _LONGEST_RUN + 1) for at in range(len(text) - n + 1)]
