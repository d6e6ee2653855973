"""Guidance across the schemes: one person, the next question, a population in memory and in PostgreSQL, and peers."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl
import psycopg

from benchmarks._openfisca import is_there, openfisca_figures
from benchmarks._questionings import question_figures
from jobbro.cli.database import temporary_database
from jobbro.engines.schemes.columns import blocking, outcomes
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.expressions import DECISION_DATE
from jobbro.engines.schemes.facts import Facts, ToldFact
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.planes import Judged, judge_people, packed_people
from jobbro.engines.schemes.population import population, with_unknowns
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package
from jobbro.engines.schemes.sql import caseload_sql, column_type, count_sql, quoted

# People in the population, people on whom all back-ends are held together, people questioned and explained.
SIZES = {"S": (50_000, 2_000, 30), "M": (250_000, 20_000, 100), "L": (1_000_000, 100_000, 200)}
ON = date(2026, 11, 22)
SEED = 20_261_122
KNOWN = 0.6
REPEATS = 7
EXPLAINED = 500

Result = TypeVar("Result")


def run(size: str = "L") -> dict[str, Any]:
    """All figures for `size` "S", "M" or "L"; raises `AssertionError` when any two back-ends differ."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    persons, compared, questioned = SIZES[size]
    package = load_package()
    decider = decider_of(resolve(package, ON))
    whole = population(package, size=persons, on=ON, seed=SEED)
    partial = with_unknowns(whole, package=package, known=KNOWN, seed=SEED + 1)
    return {
        "bench": "schemes",
        "size": size,
        "package": package.hash[:12],
        "schemes": len(decider.trees),
        "conditions": len(decider.conditions),
        "facts": len(decider.facts),
        "explain": _explain_figures(partial.head(EXPLAINED), package=package),
        "questions": question_figures(whole.head(questioned).rows(named=True), package=package, on=ON),
        "memory": _memory_figures(partial, package=package),
        "agreement": _agreement(partial.head(compared), package=package),
        "completions": _completions(partial.head(compared), package=package),
        "postgresql": _postgres_figures(partial, package=package, compared=compared),
        "openfisca": openfisca_figures(whole.head(compared), package=package, on=ON)
        if is_there()
        else "not installed: pip install jobbro[bench]",
    }


def _explain_figures(people: pl.DataFrame, *, package: Package) -> dict[str, Any]:
    told = [
        Facts(told={code: ToldFact(value=value) for code, value in row.items() if value is not None})
        for row in people.rows(named=True)
    ]
    explain(told[0], package=package, on=ON)
    wall, cpu = [], []
    for facts in told:
        cpu_start, start = time.thread_time(), time.perf_counter()
        explain(facts, package=package, on=ON)
        wall.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (time.thread_time() - cpu_start))
    return {
        "persons": len(told),
        "median_ms": _rounded(np.median(wall)),
        "p95_ms": _rounded(np.percentile(wall, 95)),
        "p95_cpu_ms": _rounded(np.percentile(cpu, 95)),
    }


def _memory_figures(people: pl.DataFrame, *, package: Package) -> dict[str, Any]:
    packed = packed_people(people, package=package)
    return {
        "persons": people.height,
        "planes_with_blocking_ms": _best_ms(lambda: judge_people(packed, package=package, on=ON)),
        "polars_ms": _best_ms(lambda: outcomes(people, package=package, on=ON)),
        "polars_blocking_ms": _best_ms(lambda: blocking(people, package=package, on=ON)),
    }


def _agreement(people: pl.DataFrame, *, package: Package) -> dict[str, Any]:
    """The scalar rules, polars and the planes give everybody the same verdicts and blocking facts."""
    judged = judge_people(packed_people(people, package=package), package=package, on=ON)
    verdicts = outcomes(people, package=package, on=ON)
    _same_as_planes(judged, verdicts, blocking(people, package=package, on=ON))
    decider = decider_of(resolve(package, ON))
    masks = _masks(judged, package=package)
    columns = [verdicts[scheme].to_list() for scheme in decider.trees]
    for number, row in enumerate(people.iter_rows(named=True)):
        findings = decider.findings({**row, DECISION_DATE: ON})
        for scheme, root, column in zip(decider.roots, decider.roots.values(), columns, strict=True):
            if root(findings) != (column[number], masks[scheme][number]):
                raise AssertionError(f"{scheme} differs for person {number}")
    return {
        "persons": people.height,
        "verdicts_equal": people.height * len(columns),
        "backends": "scalar polars planes",
    }


def _same_as_planes(judged: Judged, verdicts: pl.DataFrame, blocked: pl.DataFrame) -> None:
    for scheme in judged.yes:
        for plane, found in ((judged.yes[scheme], verdicts[scheme]), (judged.no[scheme], ~verdicts[scheme])):
            if (judged.people(plane) != found.fill_null(False).to_numpy()).any():
                raise AssertionError(f"polars and planes differ on {scheme}")
    for (scheme, fact), is_open in judged.blocking.items():
        if (judged.people(is_open) != blocked[f"{scheme}:{fact}"].to_numpy()).any():
            raise AssertionError(f"polars and planes differ on {fact} of {scheme}")


