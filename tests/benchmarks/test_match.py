"""The bench of matching: it refuses to compare answers that differ, and says what it measured."""

from typing import Any

import pytest

from benchmarks import match
from benchmarks._market import made_up_market
from benchmarks._match_peers import Answer, Plain


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match, "SIZES", {"S": (60, 40)})
    monkeypatch.setattr(match, "SAMPLES", {"S": {"numpy": 30, "duckdb": 20, "polars": 20, "faiss": 10}})
    monkeypatch.setattr(match, "SINGLES", {"S": 5})


@pytest.mark.usefixtures("small")
def test_figures_come_with_equal_answers(capsys: pytest.CaptureFixture[str]) -> None:
    figures = match.run("S")
    assert figures["listed_pairs"] > 0
    assert figures["command"]["sha256"] == figures["sha256"]
    assert all(figures["peers"][name]["cpu_ratio"] > 0 for name in ("numpy", "duckdb", "polars"))
    assert "cpu_ratio" not in figures["peers"]["faiss"]
    match._print(figures)
    assert "so no ratio" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_a_peer_that_answers_otherwise_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Plain.answer

    def wrong(self: Plain, person: int, *, top: int) -> Answer:
        found = right(self, person, top=top)
        return Answer(jobs=found.jobs[1:], supports=found.supports[1:], refused=found.refused)

    monkeypatch.setattr(Plain, "answer", wrong)
    with pytest.raises(AssertionError, match="numpy answers otherwise"):
        match.run("S")


def test_a_seed_makes_the_same_market() -> None:
    one, same, other = (made_up_market(persons=20, jobs=10, seed=seed) for seed in (5, 5, 6))
    assert told(one) == told(same) != told(other)


def told(tables: Any) -> list[Any]:
    return [tables.persons.to_dicts(), tables.jobs.to_dicts(), tables.measures]
