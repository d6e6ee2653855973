"""Other ways to list jobs: numpy one person at a time, DuckDB, polars, and the nearest neighbours of faiss.

numpy answers everything. DuckDB and polars judge every pair but choose no support: the less work they are spared, the
better they look. faiss cannot say gap, range or subset, so it finds candidates that are then filtered, with a recall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks._market import MarketTables
from jobbro.kernel.vocabulary import AREAS, SLOTS

REASONS = ("distance", "hours", "slots", "skills", "gap")
NULL = 9
# Jobs that the neighbour search brings for each that is wanted.
OVER_FETCH = 10

Refused = tuple[int, int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Flat:
    """Persons or jobs as arrays: levels (n, 24) with 9 for unknown, places, hours (n, 2), and bits for sets."""

    ids: NDArray[np.str_] = field(repr=False, hash=False)
    levels: NDArray[np.int8] = field(repr=False, hash=False)
    xy: NDArray[np.float64] = field(repr=False, hash=False)
    hours: NDArray[np.float64] = field(repr=False, hash=False)
    slots: NDArray[np.int64] = field(repr=False, hash=False)
    skills: NDArray[np.int64] = field(repr=False, hash=False)
    measures: NDArray[np.int64] = field(repr=False, hash=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Ids of the first jobs, in order, with their supports, and how many each reason refused first."""

    jobs: tuple[str, ...]
    supports: tuple[tuple[str, ...], ...]
    refused: Refused


class Plain:
    """numpy, one person at a time: conditions first, gaps of what is left, support by trying sets."""

    def __init__(self, tables: MarketTables) -> None:
        self.codes = [str(one["code"]) for one in tables.measures]
        self.persons, self.jobs = flat_persons(tables), flat_jobs(tables)
        self.max_km = tables.persons["max_km"].to_numpy()
        self.wishes = tables.persons["wishes"].to_list()
        self.occupation = np.array(tables.jobs["occupation"].to_list())
        self.relief = np.array([[one["relief"].get(area, 0) for area in AREAS] for one in tables.measures], np.int8)
        self.cost = [int(one["cost"]) for one in tables.measures]
        order = sorted(range(len(self.jobs.ids)), key=lambda at: str(self.jobs.ids[at]))
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))
        self._kept: dict[tuple[bytes, int], tuple[str, ...]] = {}

    def answer(self, person: int, *, top: int) -> Answer:
        """The list of one person, whole."""
        me, jobs = self.persons, self.jobs
        distance = np.sqrt(((jobs.xy - me.xy[person]) ** 2).sum(axis=1))
        conditions = (
            distance <= self.max_km[person] + 1e-9,
            (np.maximum(jobs.hours[:, 0], me.hours[person, 0]) <= np.minimum(jobs.hours[:, 1], me.hours[person, 1])),
            (jobs.slots & ~me.slots[person]) == 0,
            (jobs.skills & ~me.skills[person]) == 0,
        )
        alive = np.ones(len(distance), dtype=bool)
        refused = []
        for met in conditions:
            refused.append(int((alive & ~met).sum()))
            alive &= met
        at = np.flatnonzero(alive)
        mine = me.levels[person]
        is_known = mine != NULL
        asked = jobs.levels[at]
        gap = np.where(is_known, np.maximum(0, asked - np.where(is_known, mine, 0)), 0).astype(np.int8)
        is_open = np.asarray(((asked >= 2) & ~is_known).any(axis=1))
        both = jobs.measures[at] & me.measures[person]
        most = self._most(both)
        closed = np.asarray((gap <= most).all(axis=1))
        refused.append(int((~closed).sum()))
        at, gap, is_open, both = at[closed], gap[closed], is_open[closed], both[closed]
        has_gap: NDArray[np.bool_] = np.asarray(gap.any(axis=1))
        supports = [self._support(gap[row], int(both[row])) if has_gap[row] else () for row in range(len(at))]
        verdict = np.where(is_open, 2, np.where(has_gap, 1, 0))
        wish = self._wish(person, at)
        km = np.floor(10 * distance[at] + 0.5 + 1e-9)
        fewest = np.array([len(one) for one in supports], dtype=np.int64)
        order = np.lexsort(np.stack([self.rank[at], km.astype(np.int64), fewest, -wish, verdict]))[:top]
        return Answer(
            jobs=tuple(str(jobs.ids[at[row]]) for row in order),
            supports=tuple(supports[row] for row in order),
            refused=(refused[0], refused[1], refused[2], refused[3], refused[4]),
        )

    def _most(self, both: NDArray[np.int64]) -> NDArray[np.int8]:
        masks, which = np.unique(both, return_inverse=True)
        table = np.zeros((len(masks), len(AREAS)), dtype=np.int8)
        for bit in range(len(self.codes)):
            table = np.where(((masks >> bit) & 1)[:, None] == 1, np.maximum(table, self.relief[bit]), table)
        found: NDArray[np.int8] = table[which]
        return found

    def _wish(self, person: int, at: NDArray[np.int64]) -> NDArray[np.int64]:
        wish = np.zeros(len(at), dtype=np.int64)
        for told in self.wishes[person]:
            wish[self.occupation[at] == told["key"]] = told["value"]
        return wish

    def _support(self, gap: NDArray[np.int8], both: int) -> tuple[str, ...]:
        key = (gap.tobytes(), both)
        if key not in self._kept:
            self._kept[key] = self._tried(gap, both)
        return self._kept[key]

    def _tried(self, gap: NDArray[np.int8], both: int) -> tuple[str, ...]:
        areas = np.flatnonzero(gap)
        closes = {
            bit: sum(1 << place for place, area in enumerate(areas) if self.relief[bit, area] >= gap[area])
            for bit in range(len(self.codes))
            if both >> bit & 1
        }
        useful = [bit for bit, closed in closes.items() if closed]
        whole = (1 << len(areas)) - 1
        for size in range(1, len(useful) + 1):
            found = [
                (sum(self.cost[bit] for bit in chosen), [self.codes[bit] for bit in chosen])
                for chosen in combinations(useful, size)
                if _together(closes[bit] for bit in chosen) == whole
            ]
            if found:
                return tuple(min(found)[1])
        raise AssertionError("gaps that close cannot be closed")


