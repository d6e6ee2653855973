"""`jobbro match`, line by line against a brute force from the words of the contract, on files never seen before too."""

import json
import random
import secrets
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks._market import made_up_market, write_files
from jobbro.cli.main import main
from tests.engines.matching import brute_force

TOP = 12
# Two markets that stay, and one that nobody has seen.
SEEDS = [1, 2, secrets.randbelow(1_000_000)]


# Names that are the same in every process of a run; a failure shows the seed itself.
@pytest.fixture(params=SEEDS, ids=["first", "second", "new"])
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def files(folder: Path, *, seed: int, as_lines: bool) -> list[str]:
    tables = made_up_market(persons=70, jobs=50, seed=seed)
    persons, jobs, measures = write_files(tables, folder=folder, as_lines=as_lines)
    return ["--persons", str(persons), "--jobs", str(jobs), "--measures", str(measures)]


def told(folder: Path) -> tuple[list[dict], list[dict], list[dict]]:
    return tuple(brute_force.records(folder / f"{name}.jsonl") for name in ("persons", "jobs", "measures"))  # type: ignore[return-value]


def test_every_line_is_what_the_contract_says(seed: int, tmp_path: Path) -> None:
    arguments, out = files(tmp_path, seed=seed, as_lines=True), tmp_path / "out.jsonl"
    persons, jobs, measures = told(tmp_path)
    assert main(["match", *arguments, "--top", str(TOP), "--out", str(out)]) == 0
    lines = brute_force.records(out)
    assert [line["person"] for line in lines] == [person["id"] for person in persons]
    for person, line in zip(persons, lines, strict=True):
        right = brute_force.line(person, jobs, measures, top=TOP)
        assert line == {**right, "jobs": [without_weight(entry) for entry in right["jobs"]]}
        assert [list(entry) for entry in line["jobs"]] == [
            ["job", "verdict", "wish", "km", "gaps", "open", "support"] for _ in line["jobs"]
        ]


def test_parquet_and_lines_give_the_same_bytes(seed: int, tmp_path: Path) -> None:
    outs = []
    for as_lines in (True, False):
        out = tmp_path / f"{as_lines}.jsonl"
        assert main(["match", *files(tmp_path, seed=seed, as_lines=as_lines), "--out", str(out)]) == 0
        outs.append(out.read_bytes())
    assert outs[0] == outs[1]


def test_a_pair_is_explained_whole(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = files(tmp_path, seed=seed, as_lines=True)
    persons, jobs, measures = told(tmp_path)
    dice, seen = random.Random(seed), Counter[str]()
    for _ in range(60):
        person, job = dice.choice(persons), dice.choice(jobs)
        capsys.readouterr()
        assert main(["match", "explain", *arguments, "--person", person["id"], "--job", job["id"]]) == 0
        right = brute_force.pair(person, job, measures)
        del right["weight_km"]
        assert json.loads(capsys.readouterr().out) == right
        seen[right["verdict"]] += 1
    assert seen["no"]


def test_each_round_is_the_best_there_is(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, out = files(tmp_path, seed=seed, as_lines=True), tmp_path / "out.jsonl"
    persons, jobs, measures = told(tmp_path)
    per_place, per_person = 1, 3
    spread = ["--allocate", "--per-place", str(per_place), "--per-person", str(per_person)]
    assert main(["match", *arguments, "--top", str(TOP), "--out", str(out), *spread]) == 0
    summary = json.loads(capsys.readouterr().out)
    open_pairs = {
        (person["id"], entry["job"]): entry["weight"]
        for person in persons
        for entry in brute_force.line(person, jobs, measures, top=TOP)["jobs"]
    }
    listed = {person for person, _ in open_pairs}
    proposed = rounds_of(brute_force.records(out))
    left = {job["id"]: per_place * job["places"] for job in jobs}
    given: Counter[str] = Counter()
    for number, told_round in enumerate(summary["rounds"], start=1):
        best = brute_force.best_round({pair: weight for pair, weight in open_pairs.items() if left[pair[1]]}, left)
        chosen = proposed.get(number, [])
        assert len({person for person, _ in chosen}) == len(chosen) == told_round["pairs"]
        total = sum(open_pairs.pop(pair) for pair in chosen)
        assert total == told_round["total"] <= best <= told_round["bound"]
        gap = 100 * (told_round["bound"] - total) / told_round["bound"] if told_round["bound"] else 0
        assert (told_round["round"], told_round["gap_percent"]) == (number, pytest.approx(gap))
        assert told_round["gap_percent"] <= 0.02
        for _, job in chosen:
            left[job] -= 1
            given[job] += 1
        assert min(left.values()) >= 0
    assert summary["pairs"] == sum(given.values())
    assert summary["persons_with"] == len({person for pairs in proposed.values() for person, _ in pairs})
    assert summary["persons_listed"] == len(listed)
    assert summary["jobs_never_proposed"] == sum(not given[job["id"]] for job in jobs)
    assert summary["gini"] == pytest.approx(gini([given[job["id"]] / job["places"] for job in jobs]))


def without_weight(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "weight"}


def rounds_of(lines: list[dict[str, Any]]) -> dict[int, list[tuple[str, str]]]:
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        for entry in line["jobs"]:
            if "proposed" in entry:
                found[entry["proposed"]].append((line["person"], entry["job"]))
    return found


def gini(shares: list[float]) -> float:
    """Half the mean difference of all pairs, over the mean."""
    mean = sum(shares) / len(shares)
    return sum(abs(one - other) for one in shares for other in shares) / (2 * len(shares) ** 2 * mean) if mean else 0.0
