"""Gap, relief, verdict and smallest support against tables of cases and an independent brute force."""

from __future__ import annotations

import json
import random
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobbro.kernel.fit import (
    Measure,
    Verdict,
    closable,
    fit,
    gaps,
    left_after,
    open_areas,
    relief_of,
    smallest_support,
)
from jobbro.kernel.vocabulary import AREAS, VocabularyError


def measure(code: str, cost: int = 1, **relief: int) -> Measure:
    return Measure(code=code, relief=relief, cost=cost, scheme="none")


# --- tables of cases -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "demand", "expected_gaps", "expected_open"),
    [
        ({"lifting": 1}, {"lifting": 3}, {"lifting": 2}, ()),
        ({"lifting": 3}, {"lifting": 3}, {}, ()),
        ({"lifting": 4}, {"lifting": 1}, {}, ()),
        ({"lifting": 0}, {"lifting": 1}, {"lifting": 1}, ()),
        ({"lifting": None}, {"lifting": 1}, {}, ()),
        ({"lifting": None}, {"lifting": 2}, {}, ("lifting",)),
        ({}, {"lifting": 4}, {}, ("lifting",)),
        ({"lifting": 0}, {}, {}, ()),
        ({"lifting": 0}, {"lifting": 0}, {}, ()),
        ({"pace": 0, "lifting": 0}, {"pace": 2, "lifting": 4}, {"lifting": 4, "pace": 2}, ()),
    ],
)
def test_gaps_and_open_areas(
    capacity: dict[str, int | None], demand: dict[str, int], expected_gaps: dict[str, int], expected_open: tuple[str]
) -> None:
    found = gaps(capacity=capacity, demand=demand)
    assert list(found.items()) == list(expected_gaps.items())
    assert open_areas(capacity=capacity, demand=demand) == expected_open


def test_relief_does_not_add_up() -> None:
    two_halves = [measure("a", lifting=2), measure("b", lifting=2)]
    assert relief_of(two_halves) == {"lifting": 2}
    assert left_after(gaps={"lifting": 3}, measures=two_halves) == {"lifting": 1}
    assert not closable(gaps={"lifting": 3}, measures=two_halves)


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        pytest.param(
            [measure("z", 4, lifting=2, pace=2), measure("a", lifting=2), measure("b", pace=2)], ("z",), id="few"
        ),
        pytest.param([measure("a", 2, lifting=2, pace=2), measure("b", 1, lifting=2, pace=2)], ("b",), id="cheap"),
        pytest.param([measure("c9", lifting=2, pace=2), measure("c10", lifting=2, pace=2)], ("c10",), id="code point"),
        pytest.param([measure("b", lifting=2, pace=2), measure("B", lifting=2, pace=2)], ("B",), id="capitals first"),
        pytest.param(
            [measure("b", lifting=2), measure("c", pace=2), measure("a", 2, pace=2)], ("b", "c"), id="cost before code"
        ),
        pytest.param(
            [measure("a", 2, lifting=2), measure("d", 1, pace=2), measure("b", 1, lifting=2), measure("c", 2, pace=2)],
            ("b", "d"),
            id="lowest sum",
        ),
        pytest.param([measure("a", lifting=1, pace=1)], None, id="too little"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_smallest_support(measures: list[Measure], expected: tuple[str, ...] | None) -> None:
    assert smallest_support({"lifting": 2, "pace": 2}, measures) == expected


def test_no_gaps_need_no_support() -> None:
    assert smallest_support({}, [measure("a", lifting=1)]) == ()


def test_a_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="codes must be unique"):
        smallest_support({"lifting": 1}, [measure("a", lifting=1), measure("a", pace=1)])


HELP = [measure("trolley", lifting=2)]