def _masks(judged: Judged, *, package: Package) -> dict[str, list[int]]:
    bits = decider_of(resolve(package, ON)).bits
    masks = {scheme: [0] * judged.size for scheme in judged.yes}
    for (scheme, fact), plane in judged.blocking.items():
        for number in np.flatnonzero(judged.people(plane)).tolist():
            masks[scheme][number] |= bits[fact]
    return masks


def _completions(people: pl.DataFrame, *, package: Package) -> dict[str, Any]:
    """A verdict on some facts stays when the rest are drawn: no yes turns no, and no no turns yes."""
    verdicts = outcomes(people, package=package, on=ON)
    settled = wrong = 0
    samples = 3
    for sample in range(samples):
        others = people.sample(fraction=1.0, shuffle=True, seed=SEED + sample)
        drawn = population(package, size=people.height, on=ON, seed=SEED + 10 + sample)
        filled = people.select(pl.coalesce(code, others[code], drawn[code]).alias(code) for code in people.columns)
        after = outcomes(filled, package=package, on=ON)
        for scheme in verdicts.columns:
            was_settled = verdicts[scheme].is_not_null()
            settled += int(was_settled.sum())
            wrong += int((was_settled & verdicts[scheme].ne_missing(after[scheme])).sum())
    if wrong:
        raise AssertionError(f"{wrong} verdicts turn when more is known")
    return {"persons": people.height, "samples": samples, "settled_verdicts_tried": settled, "wrong": wrong}


def _postgres_figures(people: pl.DataFrame, *, package: Package, compared: int) -> dict[str, Any]:
    with (
        temporary_database() as database,
        psycopg.connect(database.owner_url or database.app_url, autocommit=True) as connection,
    ):
        _store(connection, people, package=package)
        query = count_sql(package, on=ON, source="told")
        counts = connection.execute(query).fetchone()
        times = [_timed(lambda: connection.execute(query).fetchone())[1] for _ in range(REPEATS)]
        _same_as_postgres(connection, people.head(compared), package=package)
    expected = [
        int((verdict == wanted).sum()) if wanted is not None else verdict.null_count()
        for verdict in outcomes(people, package=package, on=ON)
        for wanted in (True, False, None)
    ]
    if counts is None or list(counts) != expected:
        raise AssertionError("PostgreSQL counts differ from polars")
    return {
        "persons": people.height,
        "count_seconds_best": _rounded(min(times)),
        "count_seconds_median": _rounded(np.median(times)),
        "verdicts_equal": compared * len(package.schemes),
    }


def _store(connection: psycopg.Connection[Any], people: pl.DataFrame, *, package: Package) -> None:
    columns = ", ".join(f"{quoted(code)} {column_type(fact)}" for code, fact in package.facts.items())
    connection.execute(f"CREATE UNLOGGED TABLE told (person integer PRIMARY KEY, {columns})")
    with tempfile.TemporaryDirectory() as folder, connection.cursor() as cursor:
        path = Path(folder) / "people.csv"
        people.with_row_index("person").write_csv(path)
        with cursor.copy("COPY told FROM STDIN (FORMAT csv, HEADER)") as copy, path.open("rb") as file:
            while block := file.read(1 << 20):
                copy.write(block)
    connection.execute("VACUUM ANALYZE told")


def _same_as_postgres(connection: psycopg.Connection[Any], people: pl.DataFrame, *, package: Package) -> None:
    query = (
        f"{caseload_sql(package, on=ON, source='told', key='person')} WHERE person < {people.height} ORDER BY person"
    )
    verdicts = outcomes(people, package=package, on=ON).iter_rows()
    blocked = blocking(people, package=package, on=ON).iter_rows(named=True)
    for row, ours, still in zip(connection.execute(query), verdicts, blocked, strict=True):
        if row[1::2] != ours:
            raise AssertionError(f"PostgreSQL and polars differ for person {row[0]}")
        theirs = {
            f"{scheme}:{fact}" for scheme, facts in zip(package.schemes, row[2::2], strict=True) for fact in facts
        }
        if theirs != {name for name, is_open in still.items() if is_open}:
            raise AssertionError(f"PostgreSQL and polars block differently for person {row[0]}")


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def _best_ms(work: Callable[[], object]) -> float:
    work()
    return _rounded(1e3 * min(_timed(work)[1] for _ in range(REPEATS)))


def _rounded(value: Any) -> float:
    return round(float(value), 2)


def _print(figures: dict[str, Any]) -> None:
    print(
        f"schemes {figures['size']}: {figures['schemes']} schemes, {figures['conditions']} conditions, "
        f"{figures['facts']} facts, rules {figures['package']}"
    )
    for name in ("explain", "memory", "agreement", "completions", "postgresql"):
        print(f"  {name:<12} " + "  ".join(f"{key} {value}" for key, value in figures[name].items()))
    questions = figures["questions"]
    print(f"  {'questions':<12} next question ms {questions['next_question_ms']}  persons {questions['persons']}")
    for name in ("nothing_known", "registers_known"):
        found = questions[name]
        print(f"  {name:<16} mean {found['mean']}  p90 {found['product_p90']}\n{'':<18} ratio to {found['ratio_to']}")
    print(f"  {'openfisca':<12} {figures['openfisca']}")


def main(*, size: str = "L", as_json: bool = False) -> int:
    """Run the bench and print its figures; 0 when all answers are equal, else `AssertionError`."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schemes", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="50,000, 250,000 or 1,000,000 people")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
