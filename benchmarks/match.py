"""Matching: everybody against every job, one person at the desk, the whole command, and other ways to do it.

No ratio is printed unless the peer's answers for the persons that were tried are the product's own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np

from benchmarks._market import SIZES, MarketTables, made_up_market, write_files
from benchmarks._match_peers import REASONS, Answer, Plain, Refused, duckdb_refused, faiss_recall, polars_refused
from benchmarks._packages import versions_of
from jobbro.engines.matching.columns import PersonColumns, person_columns
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.model import Person
from jobbro.engines.matching.reading import read_jobs, read_measures, read_persons
from jobbro.engines.matching.running import match_lines, match_lists
from jobbro.engines.matching.shards import Threads

Result = TypeVar("Result")

# The clock of the processor's time tells less than this as 0: a tiny market is done before it has ticked.
LEAST_CPU = 0.001
TOP, SEED = 50, 20_261_122
# Persons that each peer answers; what they cost is scaled to everybody.
SAMPLES = {
    "S": {"numpy": 200, "duckdb": 50, "polars": 50, "faiss": 50},
    "M": {"numpy": 1_000, "duckdb": 100, "polars": 100, "faiss": 200},
    "L": {"numpy": 200, "duckdb": 10, "polars": 10, "faiss": 50},
}
SINGLES = {"S": 200, "M": 1_000, "L": 1_000}
GOALS = {
    "S": {},
    "M": {"kernel_cpu_seconds": 3.6, "numpy_to_kernel_cpu": 30, "peak_mb": 300},
    "L": {"command_wall_seconds": 240, "command_peak_mb": 2_000, "single_ms_median": 0.25, "single_ms_p99": 1.5},
}


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a step cost."""

    cpu_seconds: float
    wall_seconds: float

    def as_json(self) -> dict[str, float]:
        return {"cpu_seconds": round(self.cpu_seconds, 3), "wall_seconds": round(self.wall_seconds, 3)}


