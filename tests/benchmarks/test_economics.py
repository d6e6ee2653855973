"""The bench of economics runs, compares its answers and says so."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import economics


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(economics.SIZES, "S", 5_000)
    monkeypatch.setitem(economics.SAMPLE, "S", 200)
    monkeypatch.setattr(economics, "LIVES", 200_000)


@pytest.mark.usefixtures("tiny")
def test_the_tables_equal_brute_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert economics.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["cases"], figures["draws"]) == (5_000, 1_000)
    assert figures["peers"]["brute_force"]["totals_equal"] == 3
    assert figures["peers"]["brute_force"]["exact_answers_equal"] == 600
    assert figures["simulated_lives"]["off_percent"] < 0.5


@pytest.mark.usefixtures("tiny")
def test_a_wrong_answer_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    right = economics._by_brute_force

    def wrong(cases: economics.Caseload) -> economics._Brute:
        found = right(cases)
        return replace(found, net_of_case=found.net_of_case + 10.0)

    monkeypatch.setattr(economics, "_by_brute_force", wrong)
    with pytest.raises(AssertionError, match="differ from brute force"):
        economics.run("S")


def test_the_same_cases_every_time() -> None:
    one, other = economics.make_caseload(50), economics.make_caseload(50)
    for name in ("benefit_week", "wage_week", "prices", "weeks_on_benefit", "chance_class"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="use S, M, L"):
        economics.run("XL")
