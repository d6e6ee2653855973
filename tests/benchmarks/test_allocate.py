"""The bench of the spread runs, compares every round, and stops when a best total cannot be true."""

from __future__ import annotations

import copy
import json
from importlib.util import find_spec
from typing import Any

import pytest

from benchmarks import allocate


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocate, "PER_PLACE", (1, 3))
    peers = {"flow": (1, 3), "greedy": (1,), "simplex": (3,)}
    monkeypatch.setitem(allocate.SIZES, "S", allocate.Plan(persons=400, jobs=80, peers=peers))


@pytest.mark.usefixtures("tiny")
def test_every_round_is_proven_and_the_flow_finds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert allocate.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["reached"]["gap_percent_worst"] == 0
    for found in figures["jobbro"]["per_place"].values():
        assert [each["total"] for each in found["rounds"]] == [each["bound"] for each in found["rounds"]]
        assert found["persons_with"] <= found["persons_listed"] <= figures["market"]["persons"] == 400
    if find_spec("ortools"):
        flow = figures["peers"]["flow"]["per_place"]["3"]
        assert [each["total"] for each in flow["rounds"]] == [
            each["total"] for each in figures["jobbro"]["per_place"]["3"]["rounds"]
        ]
        assert flow["cpu_ratio"] > 0
    assert figures["peers"]["greedy"]["per_place"]["1"]["share_of_ours_percent"] <= 100
    _refuses_a_best_that_cannot_be(figures)
    allocate._print(figures)
    assert "round 1" in capsys.readouterr().out


def _refuses_a_best_that_cannot_be(figures: dict[str, Any]) -> None:
    theirs = copy.deepcopy(figures["peers"]["simplex"])
    theirs["per_place"]["3"]["rounds"][0]["total"] += 1
    with pytest.raises(AssertionError, match="C 3, round 1: simplex says"):
        allocate._compare("simplex", theirs, ours=figures["jobbro"])


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="use S, M, L"):
        allocate.run("XL")
