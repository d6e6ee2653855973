"""What a page says of a spread adds up, and counts nobody twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.matching.spread import bidding, graph
from jobbro.engines.matching.spread.fairness import Fairness, fairness_of, gini_of
from jobbro.engines.matching.spread.reference import plain_gini
from tests.engines.matching.spread_markets import PLAIN, Lists, arrays_of, markets, spread_of


@pytest.fixture(autouse=True, scope="module")
def nothing_compiled() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (bidding, graph):
            patch.setattr(module, "loops", lambda: PLAIN)
        yield


def fairness(lists: Lists, places: list[int], *, per_place: int = 1, per_person: int = 1) -> Fairness:
    arrays = arrays_of(lists, places)
    spread = spread_of(lists, places, per_place=per_place, per_person=per_person)
    del arrays["weight"]
    return fairness_of(spread, **arrays)


def test_a_page_by_hand() -> None:
    # Three persons want the two places of job 0, one has nothing, and nobody can have job 2.
    found = fairness([[(0, 1000)], [(0, 1000), (1, 900)], [(0, 1000)], []], [2, 1, 5], per_person=2)
    assert (found.persons, found.persons_without_list, found.persons_with_none) == (4, 1, 1)
    assert found.persons_by_proposals == (1, 3)
    assert (found.jobs, found.jobs_with_none, found.jobs_unlisted) == (3, 1, 1)
    assert found.jobs_by_fill == (1, 2)
    assert (found.places, found.proposals, found.proposals_a_place) == (8, 3, 3 / 8)
    assert found.gini == pytest.approx(plain_gini([1, 1, 0]))


@given(markets(), st.integers(1, 3), st.integers(1, 3))
def test_numbers_add_up(market: tuple[Lists, list[int]], per_place: int, per_person: int) -> None:
    lists, places = market
    found = fairness(lists, places, per_place=per_place, per_person=per_person)
    assert sum(found.persons_by_proposals) == found.persons == len(lists)
    assert sum(at * count for at, count in enumerate(found.persons_by_proposals)) == found.proposals
    assert sum(found.jobs_by_fill) == found.jobs == len(places)
    assert len(found.jobs_by_fill) <= per_place + 1
    assert found.jobs_unlisted <= found.jobs_with_none
    assert found.persons_without_list <= found.persons_with_none
    assert 0 <= found.gini < 1


def test_nobody_and_nothing() -> None:
    found = fairness([], [])
    assert (found.persons_with_none, found.jobs_with_none, found.proposals_a_place, found.gini) == (0, 0, 0.0, 0.0)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_gini_is_the_mean_difference(proposals: list[int]) -> None:
    amounts = [each / 2 for each in proposals]
    assert gini_of(np.array(amounts)) == pytest.approx(plain_gini(amounts))
    assert gini_of(np.array(amounts)) == gini_of(np.array(sorted(amounts, reverse=True)))
