"""The fair spread keeps its promises: everyone one before anyone two, within the places, and provably near the best."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.matching.spread import allocating, bidding, graph, rounds
from jobbro.engines.matching.spread.allocating import allocate
from jobbro.engines.matching.spread.bidding import Choice, PersonsBid, prices_by_persons, prices_by_places, proven
from jobbro.engines.matching.spread.model import Round
from jobbro.engines.matching.spread.reference import best_total, faults
from tests.engines.matching.spread_markets import PLAIN, Lists, arrays_of, markets, spread_of


@pytest.fixture(autouse=True, scope="module")
def nothing_compiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (bidding, graph):
            patch.setattr(module, "loops", lambda: PLAIN)
        yield


@given(markets(), st.integers(1, 3), st.integers(1, 3))
def test_nothing_is_used_twice_and_every_number_is_true(
    market: tuple[Lists, list[int]], per_place: int, per_person: int
) -> None:
    lists, places = market
    spread = spread_of(lists, places, per_place=per_place, per_person=per_person)
    assert faults(spread, lists=lists, places=places, per_place=per_place) == ()
    assert len(spread.rounds) == per_person


@given(markets(), st.integers(1, 2))
def test_every_round_is_the_best_there_is_after_the_rounds_before(
    market: tuple[Lists, list[int]], per_place: int
) -> None:
    lists, places = market
    spread = spread_of(lists, places, per_place=per_place, per_person=3)
    numbers = iter(spread.proposed.tolist())
    proposed = [[next(numbers) for _ in each] for each in lists]
    left = [per_place * each for each in places]
    for each in spread.rounds:
        still = [
            {job: weight for (job, weight), number in zip(*both, strict=True) if number == 0 or number >= each.number}
            for both in zip(lists, proposed, strict=True)
        ]
        assert (each.total, each.bound) == (best_total(lists=still, places=left),) * 2
        for pairs, given_in in zip(lists, proposed, strict=True):
            for (job, _), number in zip(pairs, given_in, strict=True):
                left[job] -= number == each.number


@given(markets())
def test_persons_and_places_bid_to_the_same_bound(market: tuple[Lists, list[int]]) -> None:
    lists, places = market
    arrays = arrays_of(lists, places)
    found = graph.Graph(
        start=arrays["person_start"], job=arrays["job_index"], weight=arrays["weight"], places=arrays["places"]
    )
    nobody = np.full(len(lists), -1, dtype=np.int32)
    best = best_total(lists=[dict(each) for each in lists], places=places)
    for parts in (1, len(lists) + 1):
        bound_by = []
        for prices in (prices_by_places, _prices_by_persons):
            price = prices(found, found.places, parts=parts, steps=(8, 1))
            bound_by.append(proven(found, places=found.places, parts=parts, price=price, job_of=nobody).bound)
        assert min(bound_by) >= best
    # From nothing in smallest steps everything is paid for, so either side proves the best.
    for prices in (prices_by_places, _prices_by_persons):
        price = prices(found, found.places, parts=parts, steps=(1,))
        assert proven(found, places=found.places, parts=parts, price=price, job_of=nobody).bound == best


def _prices_by_persons(found: graph.Graph, places: Any, *, parts: int, steps: tuple[int, ...]) -> Any:
    return prices_by_persons(PersonsBid(found, places), jobs=len(places), parts=parts, steps=steps)


def _first_choice(persons: PersonsBid, price: Any, **_: int) -> Choice:
    persons.bid(price, parts=1, step=1)
    return persons.choice(price, parts=1)


@given(markets())
def test_small_steps_from_the_first_bid_on_prove_the_best_too(market: tuple[Lists, list[int]]) -> None:
    lists, places = market
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "_finer_and_finer", _first_choice)
        spread = spread_of(lists, places)
    best = best_total(lists=[dict(each) for each in lists], places=places)
    assert (spread.rounds[0].total, spread.rounds[0].bound) == (best, best)


@given(markets())
def test_a_great_round_is_at_most_a_fiftieth_of_a_percent_from_its_bound(market: tuple[Lists, list[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "FEW_PAIRS", 0)
        patch.setattr(rounds, "_finer_and_finer", _first_choice)
        spread = spread_of(*market)
    assert spread.rounds[0].gap_percent <= 0.02


def test_persons_bid_when_places_outbid_one_another_for_ever() -> None:
    # Two jobs nobody else wants and twelve persons for one place: places are fewer, but in the wrong place.
    lists = [[(0, 1300), (1, 1300), (2, 1300)]] * 2 + [[(3, 1200 + at)] for at in range(12)]
    places = [2, 2, 2, 1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "PATIENCE", 0)
        assert spread_of(lists, places).rounds[0].total == 2600 + 1211
    assert spread_of(lists, places).rounds[0].total == 2600 + 1211


def test_everyone_gets_one_before_anyone_gets_two() -> None:
    lists = [[(0, 1500), (1, 1490)], [(0, 901)]]
    spread = spread_of(lists, [1, 1], per_person=2)
    assert spread.proposed.tolist() == [0, 1, 1]
    assert [each.total for each in spread.rounds] == [2391, 0]


def test_what_is_left_is_given_in_later_rounds() -> None:
    spread = spread_of([[(0, 1300), (1, 1200), (2, 1100)]], [1, 1, 1], per_person=4)
    assert spread.proposed.tolist() == [1, 2, 3]
    assert [(each.number, each.pairs, each.total, each.bound, each.gap_percent) for each in spread.rounds] == [
        (1, 1, 1300, 1300, 0.0),
        (2, 1, 1200, 1200, 0.0),
        (3, 1, 1100, 1100, 0.0),
        (4, 0, 0, 0, 0.0),
    ]


def test_a_place_is_proposed_as_often_as_is_said_and_no_more() -> None:
    lists = [[(0, 1000 + person)] for person in range(7)]
    spread = spread_of(lists, [2], per_place=2)
    assert spread.proposed.tolist() == [0, 0, 0, 1, 1, 1, 1]
    assert (spread.persons_with, spread.persons_listed, spread.proposals.tolist()) == (4, 7, [4])


def test_ten_thousand_places_and_few_persons() -> None:
    spread = spread_of([[(0, 1300)], [(0, 900), (1, 1500)]], [10_000, 1], per_place=10**12, per_person=2)
    assert spread.proposed.tolist() == [1, 2, 1]
    assert faults(spread, lists=[[(0, 1300)], [(0, 900), (1, 1500)]], places=[10_000, 1], per_place=10**12) == ()


def test_more_rounds_than_anybody_has_jobs_are_told_and_empty() -> None:
    spread = spread_of([[(0, 1300), (1, 1200)]], [1, 1], per_person=70_000)
    assert (len(spread.rounds), spread.pairs) == (70_000, 2)
    assert spread.rounds[-1] == Round(number=70_000, pairs=0, total=0, bound=0)


def test_more_rounds_than_can_be_told_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocating, "MOST", 1)
    assert spread_of([[(0, 1300), (1, 1200)]], [1, 1], per_person=1).pairs == 1
    with pytest.raises(ValueError, match="a person may have 2 proposals"):
        spread_of([[(0, 1300), (1, 1200)]], [1, 1], per_person=2)


@pytest.mark.parametrize("lists", [[], [[]], [[], [], []]])
def test_nobody_listed_is_a_spread_of_nothing(lists: Lists) -> None:
    spread = spread_of(lists, [1, 2], per_person=2)
    assert [(each.pairs, each.total, each.bound, each.gap_percent) for each in spread.rounds] == [(0, 0, 0, 0.0)] * 2
    assert (spread.pairs, spread.persons_with, spread.persons_listed) == (0, 0, 0)
    assert (spread.jobs_never_proposed, spread.gini) == (2, 0.0)


def test_no_jobs_at_all() -> None:
    spread = spread_of([[], []], [])
    assert (spread.jobs_never_proposed, spread.gini, spread.pairs) == (0, 0.0, 0)


def test_equal_pairs_go_to_the_first_of_equals() -> None:
    lists = [[(0, 1000), (1, 1000)] for _ in range(3)]
    assert spread_of(lists, [1, 1]).proposed.tolist() == spread_of(lists, [1, 1]).proposed.tolist()
    assert spread_of([[(0, 1000), (1, 1000)]], [1, 1]).proposed.tolist() == [1, 0]


WRONG = {
    "job_index holds a position outside": {"job_index": np.array([0, 2], dtype=np.int32)},
    "a weight is not from 1": {"weight": np.array([0, 1000], dtype=np.int32)},
    "there are 1 weights for 2 pairs": {"weight": np.array([1000], dtype=np.int32)},
    "person_start must rise": {"person_start": np.array([0, 3, 2], dtype=np.int64)},
    "person_start must be one row of int64": {"person_start": np.array([0, 1, 2], dtype=np.int32)},
    "a job has no places": {"places": np.array([1, 0], dtype=np.int64)},
    "per_place must be at least 1, not 0": {"per_place": 0},
    "per_person must be at least 1, not -1": {"per_person": -1},
}


@pytest.mark.parametrize("message", WRONG)
def test_arrays_that_make_no_market_are_refused(message: str) -> None:
    right = {
        "person_start": np.array([0, 1, 2], dtype=np.int64),
        "job_index": np.array([0, 1], dtype=np.int32),
        "weight": np.array([1000, 1000], dtype=np.int32),
        "places": np.array([1, 1], dtype=np.int64),
        "per_place": 1,
        "per_person": 1,
    }
    with pytest.raises(ValueError, match=message):
        allocate(**{**right, **WRONG[message]})
