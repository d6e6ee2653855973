"""The spread of cases: as cheap as the cheapest of all, and proven so."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.routing.spreading import BARRED, marginal_points, spread_cases


def _cheapest(costs: np.ndarray, *, load: np.ndarray, tenths: np.ndarray, weight: int) -> int:
    """By trying every spread."""
    cases, colleagues = costs.shape
    best = None
    for chosen in product(range(colleagues), repeat=cases):
        points, held = 0, load.copy()
        for case, colleague in enumerate(chosen):
            one = slice(colleague, colleague + 1)
            step = marginal_points(load=held[one], tenths=tenths[one], weight=weight)[0]
            points += int(costs[case, colleague]) + int(step)
            held[colleague] += 1
        best = points if best is None else min(best, points)
    assert best is not None
    return best


@st.composite
def _markets(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    cases, colleagues = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    costs = draw(
        st.lists(st.lists(st.integers(0, 60), min_size=colleagues, max_size=colleagues), min_size=cases, max_size=cases)
    )
    load = draw(st.lists(st.integers(0, 6), min_size=colleagues, max_size=colleagues))
    tenths = draw(st.lists(st.sampled_from([100, 185, 300, 370]), min_size=colleagues, max_size=colleagues))
    return np.array(costs), np.array(load), np.array(tenths), draw(st.integers(0, 12))


@given(_markets())
def test_no_other_spread_is_cheaper(market: tuple[np.ndarray, np.ndarray, np.ndarray, int]) -> None:
    costs, load, tenths, weight = market
    found = spread_cases(costs, load=load, tenths=tenths, weight=weight)
    assert found.total == found.bound == _cheapest(costs, load=load, tenths=tenths, weight=weight)


@given(_markets(), st.data())
def test_barred_pairs_are_never_chosen(
    market: tuple[np.ndarray, np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    costs, load, tenths, weight = market
    barred = np.array(data.draw(st.lists(st.booleans(), min_size=costs.size, max_size=costs.size))).reshape(costs.shape)
    costs = np.where(barred, BARRED, costs)
    found = spread_cases(costs, load=load, tenths=tenths, weight=weight)
    assert [column < 0 for column in found.chosen] == [row.all() for row in barred]
    able = ~barred.all(axis=1)
    assert not any(barred[case, found.chosen[case]] for case in np.flatnonzero(able))
    assert found.total == found.bound
    if able.any():
        assert found.total == _cheapest(costs[able], load=load, tenths=tenths, weight=weight)


def test_a_move_over_two_colleagues_is_found() -> None:
    """The third case fits only the first colleague; the two before it move on, one after the other."""
    costs = np.array([[0, 1, 900], [900, 0, 1], [0, 900, 900]])
    found = spread_cases(costs, load=np.zeros(3, int), tenths=np.full(3, 370), weight=50)
    assert found.chosen.tolist() == [1, 2, 0]
    assert found.total == found.bound == 2 + 3 * 50


@pytest.mark.parametrize(("load", "wanted"), [([0, 0], [2, 2]), ([2, 0], [1, 3]), ([9, 0], [0, 4])])
def test_load_is_evened_out(load: list[int], wanted: list[int]) -> None:
    found = spread_cases(np.zeros((4, 2), int), load=np.array(load), tenths=np.full(2, 370), weight=10)
    assert np.bincount(found.chosen, minlength=2).tolist() == wanted


def test_half_time_gets_half() -> None:
    found = spread_cases(np.zeros((9, 2), int), load=np.zeros(2, int), tenths=np.array([370, 185]), weight=10)
    assert np.bincount(found.chosen, minlength=2).tolist() == [6, 3]


def test_nobody_waits() -> None:
    found = spread_cases(np.zeros((0, 2), int), load=np.zeros(2, int), tenths=np.full(2, 370), weight=10)
    assert (found.total, found.bound, found.chosen.tolist()) == (0, 0, [])
