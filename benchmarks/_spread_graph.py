"""The listed pairs of a made-up market, written as arrays for `_spread_files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks._market import MarketTables, made_up_market
from benchmarks._spread_files import ARRAYS, TOP, Columns
from jobbro.engines.matching.columns import person_columns
from jobbro.engines.matching.layout import parts_of
from jobbro.engines.matching.listing import lists_of, true_distances
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.spread.weights import weights_of

# Their keys take 400 bytes each.
PERSONS_AT_ONCE = 50_000


def write_graph(*, persons: int, jobs: int, seed: int, folder: Path) -> None:
    """One file an array, and how they were made is forgotten: memory is measured without the matching."""
    tables = made_up_market(persons=persons, jobs=jobs, seed=seed)
    market = build_market(jobs=_jobs(tables), measures=[Measure(**one) for one in tables.measures])
    parts = [_listed(rows, market=market) for rows in tables.persons.iter_slices(PERSONS_AT_ONCE)]
    lengths = np.concatenate([part["length"] for part in parts])
    arrays = {
        "person_start": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        "job_index": np.concatenate([part["job"] for part in parts]),
        "weight": np.concatenate([part["weight"] for part in parts]),
        "places": np.array(market.places, dtype=np.int64),
    }
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", arrays[name])


def _listed(rows: pl.DataFrame, *, market: Market) -> Columns:
    lists = lists_of(person_columns(_persons(rows), catalogue=market.catalogue), market=market, top=TOP)
    person, keys = lists.person, lists.keys
    parts = parts_of(keys)
    where = market.position[parts["rank"]]
    weight = weights_of(
        verdict=parts["verdict"].astype(np.uint8),
        wish=parts["wish"].astype(np.uint8),
        measures=parts["measures"].astype(np.uint8),
        distance=true_distances(market=market, people=lists.people, person=person, job=where),
    )
    return {"length": lists.found, "job": parts["rank"].astype(np.int32), "weight": weight}


def _persons(rows: pl.DataFrame) -> Iterator[Person]:
    for row in rows.iter_rows(named=True):
        least, most = row.pop("hours")
        row["wishes"] = {one["key"]: one["value"] for one in row["wishes"]}
        yield Person(min_hours=least, max_hours=most, **row)


def _jobs(tables: MarketTables) -> Iterator[Job]:
    for row in tables.jobs.iter_rows(named=True):
        least, most = row.pop("hours")
        yield Job(min_hours=least, max_hours=most, **row)
