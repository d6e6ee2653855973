"""Smallest support for many pairs: the compiled search, the kernel and a plain brute force on the same input."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

import numpy as np

from jobbro.engines.support.catalogue import catalogue, catalogue_version
from jobbro.engines.support.occupations import occupation_table
from jobbro.kernel.fit import Measure, fit
from jobbro.kernel.fit_batch import UNKNOWN, VERDICTS, BatchFit, Bytes, MeasureTable, fit_many, measure_table
from jobbro.kernel.vocabulary import AREAS

SIZES = {"S": 20_000, "M": 200_000, "L": 1_000_000}
# Pairs answered by the kernel and by brute force as well; their time a pair is scaled to all pairs.
KERNEL_SAMPLE = {"S": 2_000, "M": 5_000, "L": 10_000}
BRUTE_SAMPLE = {"S": 200, "M": 500, "L": 1_000}
SEED = 20_260_201

HARD, NOT_ASKED = 0.15, 0.02

Answer = tuple[str, tuple[str, ...]]
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class _Pairs:
    capacity: Bytes
    demand: Bytes
    available: Bytes
    table: MeasureTable
    measures: tuple[Measure, ...]

    def row(self, position: int) -> tuple[dict[str, int | None], dict[str, int], list[Measure]]:
        levels = zip(AREAS, self.capacity[position].tolist(), strict=True)
        bits = np.unpackbits(self.available[position], bitorder="little")
        return (
            {area: None if level == UNKNOWN else level for area, level in levels},
            dict(zip(AREAS, self.demand[position].tolist(), strict=True)),
            [measure for measure, offered in zip(self.measures, bits, strict=False) if offered],
        )

    def answer(self, *, first: int | None = None) -> BatchFit:
        return fit_many(
            capacity=self.capacity[:first],
            demand=self.demand[:first],
            available=self.available[:first],
            table=self.table,
        )


def run(size: str = "L") -> dict[str, Any]:
    """Times, memory and ratios for `size` "S", "M" or "L"; raises `AssertionError` when any answer differs."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    pairs = make_pairs(pairs=SIZES[size])
    _, _, first_call = _timed(lambda: pairs.answer(first=1))
    batch, cpu, wall = _timed(pairs.answer)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peers = {
        "kernel": _peer(_by_kernel, pairs, batch, sample=KERNEL_SAMPLE[size]),
        "brute_force": _peer(_by_brute_force, pairs, batch, sample=BRUTE_SAMPLE[size]),
    }
    for peer in peers.values():
        peer["ratio"] = round(peer["cpu_seconds_scaled"] / cpu, 1)
    return {
        "bench": "fit",
        "size": size,
        "pairs": SIZES[size],
        "measures": len(pairs.measures),
        "catalogue": catalogue_version()[:12],
        "jobbro": {
            "cpu_seconds": round(cpu, 3),
            "wall_seconds": round(wall, 3),
            "first_call_seconds": round(first_call, 3),
            "microseconds_a_pair": round(1e6 * cpu / SIZES[size], 3),
            "peak_mb": round(peak_mb, 1),
        },
        "peers": peers,
        "verdicts": {str(name): int((batch.verdict == number).sum()) for number, name in enumerate(VERDICTS)},
        "support_sizes": _support_sizes(batch),
    }


def make_pairs(*, pairs: int) -> _Pairs:
    """Made-up people against the built-in occupations, always the same ones for the same `pairs`.

    A person is hard put in a few areas, has not been asked about some, and manages the rest. An occupation asks its
    average, now and then one level more or less. Person and job each offer three in four of the measures.
    """
    measures = catalogue().measures()
    table = measure_table(measures)
    random = np.random.default_rng(SEED)
    shape = (pairs, len(AREAS))
    capacity = random.choice(np.array([3, 4, 4, 4], dtype=np.uint8), size=shape)
    hard = random.random(shape, dtype=np.float32) < HARD
    capacity[hard] = random.integers(0, 3, size=int(hard.sum()), dtype=np.uint8)
    capacity[random.random(shape, dtype=np.float32) < NOT_ASKED] = UNKNOWN
    asks = np.array([[o.demand[area] for area in AREAS] for o in occupation_table().occupations], dtype=np.int8)
    demand = asks[random.integers(0, len(asks), size=pairs)]
    demand += random.choice(np.array([-1, 0, 0, 0, 0, 1], dtype=np.int8), size=shape)
    offers = [random.integers(0, 256, size=(pairs, table.mask_bytes), dtype=np.uint8) for _ in range(4)]
    return _Pairs(
        capacity=capacity,
        demand=np.clip(demand, 0, 4).astype(np.uint8),
        available=(offers[0] | offers[1]) & (offers[2] | offers[3]),
        table=table,
        measures=measures,
    )