@pytest.mark.parametrize(
    ("capacity", "demand", "conditions_met", "verdict", "support", "left"),
    [
        ({"lifting": 4}, {"lifting": 4}, True, Verdict.AS_IS, (), {}),
        ({"lifting": 2}, {"lifting": 4}, True, Verdict.WITH_SUPPORT, ("trolley",), {}),
        ({"lifting": 1}, {"lifting": 4}, True, Verdict.NO, (), {"lifting": 1}),
        ({"lifting": 4}, {"pace": 2}, True, Verdict.ASK, (), {}),
        ({"lifting": 2}, {"lifting": 4, "pace": 2}, True, Verdict.ASK, ("trolley",), {}),
        ({"lifting": 1}, {"lifting": 4, "pace": 2}, True, Verdict.NO, (), {"lifting": 1}),
        ({"lifting": 4}, {"lifting": 4}, False, Verdict.NO, (), {}),
        ({"lifting": 2}, {"lifting": 4}, False, Verdict.NO, (), {}),
        ({}, {"pace": 1}, True, Verdict.AS_IS, (), {}),
        ({}, {}, True, Verdict.AS_IS, (), {}),
    ],
)
def test_verdicts(
    capacity: dict[str, int | None],
    demand: dict[str, int],
    conditions_met: bool,
    verdict: Verdict,
    support: tuple[str, ...],
    left: dict[str, int],
) -> None:
    found = fit(capacity=capacity, demand=demand, measures=HELP, conditions_met=conditions_met)
    assert (found.verdict, found.support, found.left) == (verdict, support, left)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"code": ""}, "code"),
        ({"code": 7}, "code"),
        ({"scheme": None}, "scheme"),
        ({"cost": 0}, "cost"),
        ({"cost": 5}, "cost"),
        ({"cost": True}, "cost"),
        ({"relief": {"lifting": 0}}, "relief.lifting"),
        ({"relief": {"flying": 1}}, "relief.flying"),
        ({"relief": {"lifting": None}}, "relief.lifting"),
    ],
)
def test_a_bad_measure_is_refused(fields: dict[str, Any], path: str) -> None:
    good: dict[str, Any] = {"code": "a", "relief": {"lifting": 1}, "cost": 1, "scheme": "none"}
    with pytest.raises(VocabularyError) as caught:
        Measure(**(good | fields))
    assert caught.value.path == path


# --- properties against a brute force written here -------------------------------------------------------------------

FEW_AREAS = AREAS[::6]
# Few and without a deadline: all engine tests together stay under five seconds, also on a busy machine.
few = settings(max_examples=25, deadline=None)
codes = st.sampled_from(["a", "B", "b", "a1", "a10", "a9", "æ", "aa", "Z", "0"])
measures_of = st.lists(
    st.builds(
        Measure,
        code=codes,
        relief=st.dictionaries(st.sampled_from(FEW_AREAS), st.integers(1, 4), max_size=3),
        cost=st.integers(1, 4),
        scheme=st.just("none"),
    ),
    max_size=7,
    unique_by=lambda one: one.code,
)
capacities = st.dictionaries(st.sampled_from(FEW_AREAS), st.none() | st.integers(0, 4))
demands = st.dictionaries(st.sampled_from(FEW_AREAS), st.integers(0, 4))


def brute_gaps(capacity: dict[str, int | None], demand: dict[str, int]) -> dict[str, int]:
    found = {}
    for area in AREAS:
        level = capacity.get(area)
        if level is not None and max(0, demand.get(area, 0) - level) > 0:
            found[area] = demand.get(area, 0) - level
    return found


def brute_support(open_gaps: dict[str, int], measures: list[Measure]) -> tuple[str, ...] | None:
    def closes(chosen: tuple[Measure, ...]) -> bool:
        return all(max([0] + [m.relief.get(area, 0) for m in chosen]) >= gap for area, gap in open_gaps.items())

    every = chain.from_iterable(combinations(measures, size) for size in range(len(measures) + 1))
    keys = [(len(c), sum(m.cost for m in c), sorted(m.code for m in c)) for c in every if closes(c)]
    return tuple(min(keys)[2]) if keys else None


@few
@given(capacity=capacities, demand=demands)
def test_gaps_equal_brute_force(capacity: dict[str, int | None], demand: dict[str, int]) -> None:
    found = gaps(capacity=capacity, demand=demand)
    assert found == brute_gaps(capacity, demand)
    assert all(1 <= gap <= 4 for gap in found.values())


@few
@given(measures=measures_of)
def test_relief_is_the_largest_in_the_set(measures: list[Measure]) -> None:
    found = relief_of(measures)
    for area in AREAS:
        assert found.get(area, 0) == max([one.relief.get(area, 0) for one in measures], default=0)
    assert list(found) == [area for area in AREAS if area in found]


