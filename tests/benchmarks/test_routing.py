"""The bench of routing runs, proves its total and says so."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks import routing
from jobbro.engines.routing.records import Routing


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routing.SIZES, "S", (40, 8))


@pytest.mark.usefixtures("tiny")
def test_the_spread_is_proven_and_a_linear_solver_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert routing.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    ours, peers = figures["jobbro"], figures["peers"]
    assert ours["total"] == ours["bound"] == peers["simplex"]["total"]
    assert ours["gap_percent"] == 0
    assert ours["total"] < peers["first_come"]["total"] <= peers["in_turn"]["total"]
    assert ours["load_deviation"] < peers["in_turn"]["load_deviation"]


@pytest.mark.usefixtures("tiny")
def test_a_wrong_total_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = routing.route

    def dishonest(*arguments: object) -> Routing:
        found = honest(*arguments)  # type: ignore[arg-type]
        return replace(found, total=found.total - 1)

    monkeypatch.setattr(routing, "route", dishonest)
    with pytest.raises(AssertionError, match="is not what the spread says"):
        routing.run("S")


@pytest.mark.usefixtures("tiny")
def test_people_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert routing.main(size="S") == 0
    told = capsys.readouterr().out
    assert "gap 0.0000 %" in told
    assert "in_turn" in told
