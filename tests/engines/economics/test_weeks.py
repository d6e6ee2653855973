"""Closed forms of expected weeks against plain sums, and ladders that are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.economics.estimates import EconomicsError
from jobbro.engines.economics.weeks import ALWAYS, Ladder, Stay, stay_with
from tests.engines.economics.made_up import LADDER

CHANCES = st.floats(0.0, 0.9999)
LADDERS = st.builds(
    lambda ends, shares: Ladder(ends=tuple(sorted(ends)), shares=tuple(shares[: len(ends) + 1]), source="x"),
    st.sets(st.integers(1, 60), max_size=3),
    st.lists(st.floats(0, 1), min_size=4, max_size=4),
)


def stay_by_week(chance: float, weeks: int) -> list[float]:
    weekly = 1 - (1 - chance) ** (1 / 52)
    return [(1 - weekly) ** week for week in range(weeks)]


def share(ladder: Ladder, week: int) -> float:
    return next((s for end, s in zip(ladder.ends, ladder.shares, strict=False) if week < end), ladder.shares[-1])


def test_half_a_year_by_hand() -> None:
    # A yearly chance of 0.75 leaves a quarter after a year, so half after 26 weeks.
    stay = Stay(np.array([0.75]))
    assert stay.left_within(26)[0] == pytest.approx(0.5)
    # The sum of 0.25^(w/52) over the first 52 weeks is 0.75 / (1 - 0.25^(1/52)) = 28.5092.
    assert stay.weeks(52)[0] == pytest.approx(28.5092, abs=1e-4)


def test_nobody_leaves_without_a_chance() -> None:
    stay = Stay(np.array([0.0]))
    assert stay.weeks(104)[0] == pytest.approx(104)
    assert stay.left_within(104)[0] == pytest.approx(0, abs=1e-9)
    assert stay.weighed(ladder=LADDER, start=0, weeks=104)[0] == pytest.approx(4 * 0.8 + 22 * 0.4 + 26 * 0.3 + 52 * 0.2)


def test_the_ladder_by_hand() -> None:
    # Weeks 24 - 29 of a spell: two at 40 % and four at 30 %.
    assert LADDER.sum_of(start=24, weeks=6) == pytest.approx(2 * 0.4 + 4 * 0.3)
    assert LADDER.sum_of(start=200, weeks=10) == pytest.approx(2.0)
    assert ALWAYS.sum_of(start=3, weeks=7) == pytest.approx(7)
    assert LADDER.last_end == 52 and ALWAYS.last_end == 0


@given(chance=CHANCES, ladder=LADDERS, start=st.integers(0, 80), weeks=st.integers(1, 120))
def test_every_sum_equals_the_plain_one(chance: float, ladder: Ladder, start: int, weeks: int) -> None:
    stay = Stay(np.array([chance]))
    still = stay_by_week(chance, weeks + 1)
    assert stay.weeks(weeks)[0] == pytest.approx(sum(still[:weeks]), abs=1e-6)
    weighed = sum(still[w] * share(ladder, start + w) for w in range(weeks))
    assert stay.weighed(ladder=ladder, start=start, weeks=weeks)[0] == pytest.approx(weighed, abs=1e-6)
    leaving = [0.0] + [still[t - 1] - still[t] for t in range(1, weeks)]
    once = sum(leaving[t] * share(ladder, start + t) for t in range(1, weeks))
    assert stay.weighed_leaving(ladder=ladder, start=start, weeks=weeks)[0] == pytest.approx(once, abs=1e-6)
    since = sum(leaving[t] * sum(share(ladder, start + u) for u in range(weeks - t)) for t in range(1, weeks))
    found = stay.weighed_since_leaving(ladder=ladder, start=start, weeks=weeks)[0]
    assert found == pytest.approx(since, abs=1e-6)


def test_a_chance_is_held_inside_its_limits() -> None:
    assert stay_with(chance=0.9, change=0.5).weeks(52) == pytest.approx(sum(stay_by_week(0.9999, 52)))
    assert stay_with(chance=0.1, change=-0.5).weeks(52) == pytest.approx(52)


@pytest.mark.parametrize(
    ("ends", "shares", "reason"),
    [
        ((4,), (0.5,), "one share more"),
        ((4, 4), (0.5, 0.4, 0.3), "must rise"),
        ((26, 4), (0.5, 0.4, 0.3), "must rise"),
        ((0,), (0.5, 0.4), "whole number from 1"),
        ((4.5,), (0.5, 0.4), "whole number from 1"),
        ((4,), (0.5, 1.4), "from 0 to 1"),
        ((4,), (0.5, float("nan")), "finite"),
    ],
)
def test_a_wrong_ladder_is_refused(ends: tuple[int, ...], shares: tuple[float, ...], reason: str) -> None:
    with pytest.raises(EconomicsError, match=reason):
        Ladder(ends=ends, shares=shares, source="x")


def test_a_mark_nobody_knows_is_refused() -> None:
    with pytest.raises(EconomicsError, match="V, D, U, C"):
        Ladder(ends=(), shares=(1.0,), source="x", mark="Z")
