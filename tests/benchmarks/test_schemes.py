"""The bench of the schemes runs, holds all back-ends and the peer together and says so; a difference stops it."""

from __future__ import annotations

import json

import polars as pl
import pytest

from benchmarks import _openfisca, schemes


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schemes.SIZES, "S", (400, 200, 3))
    monkeypatch.setattr(schemes, "REPEATS", 1)
    monkeypatch.setattr(schemes, "EXPLAINED", 10)
    monkeypatch.setattr(_openfisca, "ONE_BY_ONE", 2)


@pytest.mark.usefixtures("tiny")
def test_all_back_ends_and_the_peer_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert schemes.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["agreement"]["verdicts_equal"] == 200 * figures["schemes"]
    assert figures["postgresql"]["verdicts_equal"] == 200 * figures["schemes"]
    assert figures["completions"]["wrong"] == 0
    for known in ("nothing_known", "registers_known"):
        means = figures["questions"][known]["mean"]
        assert means["fewest_possible"] <= means["product"] <= means["whole_form"]
    peer = figures["openfisca"]
    assert peer["verdicts_equal"] + peer["verdicts_unknown_here_but_settled_there"] == 200 * figures["schemes"]


@pytest.mark.usefixtures("tiny")
def test_a_difference_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    package = schemes.load_package()
    people = schemes.population(package, size=50, on=schemes.ON, seed=1)
    turned = schemes.outcomes(people, package=package, on=schemes.ON).select(~pl.all())
    monkeypatch.setattr(schemes, "outcomes", lambda *args, **named: turned)
    with pytest.raises(AssertionError, match="differ"):
        schemes._agreement(people, package=package)


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown size"):
        schemes.run("XL")
