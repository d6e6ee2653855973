"""Estimates are drawn as they are described, and what is no number is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.economics.estimates import Draws, EconomicsError, Estimate, Grade, known
from tests.engines.economics.made_up import spread, sure


def test_a_triangle_by_hand() -> None:
    # 0 - 1 - 4: a quarter lies under the top, and 1 - (4 - x)² / 12 = 1/2 gives x = 4 - √6.
    estimate = spread(0, 4, 1)
    assert estimate.at(0.25) == pytest.approx(1)
    assert estimate.at(0.5) == pytest.approx(4 - 6**0.5)
    assert estimate.at([0.0, 1.0]).tolist() == [0.0, 4.0]


def test_even_and_known() -> None:
    assert spread(2, 4).at(0.25) == pytest.approx(2.5)
    assert sure(3.0).at([0.1, 0.9]).tolist() == [3.0, 3.0]
    assert sure(3.0).is_known and not spread(2, 4).is_known
    assert spread(2, 4, 3).times(10) == spread(20, 40, 30)


@given(
    low=st.floats(-1e6, 1e6), width=st.floats(0.001, 1e6), top=st.floats(0, 1), at=st.lists(st.floats(0, 1), min_size=2)
)
def test_quantiles_rise_and_stay_inside(low: float, width: float, top: float, at: list[float]) -> None:
    high = low + width
    estimate = spread(low, high, min(max(low + top * width, low), high))
    values = estimate.at(sorted(at))
    assert (np.diff(values) >= -1e-6).all()
    assert (values >= low - 1e-6).all() and (values <= high + 1e-6).all()


def test_draws_are_the_same_for_a_seed_and_differ_by_name() -> None:
    draws = Draws(count=1000, seed=5)
    effect = draws.of(spread(0, 1), name="effect")
    assert np.array_equal(effect, Draws(count=1000, seed=5).of(spread(0, 1), name="effect"))
    assert not np.array_equal(effect, Draws(count=1000, seed=6).of(spread(0, 1), name="effect"))
    assert abs(np.corrcoef(effect, draws.of(spread(0, 1), name="price"))[0, 1]) < 0.1
    # Stratified: exactly one draw in each thousandth.
    assert sorted((effect * 1000).astype(int)) == list(range(1000))
    assert draws.of(sure(2.0), name="effect").tolist() == [2.0]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "4", None, [1]])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(EconomicsError, match=r"low: must be a finite number"):
        Estimate(low=value, high=9, grade=Grade.MEASURED, source="x")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"low": 2, "high": 1}, "in that order"),
        ({"likely": 9}, "in that order"),
        ({"likely": float("nan")}, "likely: must be a finite"),
        ({"source": "  "}, "needs a source"),
        ({"grade": "measured by me"}, "grade: use one of"),
        ({"mark": "?"}, "mark: use one of"),
    ],
)
def test_a_wrong_estimate_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(EconomicsError, match=reason):
        Estimate(**{"low": 0, "high": 1, "grade": Grade.MEASURED, "source": "x", **changes})


@pytest.mark.parametrize(
    ("count", "seed", "field"), [(19, 0, "draws"), (1.5, 0, "draws"), (100, -1, "seed"), (100, True, "seed")]
)
def test_wrong_draws_are_refused(count: Any, seed: Any, field: str) -> None:
    with pytest.raises(EconomicsError, match=f"^{field}: "):
        Draws(count=count, seed=seed)


def test_a_negative_factor_is_refused() -> None:
    with pytest.raises(EconomicsError, match="must not be negative"):
        known(1.0, source="x").times(-1)