@few
@given(open_gaps=st.dictionaries(st.sampled_from(FEW_AREAS), st.integers(1, 4)), measures=measures_of)
@example(open_gaps={"lifting": 1}, measures=[measure("æ", lifting=1), measure("a1", lifting=1)])
def test_smallest_support_equals_brute_force(open_gaps: dict[str, int], measures: list[Measure]) -> None:
    expected = brute_support(open_gaps, measures)
    assert smallest_support(open_gaps, measures) == expected
    assert smallest_support(open_gaps, list(reversed(measures))) == expected


@few
@given(capacity=capacities, demand=demands, measures=measures_of, conditions_met=st.booleans())
def test_fit_equals_the_contract_read_plainly(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure], conditions_met: bool
) -> None:
    found = fit(capacity=capacity, demand=demand, measures=measures, conditions_met=conditions_met)
    expected_gaps = brute_gaps(capacity, demand)
    support = brute_support(expected_gaps, measures)
    is_open = any(level >= 2 and capacity.get(area) is None for area, level in demand.items())
    if not conditions_met or support is None:
        assert (found.verdict, found.support) == (Verdict.NO, ())
    elif is_open:
        assert (found.verdict, found.support) == (Verdict.ASK, support)
    else:
        assert (found.verdict, found.support) == (Verdict.WITH_SUPPORT if expected_gaps else Verdict.AS_IS, support)
    assert bool(found.left) == (support is None)


ORDER = [Verdict.AS_IS, Verdict.WITH_SUPPORT, Verdict.ASK, Verdict.NO]


@few
@given(capacity=capacities, demand=demands, measures=measures_of, area=st.sampled_from(FEW_AREAS))
def test_raising_a_capacity_never_lengthens_the_support(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure], area: str
) -> None:
    level = capacity.get(area)
    if level is None or level == 4:
        return
    before = fit(capacity=capacity, demand=demand, measures=measures)
    after = fit(capacity={**capacity, area: level + 1}, demand=demand, measures=measures)
    assert ORDER.index(after.verdict) <= ORDER.index(before.verdict)
    assert before.verdict is Verdict.NO or len(after.support) <= len(before.support)


@few
@given(capacity=capacities, demand=demands, measures=measures_of, area=st.sampled_from(FEW_AREAS))
def test_learning_that_an_area_is_easy_never_worsens_a_verdict(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure], area: str
) -> None:
    if capacity.get(area) is not None:
        return
    before = fit(capacity=capacity, demand=demand, measures=measures)
    after = fit(capacity={**capacity, area: 4}, demand=demand, measures=measures)
    assert ORDER.index(after.verdict) <= ORDER.index(before.verdict)


@few
@given(capacity=capacities, demand=demands, measures=measures_of)
def test_one_measure_more_never_turns_support_into_no(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure]
) -> None:
    fewer = fit(capacity=capacity, demand=demand, measures=measures[1:])
    more = fit(capacity=capacity, demand=demand, measures=measures)
    assert fewer.verdict is Verdict.NO or more.verdict is fewer.verdict


def test_three_hundred_random_pairs_equal_brute_force() -> None:
    numbers = random.Random(7)
    for _ in range(300):
        areas = numbers.sample(AREAS, 6)
        measures = [
            measure(code, numbers.randint(1, 4), **{a: numbers.randint(1, 4) for a in numbers.sample(areas, 3)})
            for code in numbers.sample(["a", "B", "b", "a1", "a10", "a9", "æ", "aa"], numbers.randint(0, 8))
        ]
        capacity = {area: numbers.choice([None, 0, 1, 2, 3, 4]) for area in areas}
        demand = {area: numbers.randint(0, 4) for area in areas}
        found = fit(capacity=capacity, demand=demand, measures=measures)
        support = brute_support(brute_gaps(capacity, demand), measures)
        assert found.support == (support or ())
        assert (found.verdict is Verdict.NO) == (support is None)


def test_the_answer_is_the_same_bytes_whatever_the_order_of_the_input() -> None:
    measures = [measure("b", lifting=2), measure("a", pace=2), measure("c", pace=2)]
    forwards = fit(capacity={"lifting": 1, "pace": 1}, demand={"lifting": 3, "pace": 3}, measures=measures)
    backwards = fit(capacity={"pace": 1, "lifting": 1}, demand={"pace": 3, "lifting": 3}, measures=measures[::-1])
    assert json.dumps([forwards.gaps, forwards.support]) == json.dumps([backwards.gaps, backwards.support])
