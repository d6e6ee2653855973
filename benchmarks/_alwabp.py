"""The public instances of ALWABP, the problem nearest to carving with published bounds: every answer verified."""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks._alwabp_files import FAMILIES, Instance, read_folder
from benchmarks._alwabp_solving import Answer, balance

SECONDS = 60.0
# Of each family, when nobody says how many.
INSTANCES: dict[str, int | None] = {"S": 1, "M": 8, "L": None}
COUNTED = ("matched", "better", "worse", "nothing_published", "without_answer")


@dataclass(frozen=True, kw_only=True)
class Run:
    """One instance balanced once; `cycle` is recomputed by the verifier, None without an answer."""

    instance: Instance
    answer: Answer
    cycle: int | None
    wall_seconds: float

    @property
    def is_proven(self) -> bool:
        """The bound meets the cycle time."""
        return self.cycle == self.answer.bound

    @property
    def compared(self) -> str:
        """One of COUNTED: against the best published cycle time."""
        if self.cycle is None:
            return "without_answer"
        if self.instance.published is None:
            return "nothing_published"
        best = self.instance.published.upper
        return "matched" if self.cycle == best else "better" if self.cycle < best else "worse"


def run(folder: Path, *, most: int | None, seconds: float = SECONDS) -> dict[str, Any]:
    """Figures for at most so many instances of each family; `AssertionError` when an answer cannot be right."""
    instances = read_folder(folder, most=most)
    load = os.getloadavg()[0]
    runs = [_run(instance, seconds=seconds) for instance in instances]
    families = {family: [one for one in runs if one.instance.name.split()[0] == family] for family in FAMILIES}
    return {
        "bench": "carve --alwabp",
        "seconds_each": seconds,
        "load_before": round(load, 2),
        "versions": {"highspy": version("highspy")},
        "all": _figures(runs),
        "families": {family: _figures(found) for family, found in families.items() if found},
        "instances": [_line(one) for one in runs],
    }


def _run(instance: Instance, *, seconds: float) -> Run:
    began = time.perf_counter()
    answer = balance(instance, seconds=seconds)
    took = time.perf_counter() - began
    problems = verify(instance, answer)
    if problems:
        raise AssertionError(f"{instance.name}: {problems[0]}")
    return Run(instance=instance, answer=answer, cycle=cycle_time(instance, answer), wall_seconds=took)


def cycle_time(instance: Instance, answer: Answer) -> int | None:
    """The longest sum of times of a station; None without an answer."""
    longest = None
    for worker, tasks in answer.stations:
        total = 0
        for task in tasks:
            needed = instance.times[task][worker]
            assert needed is not None, "verified before"
            total += needed
        longest = total if longest is None else max(longest, total)
    return longest


def verify(instance: Instance, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer, read anew from the instance and the published bounds; empty when it holds."""
    known = instance.published
    if known is not None and answer.bound > known.upper:
        return (f"the bound {answer.bound} is above the published cycle time {known.upper}",)
    if not answer.stations:
        return ()
    problems = _misplaced(instance, answer)
    if problems:
        return tuple(problems)
    cycle = cycle_time(instance, answer)
    assert cycle is not None
    if cycle < answer.bound:
        return (f"the cycle time {cycle} is below its own bound {answer.bound}",)
    if known is not None and cycle < known.lower:
        return (f"the cycle time {cycle} is below the published bound {known.lower}",)
    return ()


def _misplaced(instance: Instance, answer: Answer) -> list[str]:
    problems = []
    if sorted(worker for worker, _ in answer.stations) != list(range(instance.workers)):
        problems.append("not every worker has exactly one station")
    stations_of: dict[int, list[int]] = {task: [] for task in range(len(instance.times))}
    for station, (worker, tasks) in enumerate(answer.stations):
        for task in sorted(tasks):
            stations_of.setdefault(task, []).append(station)
            if task not in range(len(instance.times)):
                problems.append(f"there is no task {task + 1}")
            elif worker in range(instance.workers) and instance.times[task][worker] is None:
                problems.append(f"worker {worker + 1} cannot do task {task + 1}")
    problems += [f"task {task + 1} is done {len(at)} times" for task, at in stations_of.items() if len(at) != 1]
    for before, after in instance.arcs:
        if any(one > other for one in stations_of[before] for other in stations_of[after]):
            problems.append(f"task {before + 1} comes after task {after + 1}")
    return problems


def _figures(runs: Sequence[Run]) -> dict[str, Any]:
    counted = Counter(one.compared for one in runs)
    return {
        "instances": len(runs),
        "verified": sum(one.cycle is not None for one in runs),
        "proven": sum(one.is_proven for one in runs),
        **{name: counted[name] for name in COUNTED},
        "above_best_percent_worst": max((_above(one) for one in runs), default=0.0),
        "wall_seconds_median": round(statistics.median(one.wall_seconds for one in runs), 2),
    }


def _above(one: Run) -> float:
    """How far the cycle time lies above the best published, in per cent of it."""
    if one.cycle is None or one.instance.published is None or not one.instance.published.upper:
        return 0.0
    best = one.instance.published.upper
    return round(100 * max(one.cycle - best, 0) / best, 2)


def _line(one: Run) -> dict[str, Any]:
    known = one.instance.published
    return {
        "name": one.instance.name,
        "cycle_time": one.cycle,
        "bound": one.answer.bound,
        "published": None if known is None else [known.lower, known.upper],
        "is_proven": one.is_proven,
        "compared": one.compared,
        "wall_seconds": round(one.wall_seconds, 2),
    }


def print_figures(figures: dict[str, Any]) -> None:
    """A line for each family and one for all."""
    print(
        f"carve --alwabp: at most {figures['seconds_each']} s each, load before {figures['load_before']}, "
        f"every answer verified"
    )
    for name, found in [*figures["families"].items(), ("all", figures["all"])]:
        print(
            f"  {name:<8} {found['instances']:>3} instances: {found['matched']} matched best known, {found['better']} "
            f"better, {found['worse']} worse (at most {found['above_best_percent_worst']} %), "
            f"{found['without_answer']} without answer, {found['nothing_published']} with nothing published; "
            f"{found['proven']} proven, {found['wall_seconds_median']} s median"
        )