def run(size: str = "M") -> dict[str, Any]:
    """Figures for `size` "S", "M" or "L"; raises `AssertionError` when answers differ."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    persons, jobs = SIZES[size]
    load = os.getloadavg()[0]
    tables = made_up_market(persons=persons, jobs=jobs, seed=SEED)
    with TemporaryDirectory() as folder:
        files = write_files(tables, folder=Path(folder))
        command = _command(files, out=Path(folder) / "out.jsonl")
        lines = Path(folder) / "lines.jsonl"
        figures = _in_process(files, out=lines, singles=SINGLES[size])
        if command["sha256"] != figures["sha256"]:
            raise AssertionError("the command writes other lines than the engine")
        peers = _peers(tables, lines=lines, samples=SAMPLES[size], kernel=figures["kernel"]["cpu_seconds"])
    return {
        "bench": "match",
        "size": size,
        "persons": persons,
        "jobs": jobs,
        "top": TOP,
        "load_before": round(load, 2),
        "versions": versions_of("numba", "numpy", "polars", "duckdb"),
        "command": command,
        **figures,
        "peers": peers,
        "goals": GOALS[size],
    }


def _command(files: Sequence[Path], *, out: Path) -> dict[str, Any]:
    """The whole command in a process of its own, the file written."""
    names = ("--persons", "--jobs", "--measures")
    arguments = [part for name, file in zip(names, files, strict=True) for part in (name, str(file))]
    started = time.perf_counter()
    done = subprocess.Popen(
        [sys.executable, "-m", "jobbro.cli.main", "match", *arguments, "--top", str(TOP), "--out", str(out)],
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode:
        raise AssertionError(f"jobbro match ended with {done.returncode}")
    used = Used(cpu_seconds=usage.ru_utime + usage.ru_stime, wall_seconds=time.perf_counter() - started)
    with out.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = out.stat().st_size
    out.unlink()
    return {
        **used.as_json(),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
        "file_mb": round(size / 1e6, 1),
        "sha256": digest,
    }


def _in_process(files: tuple[Path, Path, Path], *, out: Path, singles: int) -> dict[str, Any]:
    measures = read_measures(files[2])
    codes = frozenset(one.code for one in measures)
    market, building = _timed(lambda: build_market(jobs=read_jobs(files[1], measures=codes), measures=measures))
    few = [person for person, _ in zip(read_persons(files[0], measures=codes), range(singles), strict=False)]
    persons, reading = _timed(
        lambda: person_columns(read_persons(files[0], measures=codes), catalogue=market.catalogue)
    )
    crew = Threads()
    _warm(persons, market=market, crew=crew)
    listed, kernel = _timed(
        lambda: sum(len(each.keys) for each in match_lists(persons, market=market, top=TOP, crew=crew))
    )
    digest, writing = _timed(lambda: _write(persons, market=market, crew=crew, out=out))
    crew.close()
    return {
        "listed_pairs": listed,
        "read_jobs_and_build": building.as_json(),
        "read_persons": reading.as_json(),
        "kernel": kernel.as_json(),
        "kernel_and_file": writing.as_json(),
        "file_to_kernel_cpu": round(writing.cpu_seconds / max(kernel.cpu_seconds, LEAST_CPU), 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "single": _singles(few, market=market),
        "sha256": digest,
    }


def _warm(persons: PersonColumns, *, market: Market, crew: Threads) -> None:
    # Compiled loops are loaded once a process; that is the command's price, not the kernel's.
    few = persons.part(0, min(10, len(persons)))
    b"".join(match_lines(few, market=market, top=TOP, crew=crew))
    sum(len(each.keys) for each in match_lists(few, market=market, top=TOP, crew=crew))


def _write(persons: PersonColumns, *, market: Market, crew: Threads, out: Path) -> str:
    digest = hashlib.sha256()
    with out.open("wb") as stream:
        for block in match_lines(persons, market=market, top=TOP, crew=crew):
            stream.write(block)
            digest.update(block)
    return digest.hexdigest()


def _singles(few: Sequence[Person], *, market: Market) -> dict[str, float]:
    """One person at the desk against all jobs: from the person as told to the list as the contract tells it."""
    market.list_for(few[0], TOP)
    took = []
    for person in few:
        started = time.perf_counter()
        market.list_for(person, TOP)
        took.append(1000 * (time.perf_counter() - started))
    return {
        "persons": len(took),
        "ms_median": round(float(np.median(took)), 3),
        "ms_p99": round(float(np.percentile(took, 99)), 3),
        "ms_worst": round(max(took), 3),
    }


def _peers(tables: MarketTables, *, lines: Path, samples: dict[str, int], kernel: float) -> dict[str, Any]:
    count = len(tables.persons)
    chosen = {name: np.linspace(0, count - 1, size).astype(int).tolist() for name, size in samples.items()}
    wanted = {at for rows in chosen.values() for at in rows}
    with lines.open("rb") as stream:
        ours = {at: _answer(json.loads(line)) for at, line in enumerate(stream) if at in wanted}
    plain = Plain(tables)
    found: dict[str, Any] = {}
    answers, used = _timed(lambda: [plain.answer(at, top=TOP) for at in chosen["numpy"]])
    _same(answers, [ours[at] for at in chosen["numpy"]], name="numpy")
    found["numpy"] = _figures(used, tried=len(answers), count=count, kernel=kernel)
    refusing: dict[str, Callable[[Sequence[int]], list[Refused]]] = {
        "duckdb": partial(duckdb_refused, tables, threads=os.cpu_count() or 1),
        "polars": partial(polars_refused, tables),
    }
    for name, refuse in refusing.items():
        if find_spec(name):
            refused, used = _timed(partial(refuse, chosen[name]))
            _same_refused(refused, [ours[at].refused for at in chosen[name]], name=name)
            found[name] = {
                **_figures(used, tried=len(refused), count=count, kernel=kernel),
                "spared": "chooses no support and no order",
            }
    if find_spec("faiss"):
        rows = chosen["faiss"]
        recall, used = _timed(lambda: faiss_recall(tables, sample=rows, right=[ours[at] for at in rows], top=TOP))
        found["faiss"] = {**used.as_json(), "tried": len(rows), "recall": round(recall, 4), "ratio": None}
    return found


def _answer(line: dict[str, Any]) -> Answer:
    refused = [line["none"].get(reason, 0) for reason in REASONS]
    return Answer(
        jobs=tuple(one["job"] for one in line["jobs"]),
        supports=tuple(tuple(one["support"]) for one in line["jobs"]),
        refused=(refused[0], refused[1], refused[2], refused[3], refused[4]),
    )


def _figures(used: Used, *, tried: int, count: int, kernel: float) -> dict[str, Any]:
    whole = used.cpu_seconds * count / tried
    return {
        **used.as_json(),
        "tried": tried,
        "cpu_seconds_scaled_to_all": round(whole, 1),
        "cpu_ratio": round(whole / max(kernel, LEAST_CPU), 1),
    }


def _same(theirs: Sequence[Answer], ours: Sequence[Answer], *, name: str) -> None:
    for at, (their, our) in enumerate(zip(theirs, ours, strict=True)):
        if their != our:
            raise AssertionError(f"{name} answers otherwise for person {at} of the sample: {their} against {our}")


def _same_refused(theirs: Sequence[Refused], ours: Sequence[Refused], *, name: str) -> None:
    if list(theirs) != list(ours):
        raise AssertionError(f"{name} refuses other jobs")


def _timed(work: Callable[[], Result]) -> tuple[Result, Used]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, Used(cpu_seconds=time.process_time() - cpu, wall_seconds=time.perf_counter() - wall)


def _print(figures: dict[str, Any]) -> None:
    single, command = figures["single"], figures["command"]
    print(
        f"match {figures['size']}: {figures['persons']:,} persons x {figures['jobs']:,} jobs, first {figures['top']}, "
        f"load before {figures['load_before']}\n"
        f"  kernel: {figures['kernel']['cpu_seconds']} CPU s, {figures['kernel']['wall_seconds']} s; with the file "
        f"{figures['kernel_and_file']['cpu_seconds']} CPU s ({figures['file_to_kernel_cpu']} x); "
        f"{figures['listed_pairs']:,} pairs listed\n"
        f"  reading persons {figures['read_persons']['cpu_seconds']} CPU s, jobs and market "
        f"{figures['read_jobs_and_build']['cpu_seconds']} CPU s; peak with the bench's tables {figures['peak_mb']} MB\n"
        f"  one person: median {single['ms_median']} ms, 99 % {single['ms_p99']} ms, worst {single['ms_worst']} ms\n"
        f"  whole command: {command['wall_seconds']} s, {command['cpu_seconds']} CPU s, {command['peak_mb']} MB, "
        f"{command['file_mb']} MB written, sha256 {command['sha256'][:16]}"
    )
    for name, peer in figures["peers"].items():
        if peer.get("cpu_ratio") is None:
            print(f"  {name}: recall {100 * peer['recall']:.1f} % of {peer['tried']} persons, so no ratio")
        else:
            print(
                f"  {name}: {peer['cpu_seconds_scaled_to_all']} CPU s scaled from {peer['tried']} persons, same "
                f"answers, {peer['cpu_ratio']} x the kernel{'; ' + peer['spared'] if 'spared' in peer else ''}"
            )
    print(f"  goals: {figures['goals']}")


def main(*, size: str = "M", as_json: bool = False) -> int:
    """Run the bench and print its figures; 0 when all answers agree, else `AssertionError`."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.match", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="M", help="10k x 2k, 100k x 20k, 500k x 200k")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
