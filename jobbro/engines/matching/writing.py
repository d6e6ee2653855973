"""The output of matching: lines as the contract has them, from the arrays; files are whole or not there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.layout import parts_of
from jobbro.engines.matching.listing import Lists, described
from jobbro.engines.matching.market import Market
from jobbro.engines.matching.texts import Texts, texts_of
from jobbro.engines.matching.whole_files import whole_file
from jobbro.kernel.vocabulary import AREAS


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What lines are made of, as JSON: the ids of a market by rank, areas, codes of measures, and all between them."""

    jobs: Texts
    areas: Texts
    codes: Texts
    pieces: Texts
    longest_entry: int = field(compare=False)


def wording_of(market: Market) -> Wording:
    """The wording of lists from this market."""
    jobs, areas, codes = as_json(market.ids), as_json(AREAS), as_json(market.catalogue.codes)
    pieces = texts_of(_loops().PIECES)
    # Every area is in at most one of gaps and open; a comma, a colon and a digit go with each.
    entry = len(pieces.utf8) + len(areas.utf8) + 3 * len(areas) + len(codes.utf8) + len(codes) + 3 * _loops().DIGITS
    return Wording(jobs=jobs, areas=areas, codes=codes, pieces=pieces, longest_entry=entry)


def as_json(texts: Iterable[str]) -> Texts:
    """The texts in quotes, as `json.dumps` has them with letters of all languages kept."""
    return texts_of(json.dumps(text, ensure_ascii=False) for text in texts)


def lines_of(
    lists: Lists, *, ids: Iterable[str], market: Market, wording: Wording, proposed: NDArray[np.uint16] | None = None
) -> bytes:
    """The lines of these persons, byte for byte those of `as_json.line_of`, each with its end.

    ids: of the persons. proposed: (p,) the round each listed pair was proposed in, 0 for none; a chosen entry says it.
    """
    parts = parts_of(lists.keys)
    told = described(market=market, people=lists.people, person=lists.person, job=market.position[parts["rank"]])
    persons = as_json(ids)
    fixed = len(wording.pieces.utf8) + (lists.none.shape[1] + 1) * _loops().DIGITS
    of_jobs = np.diff(wording.jobs.starts)[parts["rank"]].sum()
    room = len(persons.utf8) + fixed * len(persons) + wording.longest_entry * len(lists.keys) + int(of_jobs)
    out = np.empty(room, dtype=np.uint8)
    size = _loops().write_lines(
        out, persons.utf8, persons.starts, lists.found, lists.none, wording.jobs.utf8, wording.jobs.starts,
        parts["rank"], parts["verdict"], parts["wish"], parts["tenths"], told.gaps, told.open, told.support,
        np.zeros(len(lists.keys), dtype=np.uint16) if proposed is None else proposed,
        wording.pieces.utf8, wording.pieces.starts, wording.areas.utf8, wording.areas.starts,
        wording.codes.utf8, wording.codes.starts,
    )  # fmt: skip
    return out[:size].tobytes()


def write_whole(path: Path, *, parts: Iterable[bytes]) -> None:
    """The file holds all parts one after the other; when anything fails it is as it was before. Raises `OSError`."""
    with whole_file(path) as stream:
        for part in parts:
            stream.write(part)


def _loops() -> ModuleType:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.engines.matching import writing_loops

    return writing_loops
