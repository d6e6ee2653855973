"""OR-tools CP-SAT in a process of its own, from the file alone: another solver and another reading of the contract."""

# It must never meet the solver of the product in one process: both bring the same library along, in other versions.

from __future__ import annotations

import json
import resource
import sys
import time
from fractions import Fraction
from typing import Any

from ortools.sat.python import cp_model

WORKERS = 8


def main() -> None:
    """The file on standard input and the seconds as argument; the answer as one JSON line."""
    told = json.load(sys.stdin)
    began = time.perf_counter()
    model, unit = _model(told)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = float(sys.argv[1])
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "is_proven": status == cp_model.OPTIMAL,
                "value": float(Fraction(round(solver.objective_value), unit)),
                "bound": float(Fraction(round(solver.best_objective_bound), unit)),
                "wall_seconds": time.perf_counter() - began,
                "cpu_seconds": used.ru_utime + used.ru_stime,
                "peak_mb": used.ru_maxrss / 1024,
            }
        )
    )


def _hundredths(hours: float) -> int:
    return round(hours * 100)


def _model(told: dict[str, Any]) -> tuple[cp_model.CpModel, int]:
    """The plain programme, and how many of its units make a krone: wages here are whole kroner."""
    model = cp_model.CpModel()
    wage = {each["id"]: each["wage"] for each in told["staff"]}
    measures = {each["code"]: each for each in told["measures"]}
    given: dict[str, list[Any]] = {task["id"]: [] for task in told["tasks"]}
    value: list[Any] = []
    for person in told["persons"]:
        value += _person(model, person, told=told, wage=wage, measures=measures, given=given)
    for bools in given.values():
        model.add_at_most_one(bools)
    for staff in told["staff"]:
        own = [task for task in told["tasks"] if task["holder"] == staff["id"]]
        held = sum(Fraction(str(task["hours"])) for task in own)
        most = int(Fraction(str(staff["max_release"])) * held * 100)
        model.add(sum(_hundredths(task["hours"]) * each for task in own for each in given[task["id"]]) <= most)
    model.maximize(sum(value))
    return model, 100


def _person(
    model: cp_model.CpModel,
    person: dict[str, Any],
    *,
    told: dict[str, Any],
    wage: dict[str, float],
    measures: dict[str, Any],
    given: dict[str, list[Any]],
) -> list[Any]:
    limits = told["limits"]
    chosen = {code: model.new_bool_var("") for code in person["measures"]}
    places: dict[str, Any] = {}
    in_slot: dict[str, list[Any]] = {}
    has_job = model.new_bool_var("")
    bools, hours = [], []
    cap = _hundredths(min(person["max_hours_per_slot"], told["slot_hours"]))
    value: list[Any] = [-1500 * measures[code]["cost"] * each for code, each in chosen.items()]
    for task in told["tasks"]:
        gaps = _gaps(person, task)
        shared = [slot for slot in task["slots"] if slot in person["slots"]]
        length = _hundredths(task["hours"])
        if task["core"] or not set(task["requires"]) <= set(person["skills"]) or gaps is None:
            continue
        if cap * len(shared) < length:
            continue
        one = model.new_bool_var("")
        for area, gap in gaps.items():
            model.add_bool_or(
                [each for code, each in chosen.items() if measures[code]["relief"].get(area, 0) >= gap] + [one.Not()]
            )
        model.add_implication(one, has_job)
        model.add_implication(one, places.setdefault(task["place"], model.new_bool_var("")))
        parts = [model.new_int_var(0, min(length, cap), "") for _ in shared]
        for slot, part in zip(shared, parts, strict=True):
            in_slot.setdefault(slot, []).append(part)
            model.add(part <= min(length, cap) * one)
        model.add(sum(parts) == length * one)
        given[task["id"]].append(one)
        bools.append(one)
        hours.append(length * one)
        worth = length * round(wage[task["holder"]] - person["wage"]) + 1000 * person["wishes"].get(task["id"], 0)
        value.append(worth * one)
    for parts in in_slot.values():
        model.add(sum(parts) <= cap)
    fewest, most = (_hundredths(each) for each in person["hours"])
    model.add(sum(hours) <= most * has_job)
    model.add(sum(hours) >= fewest * has_job)
    model.add(sum(bools) <= limits["max_tasks"])
    model.add(sum(places.values()) <= limits["max_places"])
    model.add(sum(chosen.values()) <= limits["max_measures"])
    return value


def _gaps(person: dict[str, Any], task: dict[str, Any]) -> dict[str, int] | None:
    """Area -> gap; None when an area is open."""
    found = {}
    for area, demand in task["demand"].items():
        capacity = person["capacity"].get(area)
        if capacity is None:
            if demand >= 2:
                return None
        elif demand > capacity:
            found[area] = demand - capacity
    return found


if __name__ == "__main__":
    main()
