"""Persons who come one by one find a warm round as good as a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.matching.spread import bidding, graph, warm
from jobbro.engines.matching.spread.reference import best_total
from jobbro.engines.matching.spread.warm import WarmRound
from tests.engines.matching.spread_markets import PLAIN, Lists, arrays_of, markets, spread_of


@pytest.fixture(autouse=True, scope="module")
def nothing_compiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (bidding, graph, warm):
            patch.setattr(module, "loops", lambda: PLAIN)
        yield


def warm_round(lists: Lists, places: Sequence[int], *, per_place: int = 1) -> WarmRound:
    spread = spread_of(lists, places, per_place=per_place)
    return WarmRound(spread, **arrays_of(lists, places), per_place=per_place)


def arrive(round_: WarmRound, one: Sequence[tuple[int, int]]) -> int:
    arrays = arrays_of([one], [1])
    return round_.arrive(job_index=arrays["job_index"], weight=arrays["weight"])


@given(markets(), st.integers(0, 9), st.integers(1, 2))
def test_a_warm_round_stays_as_good_as_a_new_one(market: tuple[Lists, list[int]], before: int, per_place: int) -> None:
    lists, places = market
    round_ = warm_round(lists[:before], places, per_place=per_place)
    for one in lists[before:]:
        arrive(round_, one)
    choice = round_.choice()
    best = best_total(lists=[dict(each) for each in lists], places=[per_place * each for each in places])
    assert choice.total <= best <= choice.bound
    assert choice.bound - choice.total <= 1 + len(lists) / warm.PARTS
    chosen = [(person, int(job)) for person, job in enumerate(choice.job_of) if job >= 0]
    assert choice.total == sum(dict(lists[person])[job] for person, job in chosen)
    assert all(sum(job == other for _, other in chosen) <= per_place * places[job] for _, job in chosen)
    assert round_.persons == len(lists)


def test_who_comes_later_can_move_others() -> None:
    round_ = warm_round([[(0, 1300), (1, 1290)]], [1, 1])
    assert round_.choice().job_of.tolist() == [0]
    assert arrive(round_, [(0, 1300)]) == 0
    assert round_.choice().job_of.tolist() == [1, 0]
    assert arrive(round_, [(0, 1000)]) == -1


def test_somebody_without_a_list_gets_nothing_and_moves_nobody() -> None:
    round_ = warm_round([[(0, 1300)]], [1])
    assert arrive(round_, []) == -1
    assert round_.choice().job_of.tolist() == [0, -1]


def test_more_may_come_than_there_was_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "ROOM", 1)
    round_ = warm_round([], [20, 1])
    got = [arrive(round_, [(1, 1100 + at), (0, 1000)]) for at in range(12)]
    assert got.count(1) >= 1
    assert sorted(round_.choice().job_of.tolist()) == [0] * 11 + [1]


def test_a_list_that_is_none_is_refused() -> None:
    round_ = warm_round([], [1])
    with pytest.raises(ValueError, match="job_index holds a position outside the 1 jobs"):
        round_.arrive(job_index=np.array([1], dtype=np.int32), weight=np.array([1000], dtype=np.int32))
    assert round_.persons == 0