def brute_force(
    *, capacity: Mapping[str, int | None], demand: Mapping[str, int], measures: Sequence[Measure]
) -> Answer:
    """The contract read plainly: try every set of the measures that close a gap, smaller sets first."""
    gaps: dict[str, int] = {}
    is_open = False
    for area, asked in demand.items():
        level = capacity[area]
        if level is None:
            is_open = is_open or asked >= 2
        elif asked > level:
            gaps[area] = asked - level
    closes = {m.code: {area for area, gap in gaps.items() if m.relief.get(area, 0) >= gap} for m in measures}
    useful = [m for m in measures if closes[m.code]]
    if set().union(*(closes[m.code] for m in useful)) != set(gaps):
        return "no", ()
    verdict = "ask" if is_open else "with_support" if gaps else "as_is"
    for size in range(len(useful) + 1):
        closing = [
            (sum(m.cost for m in chosen), sorted(m.code for m in chosen))
            for chosen in combinations(useful, size)
            if len(set().union(*(closes[m.code] for m in chosen))) == len(gaps)
        ]
        if closing:
            return verdict, tuple(min(closing)[1])
    raise AssertionError("all measures together close all gaps, so some set must")


def _by_kernel(capacity: Mapping[str, int | None], demand: Mapping[str, int], measures: Sequence[Measure]) -> Answer:
    found = fit(capacity=capacity, demand=demand, measures=measures)
    return str(found.verdict), found.support


def _by_brute_force(
    capacity: Mapping[str, int | None], demand: Mapping[str, int], measures: Sequence[Measure]
) -> Answer:
    return brute_force(capacity=capacity, demand=demand, measures=measures)


def _peer(
    answer: Callable[[Mapping[str, int | None], Mapping[str, int], Sequence[Measure]], Answer],
    pairs: _Pairs,
    batch: BatchFit,
    *,
    sample: int,
) -> dict[str, Any]:
    # Building the rows is not timed: a peer is given its input in its own form.
    rows = [pairs.row(position) for position in range(sample)]
    answers, cpu, _ = _timed(lambda: [answer(*row) for row in rows])
    for position, theirs in enumerate(answers):
        ours = str(VERDICTS[batch.verdict[position]]), batch.codes(position, table=pairs.table)
        if ours != theirs:
            raise AssertionError(f"pair {position} differs: {ours} against {theirs}")
    return {
        "sample": sample,
        "answers_equal": sample,
        "cpu_seconds": round(cpu, 3),
        "cpu_seconds_scaled": round(cpu / sample * len(pairs.capacity), 1),
    }


def _support_sizes(batch: BatchFit) -> dict[str, int]:
    sizes = np.bitwise_count(batch.support).sum(axis=1)
    return {str(size): int((sizes == size).sum()) for size in range(int(sizes.max()) + 1)}


def _timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def _print(figures: dict[str, Any]) -> None:
    ours = figures["jobbro"]
    print(f"fit {figures['size']}: smallest support of {figures['pairs']:,} pairs, {figures['measures']} measures")
    print(
        f"  jobbro       {ours['cpu_seconds']:>10.2f} CPU s  {ours['wall_seconds']:>8.2f} s wall  "
        f"{ours['peak_mb']:>7.0f} MB peak  (first call {ours['first_call_seconds']} s, not counted)"
    )
    for name, peer in figures["peers"].items():
        print(
            f"  {name:<12} {peer['cpu_seconds_scaled']:>10.1f} CPU s  {peer['ratio']:>8.0f} x    scaled from "
            f"{peer['sample']:,} pairs, {peer['answers_equal']:,} answers equal"
        )
    print("  verdicts     " + ", ".join(f"{name} {count:,}" for name, count in figures["verdicts"].items()))
    print("  measures in the support: " + ", ".join(f"{n}: {c:,}" for n, c in figures["support_sizes"].items()))


def main(*, size: str = "L", as_json: bool = False) -> int:
    """Run the bench and print its figures; 0 when all answers are equal, else `AssertionError`."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="S 20,000, M 200,000, L 1,000,000 pairs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
