"""Matching once more, from the words of the contract alone: no kernel, no engine, nothing clever. Slow and small.

Reads the three files of `jobbro match` and says what each line has to be; tests and benches compare line by line.
"""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path
from typing import Any

AREAS = (
    *("lifting", "standing", "sitting", "walking", "bending_reaching", "hand_use", "stamina"),
    *("seeing", "hearing", "sensory_tolerance", "climate_tolerance"),
    *("attention", "memory", "planning", "learning", "reading_writing", "numbers"),
    *("mental_energy", "pace", "stress", "change"),
    *("speaking", "cooperation", "customer_contact"),
)
RANK = {"as_is": 0, "with_support": 1, "ask": 2}

Record = dict[str, Any]


def records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def pair(person: Record, job: Record, measures: list[Record]) -> Record:
    """What `jobbro match explain` has to print."""
    distance = math.sqrt((person["x"] - job["x"]) ** 2 + (person["y"] - job["y"]) ** 2)
    failed = []
    if distance > person["max_km"] + 1e-9:
        failed.append("distance")
    if max(person["hours"][0], job["hours"][0]) > min(person["hours"][1], job["hours"][1]):
        failed.append("hours")
    if any(slot not in person["slots"] for slot in job.get("slots", [])):
        failed.append("slots")
    if any(skill not in person.get("skills", []) for skill in job.get("requires", [])):
        failed.append("skills")
    gaps, unknown = {}, []
    for area in AREAS:
        asks, manages = job["demand"].get(area, 0), person["capacity"].get(area)
        if manages is None:
            unknown += [area] if asks >= 2 else []
        elif asks > manages:
            gaps[area] = asks - manages
    both = [
        one
        for one in sorted(measures, key=lambda one: one["code"])
        if one["code"] in person.get("measures", []) and one["code"] in job.get("measures", [])
    ]
    relief = {area: max((one["relief"].get(area, 0) for one in both), default=0) for area in gaps}
    left = {area: gap - relief[area] for area, gap in gaps.items() if gap > relief[area]}
    if left:
        failed.append("gap")
    verdict = "no" if failed else "ask" if unknown else "with_support" if gaps else "as_is"
    return {
        "person": person["id"],
        "job": job["id"],
        "verdict": verdict,
        "failed": failed,
        "km": math.floor(10 * distance + 0.5 + 1e-9) / 10,
        "gaps": gaps,
        "open": unknown,
        "support": [] if failed else smallest(gaps, both),
        "left": left,
        "weight_km": math.floor(distance + 0.5 + 1e-9),
    }


def smallest(gaps: dict[str, int], both: list[Record]) -> list[str]:
    """Fewest measures, then cheapest, then the smallest sorted list of codes: all sets of each size are tried."""
    useful = [one for one in both if any(one["relief"].get(area, 0) >= gap for area, gap in gaps.items())]
    for size in range(len(useful) + 1):
        closing = [
            (sum(one["cost"] for one in chosen), sorted(one["code"] for one in chosen))
            for chosen in combinations(useful, size)
            if all(any(one["relief"].get(area, 0) >= gap for one in chosen) for area, gap in gaps.items())
        ]
        if closing:
            return min(closing)[1]
    raise AssertionError("the gaps cannot be closed")


def line(person: Record, jobs: list[Record], measures: list[Record], *, top: int = 20) -> Record:
    """One line of the output file."""
    shown: list[tuple[Any, Record]] = []
    refused = dict.fromkeys(("distance", "hours", "slots", "skills", "gap"), 0)
    for job in jobs:
        found = pair(person, job, measures)
        if found["failed"]:
            refused[found["failed"][0]] += 1
            continue
        wish = person.get("wishes", {}).get(job["occupation"], 0)
        key = (RANK[found["verdict"]], -wish, len(found["support"]), found["km"], job["id"])
        entry = {name: found[name] for name in ("job", "verdict", "km", "gaps", "open", "support")}
        shown.append((key, {**entry, "wish": wish, "weight": weight(found, wish=wish)}))
    shown.sort(key=lambda one: one[0])
    return {
        "person": person["id"],
        "jobs": [entry for _, entry in shown[:top]],
        "none": {reason: count for reason, count in refused.items() if count},
    }


def weight(found: Record, *, wish: int) -> int:
    """What a pair counts in a round of proposals."""
    bonus = {"as_is": 300, "with_support": 200, "ask": 0}[found["verdict"]]
    return max(1, 1000 + bonus + 100 * wish - 20 * len(found["support"]) - found["weight_km"])


def best_round(pairs: dict[tuple[str, str], int], left: dict[str, int]) -> int:
    """The greatest total of one round: at most one pair a person, `left` a job. By augmenting paths, one by one.

    Weights are positive and a path is taken only when it gains, so each step is the best with one pair more.
    """
    chosen: dict[str, str] = {}
    while True:
        gain, path = _best_path(pairs, left, chosen)
        if gain <= 0:
            return sum(pairs[person, job] for person, job in chosen.items())
        chosen.update(path)


def _best_path(
    pairs: dict[tuple[str, str], int], left: dict[str, int], chosen: dict[str, str]
) -> tuple[int, list[tuple[str, str]]]:
    taken = {job: [person for person, has in chosen.items() if has == job] for job in left}
    best: dict[str, int] = {person: 0 for person, _ in pairs if person not in chosen}
    reached: dict[str, tuple[int, list[tuple[str, str]]]] = {}
    ways: dict[str, list[tuple[str, str]]] = {person: [] for person in best}
    changed = True
    while changed:
        changed = False
        for (person, job), value in pairs.items():
            if person not in best or chosen.get(person) == job:
                continue
            gain, way = best[person] + value, [*ways[person], (person, job)]
            if job not in reached or gain > reached[job][0]:
                reached[job] = (gain, way)
                changed = True
                for other in taken[job]:
                    moved = gain - pairs[other, job]
                    if other not in best or moved > best[other]:
                        best[other], ways[other] = moved, way
    free = [found for job, found in reached.items() if len(taken[job]) < left[job]]
    return max(free, key=lambda found: found[0], default=(0, []))