def duckdb_refused(tables: MarketTables, sample: Sequence[int], *, threads: int) -> list[Refused]:
    """How many jobs each reason refuses first, for the persons of `sample`, by one SQL statement."""
    import duckdb

    persons, jobs = _frames(tables, sample=sample)
    link = duckdb.connect(config={"threads": threads})
    with TemporaryDirectory() as folder:
        for name, frame in (("persons", persons), ("jobs", jobs)):
            frame.write_parquet(Path(folder) / f"{name}.parquet")
            link.execute(f"create table {name} as from read_parquet('{folder}/{name}.parquet')")
    gap = " or ".join(
        f"(p.c{at} is not null and j.d{at} - p.c{at} > {_most_sql(tables, area)})" for at, area in enumerate(AREAS)
    )
    counts = ", ".join(f"count(*) filter (where reason = {at})" for at in range(len(REASONS)))
    rows = link.execute(
        f"""
        select person, {counts} from (
            select p.person as person, case
                when sqrt((j.x - p.x) * (j.x - p.x) + (j.y - p.y) * (j.y - p.y)) > p.max_km + 1e-9 then 0
                when greatest(j.low, p.low) > least(j.high, p.high) then 1
                when (j.slots & ~p.slots) <> 0 then 2
                when (j.skills & ~p.skills) <> 0 then 3
                when {gap} then 4
                else 5 end as reason
            from persons p cross join jobs j)
        group by person order by person
        """
    ).fetchall()
    return [tuple(row[1:]) for row in rows]


def polars_refused(tables: MarketTables, sample: Sequence[int]) -> list[Refused]:
    """The same by polars' streaming cross join."""
    persons, jobs = _frames(tables, sample=sample)
    apart = ((pl.col("x_j") - pl.col("x")) ** 2 + (pl.col("y_j") - pl.col("y")) ** 2).sqrt()
    both = pl.col("measures") & pl.col("measures_j")
    gap = pl.lit(value=False)
    for at, area in enumerate(AREAS):
        most: pl.Expr = pl.lit(0, dtype=pl.Int8)
        for bit, relief in _relieving(tables, area):
            most = pl.max_horizontal(most, pl.when((both & (1 << bit)) != 0).then(relief).otherwise(0).cast(pl.Int8))
        gap = gap | (pl.col(f"d{at}") - pl.col(f"c{at}") > most).fill_null(value=False)
    reason = (
        pl.when(apart > pl.col("max_km") + 1e-9)
        .then(0)
        .when(pl.max_horizontal("low", "low_j") > pl.min_horizontal("high", "high_j"))
        .then(1)
        .when((pl.col("slots_j") & ~pl.col("slots")) != 0)
        .then(2)
        .when((pl.col("skills_j") & ~pl.col("skills")) != 0)
        .then(3)
        .when(gap)
        .then(4)
        .otherwise(5)
    )
    found = (
        persons.lazy()
        .join(jobs.lazy(), how="cross", suffix="_j")
        .select("person", reason.alias("reason"))
        .group_by("person")
        .agg([(pl.col("reason") == at).sum().alias(name) for at, name in enumerate(REASONS)])
        .sort("person")
        .collect(engine="streaming")
    )
    return [tuple(row[1:]) for row in found.iter_rows()]


