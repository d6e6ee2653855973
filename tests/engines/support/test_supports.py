"""The proposal is exact, says who asks and what is left, and the bridge adds up."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.support.catalogue import catalogue
from jobbro.engines.support.occupations import occupation_table
from jobbro.engines.support.supports import (
    BridgeRow,
    Easing,
    OpenArea,
    bridge,
    combined_demand,
    propose_support,
)
from jobbro.kernel.fit import Measure, Verdict, fit
from jobbro.kernel.vocabulary import AREAS, VocabularyError


def measure(code: str, cost: int = 1, scheme: str = "employer", **relief: int) -> Measure:
    return Measure(code=code, relief=relief, cost=cost, scheme=scheme)


TROLLEY = measure("trolley", 2, "hjaelpemidler", lifting=3)
SWAP = measure("swap", 1, lifting=4, pace=1)
OWN_PACE = measure("own_pace", 1, pace=3)
ASSISTANT = measure("assistant", 3, "personlig_assistance", lifting=4, pace=2)
ALL = (TROLLEY, SWAP, OWN_PACE, ASSISTANT)

CAPACITY = {"lifting": 1, "pace": 2, "hearing": None}
DEMANDS = {"warehouse": {"lifting": 4, "pace": 3, "hearing": 2}, "garden": {"lifting": 3, "pace": 4, "seeing": 1}}


def test_many_demands_are_met_together() -> None:
    assert combined_demand(DEMANDS) == {"lifting": 4, "seeing": 1, "hearing": 2, "pace": 4}
    assert combined_demand({}) == {}


def test_gaps_say_who_asks_and_what_closes() -> None:
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=ALL)
    lifting, pace = proposal.gaps
    assert (lifting.area, lifting.capacity, lifting.demand, lifting.gap) == ("lifting", 1, 4, 3)
    assert lifting.asked_by == ("warehouse", "garden")
    assert lifting.closing == ("swap", "trolley", "assistant")
    assert (pace.area, pace.gap, pace.asked_by, pace.closing) == (
        "pace",
        2,
        ("garden", "warehouse"),
        ("own_pace", "assistant"),
    )


def test_the_smallest_comes_first_then_the_next_best_minimal() -> None:
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=ALL)
    assert proposal.smallest.codes == ("assistant",)
    assert [one.codes for one in proposal.alternatives] == [("own_pace", "swap"), ("own_pace", "trolley")]
    assert [one.cost for one in proposal.alternatives] == [2, 3]
    assert (proposal.verdict, dict(proposal.left)) == (Verdict.ASK, {})
    assert proposal.open == (OpenArea(area="hearing", demand=2, asked_by=("warehouse",)),)


def test_easings_go_from_level_to_level() -> None:
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=ALL)
    assert proposal.smallest.easings == (
        Easing(measure="assistant", area="lifting", from_level=1, to_level=4),
        Easing(measure="assistant", area="pace", from_level=2, to_level=4),
    )


def test_declined_measures_are_left_out() -> None:
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=ALL, declined=["assistant", "swap"])
    assert proposal.smallest.codes == ("own_pace", "trolley")
    assert proposal.alternatives == ()
    assert proposal.gaps[0].closing == ("trolley",)


def test_what_is_left_with_everything_is_told_and_the_rest_still_closed() -> None:
    proposal = propose_support(
        capacity={"lifting": 0, "pace": 2}, demands={"job": {"lifting": 4, "pace": 4}}, measures=[TROLLEY, OWN_PACE]
    )
    assert (proposal.verdict, dict(proposal.left)) == (Verdict.NO, {"lifting": 1})
    assert proposal.smallest.codes == ("own_pace",)
    assert proposal.gaps[0].closing == ()


def test_wishes_are_met_with_the_fewest_beside_them() -> None:
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=ALL, wished=["trolley"], limit=0)
    assert proposal.smallest.codes == ("assistant",)
    assert proposal.with_wished and proposal.with_wished.codes == ("own_pace", "trolley")
    assert proposal.wished_idle == ()


def test_a_wish_that_closes_nothing_is_told() -> None:
    lamp = measure("lamp", seeing=2)
    proposal = propose_support(capacity=CAPACITY, demands=DEMANDS, measures=(*ALL, lamp), wished=["lamp", "assistant"])
    assert proposal.wished_idle == ("lamp",)
    assert proposal.with_wished is None


def test_a_declined_wish_is_declined() -> None:
    proposal = propose_support(
        capacity=CAPACITY, demands=DEMANDS, measures=ALL, wished=["trolley"], declined=["trolley"]
    )
    assert (proposal.with_wished, proposal.wished_idle) == (None, ())


def test_no_demands_need_nothing() -> None:
    proposal = propose_support(capacity=CAPACITY, demands={}, measures=ALL)
    assert (proposal.verdict, proposal.gaps, proposal.smallest.codes, proposal.alternatives) == (
        Verdict.AS_IS,
        (),
        (),
        (),
    )


def test_bad_input_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"demands\.job\.lifting: must be a whole number"):
        propose_support(capacity={}, demands={"job": {"lifting": 9}}, measures=ALL)
    with pytest.raises(VocabularyError, match=r"capacity\.flying: unknown area"):
        propose_support(capacity={"flying": 1}, demands={}, measures=ALL)
    with pytest.raises(ValueError, match="no such measures: wings"):
        propose_support(capacity={}, demands={}, measures=ALL, declined=["wings"])
    with pytest.raises(ValueError, match="limit must be from 0 to 20"):
        propose_support(capacity={}, demands={}, measures=ALL, limit=-1)
    with pytest.raises(ValueError, match="codes must be unique"):
        propose_support(capacity=CAPACITY, demands=DEMANDS, measures=[SWAP, SWAP])


# --- the bridge ------------------------------------------------------------------------------------------------------


def row(area: str, **planks: object) -> BridgeRow:
    empty = {"solid": 0, "hatched": 0, "missing": 0, "dashed": 0, "open": False, "measure": None, "payer": None}
    return BridgeRow(area=area, **(empty | planks))  # type: ignore[arg-type]


def test_the_bridge_shows_solid_hatched_missing_and_dashed_planks() -> None:
    rows = bridge(
        capacity={"lifting": 0, "standing": 4, "walking": 1, "hearing": None},
        demand={"lifting": 4, "standing": 2, "walking": 3, "hearing": 2, "seeing": 1, "pace": 0},
        support=[TROLLEY],
    )
    assert rows == (
        row("lifting", demand=4, hatched=3, missing=1, measure="trolley", payer="hjaelpemidler"),
        row("standing", demand=2, solid=2),
        row("walking", demand=3, solid=1, missing=2),
        row("seeing", demand=1, dashed=1),
        row("hearing", demand=2, dashed=2, open=True),
    )


def test_a_row_names_the_measure_that_reaches_farthest_then_the_cheapest() -> None:
    def named(capacity: int, *support: Measure) -> str | None:
        return bridge(capacity={"lifting": capacity}, demand={"lifting": 4}, support=support)[0].measure

    assert named(0, TROLLEY, ASSISTANT) == "assistant"
    assert named(1, TROLLEY, ASSISTANT) == "trolley"
    assert named(1, measure("b", lifting=3), measure("a", lifting=4)) == "a"
    assert named(4, TROLLEY) is None


few = settings(max_examples=25, deadline=None)
SOME = AREAS[::6]
levels = st.integers(0, 4)
measures_of = st.lists(
    st.builds(
        Measure,
        code=st.sampled_from("abcdefAB"),
        relief=st.dictionaries(st.sampled_from(SOME), st.integers(1, 4), max_size=3),
        cost=st.integers(1, 3),
        scheme=st.just("none"),
    ),
    max_size=6,
    unique_by=lambda one: one.code,
)
capacities = st.dictionaries(st.sampled_from(SOME), st.none() | levels)
demands = st.dictionaries(st.sampled_from(SOME), levels)


@few
@given(capacity=capacities, demand=demands, measures=measures_of)
def test_planks_add_up_and_nothing_is_missing_when_support_closes(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure]
) -> None:
    found = fit(capacity=capacity, demand=demand, measures=measures)
    support = [one for one in measures if one.code in found.support]
    rows = bridge(capacity=capacity, demand=demand, support=support)
    assert [one.area for one in rows] == [area for area in AREAS if demand.get(area)]
    for one in rows:
        assert one.solid + one.hatched + one.missing + one.dashed == one.demand
        assert (one.measure is None) == (one.payer is None) == (one.hatched == 0)
        assert found.verdict is Verdict.NO or one.missing == 0
    assert tuple(one.area for one in rows if one.open) == found.open


@few
@given(capacity=capacities, demand=demands, measures=measures_of, wished=st.sets(st.sampled_from("abcdefAB")))
def test_proposals_equal_brute_force(
    capacity: dict[str, int | None], demand: dict[str, int], measures: list[Measure], wished: set[str]
) -> None:
    wishes = wished & {one.code for one in measures}
    proposal = propose_support(capacity=capacity, demands={"job": demand}, measures=measures, wished=wishes, limit=20)
    gaps = {one.area: one.gap for one in proposal.gaps if one.area not in proposal.left}

    def closes(chosen: tuple[Measure, ...]) -> bool:
        return all(any(one.relief.get(area, 0) >= gap for one in chosen) for area, gap in gaps.items())

    def key(chosen: tuple[Measure, ...]) -> tuple[int, int, tuple[str, ...]]:
        return len(chosen), sum(one.cost for one in chosen), tuple(sorted(one.code for one in chosen))

    closing = [c for size in range(len(measures) + 1) for c in combinations(measures, size) if closes(c)]
    minimal = [c for c in closing if not any(closes((*c[:at], *c[at + 1 :])) for at in range(len(c)))]
    expected = sorted(key(chosen) for chosen in minimal)[:21]
    sets = (proposal.smallest, *proposal.alternatives)
    assert [(len(one.codes), one.cost, one.codes) for one in sets] == expected
    useful = wishes - set(proposal.wished_idle)
    if proposal.with_wished:
        holding = [key(chosen) for chosen in closing if useful <= {one.code for one in chosen}]
        assert proposal.with_wished.codes == min(holding)[2]
    elif useful:
        assert any(useful <= set(one.codes) for one in sets)


def test_the_whole_catalogue_is_answered_in_a_blink() -> None:
    numbers = random.Random(3)
    occupations = occupation_table().occupations
    started = time.process_time()
    for _ in range(20):
        capacity = {area: numbers.choice([None, 0, 1, 2, 3, 3, 4]) for area in AREAS}
        wishes = {one.code: one.demand for one in numbers.sample(occupations, 3)}
        proposal = propose_support(capacity=capacity, demands=wishes, measures=catalogue().measures())
        everything = fit(capacity=capacity, demand=combined_demand(wishes), measures=catalogue().measures())
        assert (proposal.verdict, proposal.left) == (everything.verdict, everything.left)
        assert proposal.verdict is Verdict.NO or proposal.smallest.codes == everything.support
    assert time.process_time() - started < 1
