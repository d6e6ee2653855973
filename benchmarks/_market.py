"""Made-up persons, jobs and measures for the benches of matching: the same for the same seed, as tables and as files.

98 towns of very different size, exact ties of address, areas nobody talked about, twins among the measures. Demands are
those of the derived table of occupations. Shares of verdicts and lengths of lists say nothing about real people.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jobbro.engines.occupations.occupations import occupations
from jobbro.kernel.vocabulary import AREAS, SLOTS

# Persons and jobs of a size (contracts, section 7).
SIZES = {"S": (10_000, 2_000), "M": (100_000, 20_000), "L": (500_000, 200_000)}
TOWNS, OCCUPATIONS, MEASURES = 98, 34, 22
SKILLS = ("driving_licence", "food_safety", "forklift", "first_aid", "spreadsheet", "english")
NOT_TALKED_ABOUT, HARD = 0.03, 0.16
WIDTH_KM, HEIGHT_KM = 340.0, 300.0

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class MarketTables:
    """Persons, jobs and measures with the fields of contracts, section 3, a row each."""

    persons: pl.DataFrame = field(repr=False, hash=False)
    jobs: pl.DataFrame = field(repr=False, hash=False)
    measures: list[dict[str, Any]] = field(repr=False, hash=False)


def made_up_market(*, persons: int, jobs: int, seed: int) -> MarketTables:
    """So many persons and jobs, and the measures they share."""
    dice = np.random.default_rng([seed, persons, jobs])
    towns = dice.uniform((0, 0), (WIDTH_KM, HEIGHT_KM), size=(TOWNS, 2)).round(2)
    size = 1 / np.arange(1, TOWNS + 1) ** 0.8
    work = [one for one in occupations() if one.levels]
    chosen = [work[at] for at in sorted(dice.choice(len(work), OCCUPATIONS, replace=False))]
    measures = _measures(dice)
    return MarketTables(
        persons=_persons(dice, count=persons, towns=towns, size=size / size.sum(), codes=[one.code for one in chosen]),
        jobs=_jobs(
            dice,
            count=jobs,
            towns=towns,
            size=size / size.sum(),
            work=[(one.code, [one.levels[area] for area in AREAS]) for one in chosen],
        ),
        measures=measures,
    )


def write_files(tables: MarketTables, *, folder: Path, as_lines: bool = False) -> tuple[Path, Path, Path]:
    """The three files of `jobbro match`: persons and jobs as Parquet, or all as JSON Lines."""
    measures = folder / "measures.jsonl"
    measures.write_text("".join(json.dumps(one) + "\n" for one in tables.measures), encoding="utf-8")
    if as_lines:
        persons, jobs = folder / "persons.jsonl", folder / "jobs.jsonl"
        persons.write_text("".join(json.dumps(_person(row)) + "\n" for row in tables.persons.to_dicts()), "utf-8")
        jobs.write_text("".join(json.dumps(_job(row)) + "\n" for row in tables.jobs.to_dicts()), "utf-8")
    else:
        persons, jobs = folder / "persons.parquet", folder / "jobs.parquet"
        tables.persons.write_parquet(persons)
        tables.jobs.write_parquet(jobs)
    return persons, jobs, measures


def _persons(
    dice: np.random.Generator, *, count: int, towns: NDArray[np.float64], size: NDArray[np.float64], codes: list[str]
) -> pl.DataFrame:
    capacity = np.full((count, len(AREAS)), 4)
    hard = dice.random(capacity.shape) < HARD
    capacity[hard] = dice.choice([0, 1, 2, 3], size=int(hard.sum()), p=[0.05, 0.2, 0.35, 0.4])
    capacity[dice.random(capacity.shape) < NOT_TALKED_ABOUT] = -1
    capacity[dice.random(count) < 0.005] = -1
    least = dice.integers(2, 30, count)
    x, y = _places(dice, count=count, towns=towns, size=size)
    return pl.DataFrame(
        {
            "id": _ids("P", dice, count),
            "capacity": _levels(capacity),
            "x": x,
            "y": y,
            "max_km": dice.choice([5.0, 10.0, 15.0, 20.0, 30.0, 50.0, 120.0], count),
            "hours": _pairs(least, least + dice.integers(0, 18, count)),
            "slots": _subsets(dice, SLOTS, count=count, shares=[0.8, 0.7] * 5 + [0.25] * 4),
            "wishes": _wishes(dice, codes, count=count),
            "skills": _subsets(dice, SKILLS, count=count, shares=[0.3] * len(SKILLS)),
            "measures": _subsets(dice, _codes(), count=count, shares=[0.75] * MEASURES),
        }
    )


def _jobs(
    dice: np.random.Generator,
    *,
    count: int,
    towns: NDArray[np.float64],
    size: NDArray[np.float64],
    work: Sequence[tuple[str, list[int]]],
) -> pl.DataFrame:
    which = dice.integers(0, len(work), count)
    usual = np.array([levels for _, levels in work])[which]
    demand = np.clip(usual - dice.choice([0, 1, 2], size=usual.shape, p=[0.35, 0.4, 0.25]), 0, 4)
    least = dice.integers(4, 34, count)
    x, y = _places(dice, count=count, towns=towns, size=size)
    asks_when = dice.random(count) < 0.6
    slots = _subsets(dice, SLOTS, count=count, shares=[0.3, 0.2] * 5 + [0.04] * 4)
    return pl.DataFrame(
        {
            "id": _ids("J", dice, count),
            "demand": _levels(demand),
            "x": x,
            "y": y,
            "hours": _pairs(least, least + dice.integers(0, 10, count)),
            "slots": pl.Series(slots).zip_with(pl.Series(asks_when), pl.Series([[]] * count, dtype=slots.dtype)),
            "occupation": [work[at][0] for at in which],
            "requires": _subsets(dice, SKILLS, count=count, shares=[0.03] * len(SKILLS)),
            "places": dice.choice([1, 2, 3, 5], count, p=[0.5, 0.25, 0.15, 0.1]),
            "measures": _subsets(dice, _codes(), count=count, shares=[0.8] * MEASURES),
        }
    )


def _measures(dice: np.random.Generator) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for code in _codes():
        areas = sorted(dice.choice(len(AREAS), int(dice.choice([1, 2, 3, 4, 6])), replace=False))
        relief = {AREAS[at]: int(dice.choice([1, 2, 3, 4], p=[0.4, 0.35, 0.15, 0.1])) for at in areas}
        cost = int(dice.integers(1, 5))
        found.append({"code": code, "relief": relief, "cost": cost, "scheme": "employer"})
    # Twins: the same relief and cost under another code, so that ties are everywhere.
    found[-1] = {**found[3], "code": found[-1]["code"]}
    found[-2] = {**found[8], "code": found[-2]["code"]}
    return found


def _codes() -> list[str]:
    return [f"m{at:02}" for at in range(MEASURES)]


def _ids(letter: str, dice: np.random.Generator, count: int) -> list[str]:
    """In no order: code points decide, not numbers and not the place in the file."""
    return [f"{letter}{at}" for at in dice.permutation(count)]


def _places(
    dice: np.random.Generator, *, count: int, towns: NDArray[np.float64], size: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Around towns; one in five exactly in the middle of theirs."""
    at = towns[dice.choice(TOWNS, count, p=size)]
    away = dice.normal(0, 3.5, size=(count, 2)) * (dice.random((count, 1)) > 0.2)
    place = (at + away).round(2)
    return place[:, 0], place[:, 1]


