"""The ALWABP instances: read strictly, balanced as a brute force does, and every answer verified from scratch."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path

import pytest

from benchmarks import _alwabp, _alwabp_solving
from benchmarks._alwabp_files import Instance, read_folder, read_instance
from benchmarks._alwabp_solving import Answer, balance
from jobbro.cli.errors import CommandFailed
from jobbro.cli.main import main

FILE = "4\n3 Inf\n2 4\n5 1\n2 2\n1 2\n1 3\n3 4\n-1 -1\n"
HEAD = '"name","num","tasks","workers","deps","tdeps","LB","UB"\n'
BEST = 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "instances" / "heskia").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "instances/heskia/1").write_text(FILE, encoding="utf-8")
    _publish(tmp_path, lower=BEST, upper=BEST)
    return tmp_path


def _publish(folder: Path, *, lower: int, upper: int, arcs: int = 3) -> None:
    line = f'"heskia",1,4,2,{arcs},4,{lower},{upper}\n'
    (folder / "data/instances.csv").write_text(HEAD + line, encoding="utf-8")


def made_up(seed: int) -> Instance:
    chance = random.Random(seed)
    workers = 2 + seed % 2
    times = [[chance.choice((None, *range(1, 9))) for _ in range(workers)] for _ in range(5)]
    for row in times:
        row[chance.randrange(workers)] = chance.randint(1, 8)
    arcs = [(one, other) for one in range(5) for other in range(one + 1, 5) if chance.random() < 0.3]
    return Instance(name=f"heskia {seed}", times=tuple(map(tuple, times)), arcs=tuple(arcs))


def by_brute_force(instance: Instance) -> int | None:
    """The shortest cycle time of every order of workers and every station for each task."""
    cycles = []
    tasks, workers = len(instance.times), instance.workers
    for order, at in product(permutations(range(workers)), product(range(workers), repeat=tasks)):
        if any(at[one] > at[other] for one, other in instance.arcs):
            continue
        loads = [0] * workers
        for task, station in enumerate(at):
            time = instance.times[task][order[station]]
            if time is None:
                break
            loads[station] += time
        else:
            cycles.append(max(loads))
    return min(cycles, default=None)


def test_a_line_is_balanced_as_by_brute_force(folder: Path) -> None:
    (instance,) = read_folder(folder, most=None)
    assert (instance.name, instance.workers, len(instance.times)) == ("heskia 1", 2, 4)
    answer = balance(instance, seconds=5)
    assert _alwabp.verify(instance, answer) == ()
    assert by_brute_force(instance) == _alwabp.cycle_time(instance, answer) == answer.bound == BEST


@pytest.mark.parametrize("has_plan", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_made_up_lines_too_with_a_plan_to_start_from_or_without(
    seed: int, has_plan: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_plan:
        monkeypatch.setattr(_alwabp_solving, "plan_of", lambda *_, **__: ())
    instance = made_up(seed)
    answer = balance(instance, seconds=5)
    assert _alwabp.verify(instance, answer) == ()
    best = by_brute_force(instance)
    assert _alwabp.cycle_time(instance, answer) == best
    assert best is None or answer.bound == best


def test_what_nobody_can_do_in_order_has_no_answer() -> None:
    instance = Instance(name="heskia 1", times=((1, None), (None, 1), (1, None)), arcs=((0, 1), (1, 2)))
    assert by_brute_force(instance) is None
    answer = balance(instance, seconds=5)
    assert answer.stations == ()
    assert _alwabp.cycle_time(instance, answer) is None


def test_it_counts_and_prints(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["bench", "carve", "--alwabp", str(folder), "--seconds", "5", "--instances", "1"]
    assert main([*asked, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["all"]["instances"], figures["all"]["matched"], figures["all"]["proven"]) == (1, 1, 1)
    assert figures["instances"][0]["published"] == [BEST, BEST]
    _publish(folder, lower=1, upper=BEST + 1)
    assert main(asked) == 0
    assert "0 matched best known, 1 better" in capsys.readouterr().out


def test_an_answer_is_worse_or_missing_or_nothing_is_published(folder: Path) -> None:
    (instance,) = read_folder(folder, most=None)
    answer = Answer(stations=((1, frozenset()), (0, frozenset(range(4)))), bound=BEST)
    worse = _alwabp.Run(instance=instance, answer=answer, cycle=12, wall_seconds=0.1)
    missing = replace(worse, answer=Answer(stations=(), bound=BEST), cycle=None)
    unknown = replace(worse, instance=replace(instance, published=None))
    figures = _alwabp._figures([worse, missing, unknown])
    assert (figures["worse"], figures["without_answer"], figures["nothing_published"]) == (1, 1, 1)
    assert (figures["proven"], figures["verified"], figures["above_best_percent_worst"]) == (0, 2, 140.0)


@pytest.mark.parametrize(
    ("stations", "bound", "problem"),
    [
        (((0, {0, 1, 2, 3}),), 5, "not every worker has exactly one station"),
        (((0, {0, 1}), (1, {2})), 5, "task 4 is done 0 times"),
        (((0, {0, 1}), (1, {1, 2, 3})), 5, "task 2 is done 2 times"),
        (((1, {0}), (0, {1, 2, 3})), 5, "worker 2 cannot do task 1"),
        (((1, {2, 3}), (0, {0, 1})), 5, "task 1 comes after task 3"),
        (((0, {0, 1, 2, 3}), (1, {4})), 5, "there is no task 5"),
        (((0, {0, 1}), (1, {2, 3})), 6, "the bound 6 is above the published cycle time 5"),
    ],
)
def test_a_wrong_answer_is_found(
    folder: Path, stations: tuple[tuple[int, set[int]], ...], bound: int, problem: str
) -> None:
    (instance,) = read_folder(folder, most=None)
    answer = Answer(stations=tuple((worker, frozenset(tasks)) for worker, tasks in stations), bound=bound)
    assert problem in _alwabp.verify(instance, answer)[0]


def test_an_answer_below_its_own_or_a_published_bound_is_found(folder: Path) -> None:
    (instance,) = read_folder(folder, most=None)
    answer = Answer(stations=((0, frozenset({0, 1})), (1, frozenset({2, 3}))), bound=6)
    assert "below its own bound" in _alwabp.verify(replace(instance, published=None), answer)[0]
    _publish(folder, lower=6, upper=7)
    (instance,) = read_folder(folder, most=None)
    assert "below the published bound 6" in _alwabp.verify(instance, replace(answer, bound=5))[0]


def test_a_wrong_answer_stops_the_bench(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_alwabp, "balance", lambda *_, **__: Answer(stations=((0, frozenset()),), bound=1))
    with pytest.raises(AssertionError, match="heskia 1: not every worker"):
        _alwabp.run(folder, most=None, seconds=1)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "the number of tasks"),
        ("0\n-1 -1\n", 1, "the number of tasks"),
        ("4\n1 2\n", 2, "4 tasks should have a line"),
        (FILE.replace("2 4", "2 -4"), 3, "'-4' should be a time"),
        (FILE.replace("2 4", "2 inf"), 3, "'inf' should be a time"),
        (FILE.replace("2 4", "2"), 3, "has 1 times where the first task has 2"),
        (FILE.replace("2 4", "Inf Inf"), 3, "no worker can do this task"),
        (FILE.replace("3 4", "3 5"), 8, "two tasks from 1 to 4"),
        (FILE.replace("3 4", "3"), 8, "two tasks from 1 to 4"),
        (FILE.replace("3 4", "1 2"), 8, "the same as line 6"),
        (FILE.replace("3 4", "3 1"), 9, "in a circle"),
        (FILE.replace("-1 -1\n", ""), 8, "ends here without -1 -1"),
        (FILE + "1 4\n", 10, "nothing after -1 -1"),
    ],
)
def test_a_bad_file_is_refused_by_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    path = tmp_path / "7"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandFailed, match=problem) as caught:
        read_instance(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,num\n", "line 1: there should be a column tasks"),
        (HEAD + '"heskia",1,4,2,3,4,5,NA\n', "line 2: UB should be a whole number, not 'NA'"),
        (HEAD + '"heskia",1,4,2,3,4,6,5\n', "line 2: LB is 6, which is more than UB, 5"),
        (HEAD + '"heskia",1,4,2,3,4,5,5\n' * 2, "line 3: says the same as line 2"),
        (HEAD + '"heskia",1,4,2,9,4,5,5\n', "says 4 tasks, 2 workers and 9 arcs"),
    ],
)
def test_bad_published_bounds_are_refused(folder: Path, text: str, problem: str) -> None:
    (folder / "data/instances.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandFailed, match=problem):
        read_folder(folder, most=None)


def test_so_many_of_each_family_are_spread_over_it(folder: Path) -> None:
    for number in (2, 3, 10):
        (folder / f"instances/heskia/{number}").write_text(FILE, encoding="utf-8")
    (folder / "instances/heskia/notes.txt").write_text("", encoding="utf-8")
    assert [one.name for one in read_folder(folder, most=2)] == ["heskia 1", "heskia 3"]
    assert [one.name for one in read_folder(folder, most=None)][-1] == "heskia 10"


def test_it_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--alwabp", str(tmp_path)]
    for asked, status, told in (
        (["carve", "--seconds", "5"], 2, "go with --alwabp"),
        (["economics", *there], 2, "takes no --alwabp"),
        (["carve", *there, "--seconds", "nan"], 2, "more than 0"),
        (["carve", *there, "--instances", "0"], 2, "1 or more"),
        (["carve", *there], 1, "holds no instances"),
    ):
        assert main(["bench", *asked]) == status
        assert told in capsys.readouterr().err
