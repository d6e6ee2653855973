"""The bench of smallest support runs, compares its answers and says so."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import fit


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    for table, number in ((fit.SIZES, 200), (fit.KERNEL_SAMPLE, 200), (fit.BRUTE_SAMPLE, 5)):
        monkeypatch.setitem(table, "S", number)


@pytest.mark.usefixtures("tiny")
def test_the_compiled_search_equals_kernel_and_brute_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert fit.main(size="S", as_json=True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["pairs"] == sum(figures["verdicts"].values()) == 200
    assert figures["peers"]["kernel"]["answers_equal"] == 200
    assert figures["peers"]["brute_force"]["answers_equal"] == 5


@pytest.mark.usefixtures("tiny")
def test_a_wrong_answer_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "_by_kernel", lambda *row: ("no", ("nothing",)))
    with pytest.raises(AssertionError, match="pair 0 differs"):
        fit.run("S")


def test_the_same_pairs_every_time() -> None:
    one, other = fit.make_pairs(pairs=50), fit.make_pairs(pairs=50)
    for name in ("capacity", "demand", "available"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="use S, M, L"):
        fit.run("XL")