def _levels(levels: Ints) -> pl.Series:
    """A struct with a field an area; -1 is null."""
    columns = {area: levels[:, at].astype(np.int8) for at, area in enumerate(AREAS)}
    frame = pl.DataFrame(columns).with_columns(pl.all().replace(-1, None))
    return frame.to_struct("levels")


def _pairs(low: Ints, high: Ints) -> pl.Series:
    return pl.Series(np.stack([low, high], axis=1).astype(np.float64)).cast(pl.List(pl.Float64))


def _subsets(dice: np.random.Generator, names: Sequence[str], *, count: int, shares: Sequence[float]) -> pl.Series:
    """For each row the names whose share was hit, in their order."""
    hit = dice.random((count, len(names))) < np.array(shares)
    rows, columns = np.nonzero(hit)
    grouped = pl.DataFrame({"row": rows, "name": np.array(names, dtype=object)[columns].astype(str)})
    lists = grouped.group_by("row", maintain_order=True).agg("name")
    everybody = pl.DataFrame({"row": np.arange(count)}).join(lists, on="row", how="left", maintain_order="left")
    return everybody["name"].fill_null(pl.Series([[]], dtype=pl.List(pl.String)))


def _wishes(dice: np.random.Generator, codes: list[str], *, count: int) -> pl.Series:
    """A map from occupation to 1 or 2, as lists of key and value: nobody, or up to four."""
    how_many = dice.choice([0, 1, 2, 3, 4], count, p=[0.15, 0.3, 0.3, 0.15, 0.1])
    order = dice.random((count, len(codes))).argsort(axis=1)[:, :4]
    level = dice.integers(1, 3, (count, 4))
    wished = [
        [{"key": codes[order[row, at]], "value": int(level[row, at])} for at in range(how_many[row])]
        for row in range(count)
    ]
    return pl.Series(wished, dtype=pl.List(pl.Struct({"key": pl.String, "value": pl.Int8})))


def _person(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "wishes": {one["key"]: one["value"] for one in row["wishes"]}}


def _job(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "demand": {area: level for area, level in row["demand"].items() if level}}
