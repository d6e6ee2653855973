"""The weight of a pair: by hand, at the half kilometre, and alike for one pair and many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.matching.spread.weights import weight_of, weights_of
from jobbro.kernel.fit import Verdict
from jobbro.kernel.fit_batch import VERDICTS


@pytest.mark.parametrize(
    ("verdict", "wish", "measures", "distance", "weight"),
    [
        (Verdict.AS_IS, 2, 0, 0.0, 1500),
        (Verdict.WITH_SUPPORT, 1, 2, 10.2, 1250),
        (Verdict.ASK, 0, 0, 10.5, 989),
        (Verdict.ASK, 0, 1, 10.499_999_999_5, 969),
        (Verdict.ASK, 0, 0, 10.449, 990),
        (Verdict.AS_IS, 0, 0, 5_000.0, 1),
    ],
)
def test_the_formula_by_hand(verdict: Verdict, wish: int, measures: int, distance: float, weight: int) -> None:
    assert weight_of(verdict=verdict, wish=wish, measures=measures, distance=distance) == weight


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 24), st.floats(0, 1e6, allow_nan=False)),
        max_size=8,
    )
)
def test_many_weigh_as_one(pairs: list[tuple[int, int, int, float]]) -> None:
    verdict, wish, measures, distance = (list(column) for column in zip(*pairs, strict=True)) if pairs else ([],) * 4
    found = weights_of(
        verdict=np.array(verdict, dtype=np.uint8),
        wish=np.array(wish, dtype=np.uint8),
        measures=np.array(measures, dtype=np.uint8),
        distance=np.array(distance, dtype=np.float64),
    )
    assert found.dtype == np.int32
    assert found.tolist() == [
        weight_of(verdict=VERDICTS[number], wish=wished, measures=many, distance=far)
        for number, wished, many, far in pairs
    ]


def test_a_refused_pair_has_no_weight() -> None:
    with pytest.raises(ValueError, match="not listed"):
        weight_of(verdict=Verdict.NO, wish=0, measures=0, distance=1.0)
    number = np.array([VERDICTS.index(Verdict.NO)], dtype=np.uint8)
    with pytest.raises(ValueError, match="not listed"):
        weights_of(verdict=number, wish=number, measures=number, distance=np.zeros(1))
