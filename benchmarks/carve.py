"""Job carving: time to proof, gap after five seconds, a plan by hand and the other solver, every answer verified."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import _alwabp
from benchmarks._packages import versions_of
from benchmarks._workplace_files import as_file
from benchmarks._workplaces import SHAPES, made_up
from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.greedy import by_hand, worth
from jobbro.engines.carving.instance import instance_of
from jobbro.engines.carving.jobs import Maker
from jobbro.engines.carving.model import Carving, Progress, Status, Workplace
from jobbro.engines.carving.verifying import verify
from jobbro.engines.carving.writing import carving_as_json

TAKES_ALWABP = True
PEER = Path(__file__).with_name("_cpsat_peer.py")
LOOK_AT = 5.0
GOALS = {60: {"cpu_seconds_median": 2.0}, 110: {"gap_percent_at_5_s_worst": 1.0}}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many seeds of each number of tasks, how many of them the peer gets, and how long each may take."""

    seeds: dict[int, int]
    peer_seeds: dict[int, int]
    seconds: float


SIZES = {
    "S": Plan(seeds={30: 3, 60: 1}, peer_seeds={30: 2}, seconds=10),
    "M": Plan(seeds={30: 20, 60: 20, 110: 5}, peer_seeds={30: 20, 60: 5, 110: 1}, seconds=30),
    "L": Plan(seeds={30: 20, 60: 20, 110: 20, 150: 20}, peer_seeds={30: 20, 60: 20, 110: 5, 150: 2}, seconds=120),
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One workplace carved once."""

    answer: Carving
    cpu_seconds: float
    wall_seconds: float
    gap_at_look: float
    by_hand_ratio: float | None


def run(size: str = "L") -> dict[str, Any]:
    """Figures for `size` "S", "M" or "L"; raises `AssertionError` when an answer does not hold or differs."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    plan = SIZES[size]
    load = os.getloadavg()[0]
    digest = hashlib.sha256()
    sets = {str(tasks): _set(tasks, plan=plan, digest=digest) for tasks in plan.seeds}
    return {
        "bench": "carve",
        "size": size,
        "seconds_each": plan.seconds,
        "load_before": round(load, 2),
        "versions": versions_of("highspy", "ortools"),
        "answers_sha256": digest.hexdigest(),
        "peak_mb": round(_peak_mb(), 1),
        "tasks": sets,
    }


def _set(tasks: int, *, plan: Plan, digest: Any) -> dict[str, Any]:
    runs, peers = [], []
    for seed in range(plan.seeds[tasks]):
        workplace = made_up(tasks=tasks, seed=seed)
        runs.append(_run(workplace, seconds=plan.seconds, name=f"{tasks} tasks, seed {seed}"))
        digest.update(json.dumps(carving_as_json(runs[-1].answer)).encode())
        if seed < plan.peer_seeds.get(tasks, 0) and find_spec("ortools"):
            peers.append((runs[-1], _peer(workplace, run=runs[-1], seconds=plan.seconds)))
    staff, persons = SHAPES[tasks]
    proven = [one for one in runs if one.answer.status is Status.OPTIMAL]
    return {
        "staff": staff,
        "persons": persons,
        "seeds": len(runs),
        "proven": len(proven),
        "verified": len(runs),
        "cpu_seconds_median": _median(one.cpu_seconds for one in runs),
        "cpu_seconds_worst": round(max(one.cpu_seconds for one in runs), 2),
        "wall_seconds_median": _median(one.wall_seconds for one in runs),
        "gap_percent_at_5_s_median": _median(one.gap_at_look for one in runs),
        "gap_percent_at_5_s_worst": round(max(one.gap_at_look for one in runs), 3),
        "gap_percent_at_end_worst": round(max(one.answer.gap_percent for one in runs), 3),
        "value_to_by_hand_median": _median(one.by_hand_ratio for one in runs if one.by_hand_ratio is not None),
        "goals": GOALS.get(tasks, {}),
        "peers": {"cp_sat": _peer_figures(peers)},
    }


def _run(workplace: Workplace, *, seconds: float, name: str) -> Run:
    told: list[Progress] = []
    cpu, wall = _cpu(), time.perf_counter()
    answer = carve(workplace, seconds=seconds, progress=told.append)
    cpu, wall = _cpu() - cpu, time.perf_counter() - wall
    problems = verify(workplace, answer)
    if problems:
        raise AssertionError(f"{name}: {problems[0]}")
    instance = instance_of(workplace)
    hand = worth(by_hand(instance, maker=Maker(instance))) / instance.unit
    return Run(
        answer=answer,
        cpu_seconds=cpu,
        wall_seconds=wall,
        gap_at_look=_gap([each for each in told if each.seconds <= LOOK_AT][-1]),
        by_hand_ratio=float(answer.value) / hand if hand else None,
    )


def _gap(progress: Progress) -> float:
    return float(100 * (progress.bound - progress.value) / progress.bound) if progress.bound else 0.0


def _peer(workplace: Workplace, *, run: Run, seconds: float) -> dict[str, Any]:
    """What CP-SAT says of the same file; raises `AssertionError` when the two cannot both be right."""
    done = subprocess.run(
        [sys.executable, str(PEER), str(seconds)],
        input=as_file(workplace),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    theirs: dict[str, Any] = json.loads(done.stdout)
    value, bound = float(run.answer.value), float(run.answer.bound)
    both = theirs["is_proven"] and run.answer.status is Status.OPTIMAL
    if (
        (both and abs(theirs["value"] - value) > 1e-6)
        or theirs["value"] > bound + 1e-6
        or value > theirs["bound"] + 1e-6
    ):
        raise AssertionError(f"values differ: {value} (at most {bound}) against {theirs}")
    return theirs


def _peer_figures(peers: Sequence[tuple[Run, dict[str, Any]]]) -> dict[str, Any]:
    """Ratios only over workplaces that both have proven: there the answers are known to be equal."""
    both = [(ours, theirs) for ours, theirs in peers if theirs["is_proven"] and ours.answer.status is Status.OPTIMAL]
    figures: dict[str, Any] = {
        "seeds": len(peers),
        "proven": sum(theirs["is_proven"] for _, theirs in peers),
        "values_equal": len(both),
    }
    if peers:
        figures["cpu_seconds_median"] = _median(theirs["cpu_seconds"] for _, theirs in peers)
        figures["peak_mb"] = round(max(theirs["peak_mb"] for _, theirs in peers), 1)
    if both:
        ours_total = sum(ours.cpu_seconds for ours, _ in both)
        figures["cpu_ratio"] = round(sum(theirs["cpu_seconds"] for _, theirs in both) / ours_total, 2)
    return figures


def _median(numbers: Iterable[float]) -> float | None:
    found = list(numbers)
    return round(statistics.median(found), 3) if found else None


def _cpu() -> float:
    """Of this process and of the solver's, which has ended by then."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak_mb() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def _print(figures: dict[str, Any]) -> None:
    print(
        f"carve {figures['size']}: at most {figures['seconds_each']} s each, load before {figures['load_before']}, "
        f"{figures['peak_mb']} MB peak, every answer verified"
    )
    for tasks, found in figures["tasks"].items():
        print(
            f"  {tasks:>4} tasks {found['staff']:>3} staff {found['persons']:>3} persons: {found['proven']} of "
            f"{found['seeds']} proven, {found['cpu_seconds_median']} CPU s median, {found['cpu_seconds_worst']} worst; "
            f"after 5 s {found['gap_percent_at_5_s_median']} % median, {found['gap_percent_at_5_s_worst']} % worst; "
            f"{found['value_to_by_hand_median']} x by hand"
        )
        peer = found["peers"]["cp_sat"]
        if peer["seeds"]:
            print(
                f"       cp_sat: {peer['proven']} of {peer['seeds']} proven, {peer['cpu_seconds_median']} CPU s median"
                f", {peer['values_equal']} values equal, {peer.get('cpu_ratio', '-')} x our CPU where both proved"
            )
    print(f"  goals: {GOALS}")


def main(
    *,
    size: str = "L",
    as_json: bool = False,
    alwabp: Path | None = None,
    seconds: float | None = None,
    instances: int | None = None,
) -> int:
    """Run the bench and print its figures; 0 when all answers hold and agree, else `AssertionError`.

    With `alwabp`, the folder of those instances: at most so many `instances` of each family, so many `seconds` each.
    """
    if alwabp is not None:
        most = _alwabp.INSTANCES[size] if instances is None else instances
        figures = _alwabp.run(alwabp, most=most, seconds=_alwabp.SECONDS if seconds is None else seconds)
    else:
        figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    elif alwabp is not None:
        _alwabp.print_figures(figures)
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.carve", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="S a few, M 45, L 80 workplaces")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
