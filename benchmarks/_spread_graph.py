"""The listed pairs of a made-up market as arrays in files: each peer spreads them in a process of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks._market import SIZES, MarketTables, made_up_market
from jobbro.engines.matching.columns import person_columns
from jobbro.engines.matching.layout import parts_of
from jobbro.engines.matching.listing import lists_of, true_distances
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.spread.weights import weights_of

TOP = 50
ARRAYS = ("person_start", "job_index", "weight", "places")
# Their keys take 400 bytes each.
PERSONS_AT_ONCE = 50_000

Columns = dict[str, NDArray[Any]]


def write_graph(*, size: str, seed: int, folder: Path) -> None:
    """One file an array, and how they were made is forgotten: memory is measured without the matching."""
    persons, jobs = SIZES[size]
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


def read_graph(folder: Path) -> Columns:
    """The arrays of `allocate`, by name."""
    return {name: np.load(folder / f"{name}.npy") for name in ARRAYS}


def digest_of(arrays: Columns) -> str:
    """The same for the same market."""
    digest = hashlib.sha256()
    for name in ARRAYS:
        digest.update(arrays[name].tobytes())
    return digest.hexdigest()


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
