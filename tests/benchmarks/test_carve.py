"""The bench of carving runs, verifies and compares every answer, and stops when one is wrong."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import pytest

from benchmarks import carve
from benchmarks._workplaces import made_up
from jobbro.engines.carving import carving
from jobbro.engines.carving.model import Carving
from jobbro.engines.carving.verifying import verify

KNOWN_VALUE = Decimal(63_200)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(carve.SIZES, "S", carve.Plan(seeds={30: 2}, peer_seeds={30: 1}, seconds=20))


@pytest.mark.usefixtures("tiny")
def test_the_answers_hold_and_equal_those_of_the_other_solver(capsys: pytest.CaptureFixture[str]) -> None:
    assert carve.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)["tasks"]["30"]
    assert (figures["seeds"], figures["proven"], figures["verified"]) == (2, 2, 2)
    assert figures["value_to_by_hand_median"] >= 1
    if find_spec("ortools"):
        assert figures["peers"]["cp_sat"]["values_equal"] == 1


@pytest.mark.usefixtures("tiny")
def test_a_wrong_answer_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*arguments: Any, **named: Any) -> Carving:
        return replace(carving.carve(*arguments, **named), value=Decimal(1))

    monkeypatch.setattr(carve, "carve", wrong)
    with pytest.raises(AssertionError, match="the answer says it is worth 1"):
        carve.run("S")


@pytest.mark.skipif(find_spec("ortools") is None, reason="the other solver is not installed")
def test_answers_that_differ_stop_the_bench() -> None:
    workplace = made_up(tasks=30, seed=0)
    ours = carve._run(workplace, seconds=20, name="")
    better = replace(ours, answer=replace(ours.answer, value=ours.answer.value + 1, bound=ours.answer.bound + 1))
    with pytest.raises(AssertionError, match="values differ"):
        carve._peer(workplace, run=better, seconds=20)


def test_five_hundred_tasks_are_answered_in_time() -> None:
    workplace = made_up(tasks=500, seed=0)
    began = time.perf_counter()
    answer = carving.carve(workplace, seconds=1)
    assert time.perf_counter() - began < 10
    assert verify(workplace, answer) == ()
    # A carving worth so much is known for this workplace: no bound may lie below it.
    assert max(answer.value, KNOWN_VALUE) <= answer.bound


def test_the_same_workplaces_every_time() -> None:
    assert made_up(tasks=60, seed=3) == made_up(tasks=60, seed=3)
    assert made_up(tasks=60, seed=3) != made_up(tasks=60, seed=4)


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="use S, M, L"):
        carve.run("XL")