def faiss_recall(tables: MarketTables, *, sample: Sequence[int], right: Sequence[Answer], top: int) -> float:
    """The share of the right jobs among the nearest `OVER_FETCH` x `top`, told as steps of a bit."""
    import faiss

    plain = Plain(tables)
    jobs = _steps(plain.jobs.levels)
    index = faiss.IndexFlatIP(jobs.shape[1])
    index.add(jobs)
    _, near = index.search(-(1 - _steps(plain.persons.levels[list(sample)])), min(OVER_FETCH * top, len(jobs)))
    found = wanted = 0
    for row, answer in zip(near, right, strict=True):
        ids = {str(plain.jobs.ids[at]) for at in row}
        found += len(ids.intersection(answer.jobs))
        wanted += len(answer.jobs)
    return found / max(1, wanted)


def flat_persons(tables: MarketTables) -> Flat:
    return _flat(tables.persons, levels="capacity", skills="skills", codes=_codes(tables), known=_skills(tables))


def flat_jobs(tables: MarketTables) -> Flat:
    return _flat(tables.jobs, levels="demand", skills="requires", codes=_codes(tables), known=_skills(tables))


def _flat(frame: pl.DataFrame, *, levels: str, skills: str, codes: list[str], known: list[str]) -> Flat:
    told = frame[levels].struct.unnest().fill_null(NULL)
    return Flat(
        ids=np.array(frame["id"].to_list()),
        levels=told.select(AREAS).to_numpy().astype(np.int8),
        xy=frame.select("x", "y").to_numpy(),
        hours=np.array(frame["hours"].to_list(), dtype=np.float64).reshape(-1, 2),
        slots=_bits(frame["slots"], SLOTS),
        skills=_bits(frame[skills], known),
        measures=_bits(frame["measures"], codes),
    )


def _bits(lists: pl.Series, names: Sequence[str]) -> NDArray[np.int64]:
    bit: Mapping[str, int] = {name: 1 << at for at, name in enumerate(names)}
    return np.array([sum(bit[name] for name in told) for told in lists.to_list()], dtype=np.int64)


def _frames(tables: MarketTables, *, sample: Sequence[int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    persons, jobs = flat_persons(tables), flat_jobs(tables)
    at = np.array(sample)
    levels = [pl.Series(f"c{area}", persons.levels[at, area]).replace(NULL, None) for area in range(len(AREAS))]
    mine = pl.DataFrame({"person": np.arange(len(at)), "max_km": tables.persons["max_km"].to_numpy()[at]})
    theirs = pl.DataFrame({f"d{area}": jobs.levels[:, area] for area in range(len(AREAS))})
    return (
        mine.with_columns(_plain_columns(persons, at)).with_columns(levels),
        theirs.with_columns(_plain_columns(jobs, np.arange(len(jobs.ids)))),
    )


def _plain_columns(flat: Flat, at: NDArray[np.int64]) -> list[pl.Series]:
    return [
        pl.Series("x", flat.xy[at, 0]),
        pl.Series("y", flat.xy[at, 1]),
        pl.Series("low", flat.hours[at, 0]),
        pl.Series("high", flat.hours[at, 1]),
        pl.Series("slots", flat.slots[at]),
        pl.Series("skills", flat.skills[at]),
        pl.Series("measures", flat.measures[at]),
    ]


def _most_sql(tables: MarketTables, area: str) -> str:
    cases = [
        f"case when (j.measures & p.measures & {1 << bit}) <> 0 then {relief} else 0 end"
        for bit, relief in _relieving(tables, area)
    ]
    return f"greatest(0, {', '.join(cases)})" if cases else "0"


def _relieving(tables: MarketTables, area: str) -> Iterator[tuple[int, int]]:
    return ((bit, one["relief"][area]) for bit, one in enumerate(tables.measures) if area in one["relief"])


def _steps(levels: NDArray[np.int8]) -> NDArray[np.float32]:
    """Each level as so many ones of four; unknown capacity stands as whole."""
    return np.concatenate([levels >= step for step in (1, 2, 3, 4)], axis=1).astype(np.float32)


def _together(bits: Iterator[int]) -> int:
    found = 0
    for each in bits:
        found |= each
    return found


def _codes(tables: MarketTables) -> list[str]:
    return [str(one["code"]) for one in tables.measures]


def _skills(tables: MarketTables) -> list[str]:
    told = pl.concat([tables.persons["skills"].explode(), tables.jobs["requires"].explode()])
    return sorted(told.drop_nulls().unique().to_list())
