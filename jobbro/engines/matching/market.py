"""The open jobs made ready: what one person meets in a fraction of a millisecond, and everybody meets at night."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.columns import JobColumns, job_columns, sets_of_bits
from jobbro.engines.matching.keeping import load_columns, parts_of_market, save_market
from jobbro.engines.matching.layout import (
    BLOCK,
    GUARD,
    LEVELS,
    MOST_JOBS,
    Jobs,
    Longs,
    Reliefs,
    bytes_of,
    levels_of,
    nibbles,
    words,
)
from jobbro.engines.matching.listing import list_one
from jobbro.engines.matching.model import Job, Listed, Measure, Person
from jobbro.engines.matching.pairs import TOP
from jobbro.engines.matching.texts import Texts, frozen
from jobbro.kernel.fit_batch import MeasureTable, measure_table


@dataclass(frozen=True, kw_only=True)
class Market:
    """n open jobs, ready to be met. What stands by rank is in the order of the jobs' ids by Unicode code point.

    ids, places: (n,) by rank. position: (n,) rank -> row in `jobs`. least_hours, most_hours: those that occur,
    ascending. occupations, skills: what the numbers and bits in `jobs` stand for.
    """

    catalogue: MeasureTable
    ids: Texts
    places: Longs = field(hash=False, compare=False)
    position: NDArray[np.int32] = field(hash=False, compare=False)
    least_hours: NDArray[np.float64] = field(hash=False, compare=False)
    most_hours: NDArray[np.float64] = field(hash=False, compare=False)
    occupations: tuple[str, ...] = field(hash=False)
    skills: tuple[str, ...] = field(hash=False)
    jobs: Jobs = field(hash=False, compare=False)
    reliefs: Reliefs = field(hash=False, compare=False)

    def __len__(self) -> int:
        return len(self.places)

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Pickled columns come back writable, and the loops would be compiled anew for those.
        for column in (*state["jobs"], *state["reliefs"]):
            column.flags.writeable = False
        self.__dict__.update(state)

    def list_for(self, person: Person, top: int = TOP) -> Listed:
        """The first `top` jobs for the person, and how many jobs each reason refused first: as `pairs.list_for`."""
        return list_one(person, market=self, top=top)

    def save(self, path: Path) -> None:
        """The file holds this market, or what it held before; who has it open keeps that. Raises `OSError`."""
        save_market(self, path=path)

    @staticmethod
    def load(path: Path) -> Market:
        """The market in a file, mapped and shared with everybody who has it open.

        Raises `MarketFileError` for a file that is cut off or of another version, `OSError` when it cannot be read.
        """
        parts = parts_of_market(*load_columns(path))
        return Market(reliefs=reliefs_of(parts["catalogue"]), **parts)

    def columns(self) -> JobColumns:
        """The jobs as columns, by rank."""
        rows = self.position
        return JobColumns(
            ids=self.ids,
            demand=levels_of(self.jobs.demand[rows]),
            x=self.jobs.x[rows],
            y=self.jobs.y[rows],
            min_hours=self.least_hours[self.jobs.least[rows]],
            max_hours=self.most_hours[self.jobs.most[rows]],
            slots=self.jobs.slots[rows],
            places=self.places,
            occupations=self.occupations,
            occupation=self.jobs.occupation[rows],
            measures=bytes_of(self.jobs.measures[rows], width=self.catalogue.mask_bytes),
            requires=sets_of_bits(
                bytes_of(self.jobs.requires[rows], width=(len(self.skills) + 7) // 8), codes=self.skills
            ),
        )

    def with_changes(self, *, changed: Iterable[Job] = (), removed: Collection[str] = ()) -> Market:
        """A market with some jobs new or told anew and some taken away; equal to one built from all its jobs."""
        fresh = job_columns(changed, catalogue=self.catalogue)
        gone = {rank for each in (*removed, *fresh.ids) if (rank := self.ids.place_of(each)) is not None}
        kept = np.ones(len(self), dtype=np.bool_)
        kept[list(gone)] = False
        return market_of(self.columns().take(np.flatnonzero(kept)).with_more(fresh), catalogue=self.catalogue)

    def restricted(self, allowed: NDArray[np.bool_]) -> Market:
        """The market of those jobs alone that `allowed`, (n,) by rank, is true for."""
        return market_of(self.columns().take(np.flatnonzero(allowed)), catalogue=self.catalogue)


def build_market(*, jobs: Iterable[Job], measures: Iterable[Measure]) -> Market:
    """The market of these jobs; jobs may come from a generator and in any order.

    Raises `ValueError` when two jobs have one id or two measures one code, `VocabularyError` for an unknown half-day.
    """
    catalogue = measure_table(tuple(measures))
    return market_of(job_columns(jobs, catalogue=catalogue), catalogue=catalogue)


def market_of(columns: JobColumns, *, catalogue: MeasureTable) -> Market:
    """The market of jobs told as columns, in any order. Raises `ValueError` as `build_market`."""
    # The order of UTF-8 is that of Unicode code points.
    names = columns.ids.all_raw()
    by_id = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    told = columns.take(by_id)
    for one, other in pairwise(by_id.tolist()):
        if names[one] == names[other]:
            raise ValueError(f"two jobs have the id {names[one].decode()!r}; ids must be unique")
    if len(told) > MOST_JOBS:
        raise ValueError(f"more than {MOST_JOBS} jobs")
    blocks = _blocks(told.x, told.y)
    rows = np.concatenate(blocks)
    starts = np.cumsum([0, *(len(block) for block in blocks)]).astype(np.int32)
    position = np.empty(len(rows), dtype=np.int32)
    position[rows] = np.arange(len(rows), dtype=np.int32)
    least_hours, least = np.unique(told.min_hours, return_inverse=True)
    most_hours, most = np.unique(told.max_hours, return_inverse=True)
    return Market(
        catalogue=catalogue,
        ids=told.ids,
        places=frozen(told.places),
        position=frozen(position),
        least_hours=frozen(least_hours),
        most_hours=frozen(most_hours),
        occupations=told.occupations,
        skills=told.requires.codes,
        jobs=Jobs(
            x=frozen(told.x[rows]),
            y=frozen(told.y[rows]),
            demand=frozen(nibbles(told.demand[rows])),
            least=frozen(_narrow(least[rows], count=len(least_hours))),
            most=frozen(_narrow(most[rows], count=len(most_hours))),
            slots=frozen(told.slots[rows]),
            occupation=frozen(told.occupation[rows]),
            rank=frozen(rows.astype(np.int32)),
            requires=frozen(words(told.requires.bits())[rows]),
            measures=frozen(words(told.measures)[rows]),
            starts=frozen(starts),
            box=frozen(_boxes(told.x[rows], told.y[rows], starts=starts)),
        ),
        reliefs=reliefs_of(catalogue),
    )


def reliefs_of(catalogue: MeasureTable) -> Reliefs:
    """The measures as the loops read them."""
    relief = catalogue.relief
    together = np.zeros((catalogue.mask_bytes, 256, relief.shape[1]), dtype=np.uint8)
    for at in range(len(relief)):
        holders = (np.arange(256) >> (at & 7)) & 1 == 1
        together[at >> 3, holders] = np.maximum(together[at >> 3, holders], relief[at])
    closes = relief.T[:, None, :] >= np.arange(LEVELS)[None, :, None]
    return Reliefs(
        together=frozen(nibbles(together.reshape(-1, relief.shape[1])).reshape(-1, 256, 2) | GUARD),
        closers=frozen(
            words(np.packbits(closes.reshape(relief.shape[1] * LEVELS, len(relief)), axis=1, bitorder="little"))
        ),
        cost=frozen(catalogue.cost.astype(np.int64)),
    )


def _blocks(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[Longs]:
    # Halved again and again across their longer side, so that each block is full and small on the map.
    blocks: list[Longs] = []
    waiting = [np.arange(len(x))]
    while waiting:
        rows = waiting.pop()
        if len(rows) <= BLOCK:
            blocks.append(rows)
            continue
        across, up = x[rows], y[rows]
        half = len(rows) // 2
        order = np.argpartition(across if np.ptp(across) >= np.ptp(up) else up, half)
        waiting += [rows[order[half:]], rows[order[:half]]]
    return blocks


def _boxes(x: NDArray[np.float64], y: NDArray[np.float64], *, starts: NDArray[np.int32]) -> NDArray[np.float64]:
    if not len(x):
        return np.zeros((0, 4))
    first = starts[:-1]
    return np.stack(
        [
            np.minimum.reduceat(x, first),
            np.maximum.reduceat(x, first),
            np.minimum.reduceat(y, first),
            np.maximum.reduceat(y, first),
        ],
        axis=1,
    )


def _narrow(places: Longs, *, count: int) -> NDArray[np.uint16] | NDArray[np.int32]:
    # Narrow numbers are compared many at once; hours written with so many decimals that they do not fit are rare.
    return places.astype(np.uint16) if count < 1 << 16 else places.astype(np.int32)
