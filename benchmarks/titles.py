"""Search among Danish titles on the MELO set: rank of the first right label, against its two lexical baselines.

S: the 734 queries as they are. M: misspelt, compounds taken apart and without Danish letters as well, and whether
weights chosen on one half of the queries are as good on the other. L: five different misspellings of each.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._titles_peers import bm25, character_tfidf
from jobbro.cli.errors import CommandFailed
from jobbro.engines.occupations.ranking import LabelIndex, label_index, plain, weighted
from jobbro.engines.occupations.words import words

NEEDS_DATA = True
_HALVES = ("all", "half_1", "half_2")
MISSPELLINGS = {"S": 0, "M": 1, "L": 5}
GOAL_MRR, GOAL_SUCCESS = 0.60, 0.74
# What the paper reports for this set; a run that does not come out so measures something else.
REPORTED = {"character TF-IDF": (0.581, 0.718), "BM25": (0.499, 0.586)}
_REPORTED_TO = 0.0006

# trec_eval as MELO uses it: the first hundred labels, five decimals, ties by id from the end of the alphabet.
_DEPTH, _DECIMALS, _AT = 100, 5, 10
_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4)
_LETTERS = "abdefgijklmnoprstuvyæøå"
_SEED = 20_261_122

Scores = NDArray[Any]
Search = Callable[[str], Scores]


@dataclass(frozen=True, kw_only=True)
class TitleSet:
    """Queries, labels with the number of their concept, and for each query the positions of its right labels."""

    queries: tuple[str, ...]
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    concept_of: tuple[int, ...]
    right: tuple[NDArray[Any], ...]


def read_set(folder: Path) -> TitleSet:
    """The four files of a MELO set. Raises `CommandFailed` when one is not there."""
    labels = _columns(folder / "corpus_elements.tsv", number=2)
    queries = _columns(folder / "queries.tsv", number=2)
    concepts = {row[0]: row[1] for row in _columns(folder / "concept_mapping.tsv", number=2)}
    numbers = {concept: number for number, concept in enumerate(dict.fromkeys(concepts[row[0]] for row in labels))}
    position = {row[0]: at for at, row in enumerate(labels)}
    right: dict[str, list[int]] = defaultdict(list)
    for query, _, label, _ in _columns(folder / "annotations.tsv", number=4):
        right[query].append(position[label])
    return TitleSet(
        queries=tuple(row[1] for row in queries),
        ids=tuple(row[0] for row in labels),
        labels=tuple(row[1] for row in labels),
        concept_of=tuple(numbers[concepts[row[0]]] for row in labels),
        right=tuple(np.array(right[row[0]]) for row in queries),
    )


def _columns(path: Path, *, number: int) -> list[list[str]]:
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise CommandFailed(f"{path.name} of the MELO set cannot be read: {error.strerror}.") from error
    if any(len(row) != number for row in rows):
        raise CommandFailed(f"{path.name}: each line should have {number} columns.")
    return rows


def first_right(scores: Scores, *, right: NDArray[Any], id_order: NDArray[Any]) -> int:
    """The place of the first right label, 0 when it is not among the first hundred."""
    top = np.argsort(-scores, kind="stable")[:_DEPTH]
    shown = top[np.lexsort((-id_order[top], -np.round(scores[top], _DECIMALS)))]
    places = np.flatnonzero(np.isin(shown, right))
    return int(places[0]) + 1 if len(places) else 0


def figures_of(places: NDArray[Any]) -> dict[str, float]:
    """MRR and success@10 of all queries, and of every second one, the first and the others."""
    halves = {"all": places, "half_1": places[::2], "half_2": places[1::2]}
    found = {}
    for name, half in halves.items():
        reciprocal = np.divide(1.0, half, out=np.zeros(len(half)), where=half > 0)
        found[f"mrr_{name}"] = round(float(reciprocal.mean()), 4)
        found[f"success_{name}"] = round(float(((half > 0) & (half <= _AT)).mean()), 4)
    return found


def run(size: str, *, data: Path) -> dict[str, Any]:
    """The figures. Raises `AssertionError` when the baselines do not come out as reported for the whole set."""
    if size not in MISSPELLINGS:
        raise ValueError(f"unknown size {size!r}; use {', '.join(MISSPELLINGS)}")
    titles = read_set(data)
    id_order = np.argsort(np.argsort(np.array(titles.ids)))
    load = os.getloadavg()[0]
    index, build_ms = _timed(lambda: label_index(titles.labels, group_of=titles.concept_of))
    searches: dict[str, Search] = {
        "jobbro": index.scores,
        "character TF-IDF": character_tfidf(titles.labels),
        "BM25": bm25(titles.labels),
    }

    def places(search: Search, queries: Sequence[str]) -> NDArray[Any]:
        asked = zip(queries, titles.right, strict=True)
        return np.array([first_right(search(query), right=right, id_order=id_order) for query, right in asked])

    plain_places = {name: places(search, titles.queries) for name, search in searches.items()}
    figures = {name: figures_of(found) for name, found in plain_places.items()}
    one_each = places(lambda query: _one_each(index.scores(query), concept_of=titles.concept_of), titles.queries)
    return {
        "bench": "titles",
        "size": size,
        "queries": len(titles.queries),
        "labels": len(titles.labels),
        "baselines_as_reported": _as_reported(figures) if len(titles.queries) == 734 else None,
        "plain": figures,
        "one_label_a_concept": figures_of(one_each),
        "is_goal_reached": _is_goal_reached(figures["jobbro"]),
        "changed": _changed(titles, index=index, searches=searches, places=places, seeds=MISSPELLINGS[size]),
        "weights": _weights(titles, index=index, id_order=id_order) if size != "S" else None,
        "index_ms": round(build_ms, 1),
        "query_ms": _query_ms(index, queries=titles.queries),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "load_before": round(load, 2),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "answers": hashlib.sha256(plain_places["jobbro"].tobytes()).hexdigest()[:16],
    }


def _one_each(scores: Scores, *, concept_of: Sequence[int]) -> Scores:
    """As a page shows it: the best label of each concept first, its other labels after all of these."""
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(np.array(concept_of)[order], return_index=True)
    shown = scores - 10.0
    shown[order[first]] += 10.0
    return shown


def _as_reported(figures: Mapping[str, Mapping[str, float]]) -> bool:
    for name, (mrr, success) in REPORTED.items():
        found = figures[name]
        if abs(found["mrr_all"] - mrr) > _REPORTED_TO or abs(found["success_all"] - success) > _REPORTED_TO:
            raise AssertionError(f"{name} comes out as {found}, not as reported: {mrr} / {success}")
    return True


def _is_goal_reached(found: Mapping[str, float]) -> bool:
    return found["mrr_all"] >= GOAL_MRR and found["success_all"] >= GOAL_SUCCESS


def _changed(
    titles: TitleSet,
    *,
    index: LabelIndex,
    searches: Mapping[str, Search],
    places: Callable[[Search, Sequence[str]], NDArray[Any]],
    seeds: int,
) -> dict[str, dict[str, dict[str, float]]]:
    """The same queries written otherwise: each way -> each search -> figures."""
    if not seeds:
        return {}
    ways = {f"misspelt {seed + 1}": _misspelt(titles.queries, seed=_SEED + seed) for seed in range(seeds)}
    ways["compounds taken apart"] = [
        " ".join(part for word in words(query) for part in index.splitter.parts(word)) for query in titles.queries
    ]
    ways["without Danish letters"] = [
        query.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa") for query in titles.queries
    ]
    return {
        way: {name: figures_of(places(search, queries)) for name, search in searches.items()}
        for way, queries in ways.items()
    }


def _misspelt(queries: Sequence[str], *, seed: int) -> list[str]:
    """One letter of each query is left out, swapped with the next, doubled or another; never the first."""
    chance = random.Random(seed)
    changed = []
    for query in queries:
        letters = list(query)
        at = chance.choice([place for place in range(1, len(letters)) if letters[place].isalpha()])
        kind = chance.choice(("left out", "swapped", "doubled", "other"))
        if kind == "left out":
            del letters[at]
        elif kind == "swapped" and at + 1 < len(letters):
            letters[at : at + 2] = letters[at + 1], letters[at]
        elif kind == "doubled":
            letters.insert(at, letters[at])
        else:
            letters[at] = chance.choice(_LETTERS)
        changed.append("".join(letters))
    return changed


def _weights(titles: TitleSet, *, index: LabelIndex, id_order: NDArray[Any]) -> dict[str, Any]:
    """The best weights of one half of the queries, and what they give on the other, both ways round."""
    likeness = [index.likeness(plain(query)) for query in titles.queries]
    found = {}
    for parts, group in product(_WEIGHTS, repeat=2):
        places = [
            first_right(weighted(*three, parts_weight=parts, group_weight=group), right=right, id_order=id_order)
            for three, right in zip(likeness, titles.right, strict=True)
        ]
        found[parts, group] = np.array(places)
    return {
        f"chosen on {own}, tried on {other}": _chosen(found, chosen_on=own, tried_on=other)
        for own, other in (("half_1", "half_2"), ("half_2", "half_1"))
    } | {"lowest_mrr_of_positive_weights": min(figures_of(v)["mrr_all"] for k, v in found.items() if min(k) > 0)}


def _chosen(found: Mapping[tuple[float, float], NDArray[Any]], *, chosen_on: str, tried_on: str) -> dict[str, Any]:
    best = max(found, key=lambda weights: (figures_of(found[weights])[f"mrr_{chosen_on}"], weights))
    figures = figures_of(found[best])
    return {"weights": best, "mrr": figures[f"mrr_{tried_on}"], "success": figures[f"success_{tried_on}"]}


def _query_ms(index: LabelIndex, *, queries: Sequence[str]) -> dict[str, float]:
    taken = [_timed(lambda query=query: index.scores(query))[1] for query in queries]  # type: ignore[misc]
    return {"median": round(float(np.median(taken)), 2), "p99": round(float(np.quantile(taken, 0.99)), 2)}


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    answer = work()
    return answer, (time.perf_counter() - started) * 1000


def main(*, size: str = "S", as_json: bool = False, data: Path) -> int:
    """Run the bench and print its figures; 0 when the goal is reached."""
    figures = run(size, data=data)
    print(json.dumps(figures, indent=2, ensure_ascii=False) if as_json else "\n".join(_lines(figures)))
    return 0 if figures["is_goal_reached"] else 1


def _lines(figures: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{figures['queries']} queries, {figures['labels']} labels; goal MRR {GOAL_MRR} and success@10 {GOAL_SUCCESS}",
        f"{'':<46}{'all':>15}{'half 1':>15}{'half 2':>15}",
        *(_line(name, found) for name, found in figures["plain"].items()),
        _line("jobbro, one label a concept", figures["one_label_a_concept"]),
    ]
    for way, searches in figures["changed"].items():
        lines += [_line(f"{way}: {name}", found) for name, found in searches.items()]
    for name, found in (figures["weights"] or {}).items():
        lines.append(f"weights {name}: {found}")
    query, index, peak = figures["query_ms"], figures["index_ms"], figures["peak_mb"]
    lines.append(f"index {index} ms, a query {query['median']} ms (99 %: {query['p99']}), peak {peak} MB")
    return lines


def _line(name: str, found: Mapping[str, float]) -> str:
    cells = "".join(f"{found[f'mrr_{half}']:>8.4f}{found[f'success_{half}']:>7.4f}" for half in _HALVES)
    return f"{name:<46}{cells}"
