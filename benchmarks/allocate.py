"""The fair spread of proposals: total, proof, time and memory, with other solvers on the same graph round by round."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import _market
from benchmarks._spread_files import TOP, digest_of, read_graph

SEED = 20_260_201
PER_PLACE = (1, 2, 3)
PER_PERSON = 3
WORKER = "benchmarks._spread_peers"
# Each goal is for every C; memory is that of a whole process.
GOALS = {"gap_percent_worst": 0.02, "cpu_to_flow": 1 / 3, "peak_mb_to_flow": 1 / 3}
NEEDS = {"flow": "ortools", "pdlp": "ortools", "simplex": "highspy"}
# What the peers say of a best total must lie between our total and our bound; these two may fall short of the best.
INEXACT = {"greedy": None, "pdlp": 1e-3}


Peers = dict[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How large the market is, and which peers spread its lists, each for which C."""

    persons: int
    jobs: int
    peers: Peers


AT_EVERY_SIZE: Peers = {"flow": PER_PLACE, "greedy": PER_PLACE}
# Linear programmes of millions of pairs take minutes.
ONLY_SMALL: Peers = {"pdlp": (1,), "simplex": (1,)}
SIZES = {
    size: Plan(persons=persons, jobs=jobs, peers=AT_EVERY_SIZE | (ONLY_SMALL if size == "S" else {}))
    for size, (persons, jobs) in _market.SIZES.items()
}


def run(size: str = "S") -> dict[str, Any]:
    """Figures for `size` "S", "M" or "L"; raises `AssertionError` when a best total is not between total and bound."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    plan, load = SIZES[size], os.getloadavg()[0]
    with TemporaryDirectory(prefix="jobbro-spread-") as folder:
        _work("graph", folder, str(plan.persons), str(plan.jobs), str(SEED))
        arrays = read_graph(Path(folder))
        market = {
            "persons": len(arrays["person_start"]) - 1,
            "jobs": len(arrays["places"]),
            "places": int(arrays["places"].sum()),
            "pairs": len(arrays["job_index"]),
            "sha256": digest_of(arrays),
        }
        del arrays
        ours = _spread("jobbro", PER_PLACE, folder=folder)
        peers = {
            name: _spread(name, each, folder=folder)
            for name, each in plan.peers.items()
            if name not in NEEDS or find_spec(NEEDS[name])
        }
    for name, theirs in peers.items():
        _compare(name, theirs, ours=ours)
    return {
        "bench": "allocate",
        "size": size,
        "top": TOP,
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "versions": _versions(),
        "market": market,
        "jobbro": ours,
        "peers": peers,
        "goals": GOALS,
        "reached": _reached(ours, peers.get("flow")),
    }


def _work(*arguments: str) -> str:
    """A worker of its own, so that peers never meet and each has its own peak of memory."""
    done = subprocess.run(
        [sys.executable, "-m", WORKER, *arguments], stdout=subprocess.PIPE, text=True, check=True, cwd=_project()
    )
    return done.stdout


def _project() -> Path:
    return Path(__file__).resolve().parents[1]


def _spread(name: str, per_place: tuple[int, ...], *, folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_work(name, folder, ",".join(map(str, per_place)), str(PER_PERSON)))
    return found


def _compare(name: str, theirs: dict[str, Any], *, ours: dict[str, Any]) -> None:
    """Adds ratios to `theirs`. Raises `AssertionError` when their best cannot be true beside our total and bound."""
    for per_place, found in theirs["per_place"].items():
        mine = ours["per_place"][per_place]
        for number, (their, our) in enumerate(zip(found["rounds"], mine["rounds"], strict=True), start=1):
            if not _agrees(name, their["total"], total=our["total"], bound=our["bound"]):
                told = f"C {per_place}, round {number}: {name} says {their['total']}"
                raise AssertionError(f"{told}, our total is {our['total']} and our bound {our['bound']}")
        if name not in INEXACT:
            solving = sum(each["solve_cpu_seconds"] for each in found["rounds"])
            found["cpu_ratio"] = round(found["cpu_seconds"] / mine["cpu_seconds"], 1)
            found["cpu_ratio_solver_alone"] = round(solving / mine["cpu_seconds"], 1)
        else:
            best = found["rounds"][0]["total"]
            found["share_of_ours_percent"] = round(100 * best / mine["rounds"][0]["total"], 3)
    theirs["peak_mb_ratio"] = round(theirs["peak_mb"] / ours["peak_mb"], 2)


def _agrees(name: str, best: int, *, total: int, bound: int) -> bool:
    if name not in INEXACT:
        return total <= best <= bound
    slack = INEXACT[name]
    return best <= bound if slack is None else total * (1 - slack) <= best <= bound * (1 + slack)


def _reached(ours: dict[str, Any], flow: dict[str, Any] | None) -> dict[str, Any]:
    rounds = [each for found in ours["per_place"].values() for each in found["rounds"]]
    reached: dict[str, Any] = {"gap_percent_worst": round(max(each["gap_percent"] for each in rounds), 5)}
    if flow:
        reached["cpu_to_flow"] = {
            per_place: round(ours["per_place"][per_place]["cpu_seconds"] / found["cpu_seconds"], 3)
            for per_place, found in flow["per_place"].items()
        }
        reached["peak_mb_to_flow"] = round(ours["peak_mb"] / flow["peak_mb"], 3)
    return reached


def _versions() -> dict[str, str]:
    # The first two are always there; a test may have put something else in numba's place.
    names = ("numpy", "numba", *(peer for peer in ("ortools", "highspy") if find_spec(peer)))
    return {"python": platform.python_version()} | {name: version(name) for name in names}


def _print(figures: dict[str, Any]) -> None:
    market, ours = figures["market"], figures["jobbro"]
    print(
        f"allocate {figures['size']}: {market['persons']} persons, {market['jobs']} jobs, {market['places']} places, "
        f"{market['pairs']} pairs; load {figures['load_before']} before, {figures['load_after']} after; "
        f"{ours['peak_mb']:.0f} MB"
    )
    for per_place, found in ours["per_place"].items():
        print(
            f"  C {per_place}: {found['cpu_seconds']:.3f} CPU s; {found['persons_with']} of {found['persons_listed']} "
            f"persons, {found['jobs_never_proposed']} jobs never, Gini {found['gini']:.3f}"
        )
        for number, each in enumerate(found["rounds"], start=1):
            print(
                f"     round {number}: {each['pairs']:>7} pairs, {each['total']:>10} of at most {each['bound']:>10}, "
                f"gap {each['gap_percent']:.4f} %"
            )
        for name, peer in figures["peers"].items():
            if per_place in peer["per_place"]:
                _print_peer(name, peer["per_place"][per_place])
    for name, peer in figures["peers"].items():
        print(f"  {name}: {peer['peak_mb']:.0f} MB, {peer['peak_mb_ratio']} x ours")
    print(f"  goals {figures['goals']}")
    print(f"  reached {figures['reached']}")


def _print_peer(name: str, found: dict[str, Any]) -> None:
    told = (
        f"{found['cpu_ratio']} x our CPU, solver alone {found['cpu_ratio_solver_alone']} x"
        if "cpu_ratio" in found
        else f"{found['share_of_ours_percent']} % of our round 1"
    )
    print(f"     {name}: {found['cpu_seconds']:.3f} CPU s, {told}")


def main(*, size: str = "S", as_json: bool = False) -> int:
    """Run the bench and print its figures; 0 when all totals and bounds agree, else `AssertionError`."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.allocate", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="S", help="persons x jobs as of the bench of matching")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
