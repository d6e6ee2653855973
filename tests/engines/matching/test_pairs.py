"""One pair and one list, by the words of contracts, sections 2 and 3: each rule on an example that fits on a page."""

import dataclasses
import json
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobbro.engines.matching.as_json import line_of, pair_as_json
from jobbro.engines.matching.model import Job, Measure, Person, Reason, Verdict
from jobbro.engines.matching.pairs import ORDER_OF_VERDICTS, explain, list_for, printed_km
from jobbro.kernel.vocabulary import SLOTS
from tests.engines.matching.made_up import CODES, FEW_AREAS, catalogues, job, job_lists, measure, person, persons

LIFT = measure("lift", {"lifting": 2})


@pytest.mark.parametrize(
    ("who", "what", "verdict"),
    [
        ({}, {"demand": {"lifting": 4}}, Verdict.AS_IS),
        ({"capacity": {"lifting": 1}}, {"demand": {"lifting": 3}, "measures": ("lift",)}, Verdict.NO),
        (
            {"capacity": {"lifting": 1}, "measures": ("lift",)},
            {"demand": {"lifting": 3}, "measures": ("lift",)},
            Verdict.WITH_SUPPORT,
        ),
        ({"capacity": {"lifting": 1}, "measures": ("lift",)}, {"demand": {"lifting": 3}}, Verdict.NO),
        ({"capacity": {"lifting": None}}, {"demand": {"lifting": 2}}, Verdict.ASK),
        ({"capacity": {}}, {"demand": {"lifting": 2}}, Verdict.ASK),
        ({"capacity": {}}, {"demand": {"lifting": 1}}, Verdict.AS_IS),
        ({"capacity": {"lifting": 0}}, {"demand": {"lifting": 1, "hearing": 2}}, Verdict.NO),
        ({"capacity": {}}, {}, Verdict.AS_IS),
    ],
)
def test_each_verdict(who: dict, what: dict, verdict: Verdict) -> None:
    assert explain(person=person(**who), job=job(**what), measures=[LIFT]).verdict is verdict


@pytest.mark.parametrize(
    ("who", "what", "failed"),
    [
        ({"max_km": 5.0}, {}, ()),
        ({"max_km": 4.999}, {}, (Reason.DISTANCE,)),
        ({}, {"min_hours": 20.0, "max_hours": 25.0}, ()),
        ({}, {"min_hours": 20.5, "max_hours": 25.0}, (Reason.HOURS,)),
        ({}, {"min_hours": 0.0, "max_hours": 9.5}, (Reason.HOURS,)),
        ({"slots": ()}, {}, ()),
        ({"slots": SLOTS[1:]}, {"slots": SLOTS[:2]}, (Reason.SLOTS,)),
        ({}, {"requires": ("welding",)}, (Reason.SKILLS,)),
        (
            {"max_km": 0.0, "max_hours": 10.0, "slots": (), "capacity": {"lifting": 0}},
            {"min_hours": 12.0, "slots": ("mon_am",), "requires": ("welding",), "demand": {"lifting": 1}},
            tuple(Reason),
        ),
    ],
)
def test_each_condition_and_all_of_them(who: dict, what: dict, failed: tuple[Reason, ...]) -> None:
    pair = explain(person=person(**who), job=job(**what), measures=())
    assert pair.failed == failed
    assert (pair.verdict is Verdict.NO) == bool(failed)


@pytest.mark.parametrize(("distance", "km"), [(2.25, 2.3), (2.24, 2.2), (0.05, 0.1), (0.0, 0.0), (10.3499, 10.3)])
def test_kilometres_are_rounded_half_up(distance: float, km: float) -> None:
    assert printed_km(distance) == km


def test_a_pair_is_told_whole() -> None:
    who = person(capacity={"lifting": 0, "hearing": 1}, measures=("lift",))
    what = job(demand={"hearing": 2, "lifting": 3, "seeing": 4}, measures=("lift",))
    assert pair_as_json(explain(person=who, job=what, measures=[LIFT])) == {
        "person": "ib",
        "job": "j",
        "verdict": "no",
        "failed": ["gap"],
        "km": 5.0,
        "gaps": {"lifting": 3, "hearing": 1},
        "open": ["seeing"],
        "support": [],
        "left": {"lifting": 1, "hearing": 1},
    }


def test_the_order_of_a_list() -> None:
    who = person(capacity={"lifting": 2}, wishes={"cook": 1, "gardener": 2}, measures=("lift",))
    jobs = [
        job("ask", demand={"hearing": 2}, occupation="gardener", x=0.0, y=0.0),
        job("supported", demand={"lifting": 3}, measures=("lift",), occupation="gardener", x=0.0, y=0.0),
        job("J9", x=0.0),
        job("J10", x=0.0),
        job("near", x=0.0, y=1.0),
        job("wished more", occupation="gardener"),
        job("not wished", occupation="other", x=0.0, y=0.0),
        job("far", x=100.0),
    ]
    listed = list_for(person=who, jobs=jobs, measures=[LIFT])
    assert [each.job for each in listed.jobs] == [
        "wished more", "near", "J10", "J9", "not wished", "supported", "ask",
    ]  # fmt: skip
    assert listed.none == {Reason.DISTANCE: 1}
    assert [each.job for each in list_for(person=who, jobs=jobs, measures=[LIFT], top=2).jobs] == [
        "wished more",
        "near",
    ]


def test_a_line_has_the_shape_of_the_contract() -> None:
    who = person(capacity={"lifting": 1}, measures=("lift",))
    jobs = [job(demand={"lifting": 2, "stress": 2}, measures=("lift",)), job("k", x=90.0)]
    line = line_of(list_for(person=who, jobs=jobs, measures=[LIFT]))
    assert json.loads(line) == {
        "person": "ib",
        "jobs": [
            {
                "job": "j",
                "verdict": "ask",
                "wish": 0,
                "km": 5.0,
                "gaps": {"lifting": 1},
                "open": ["stress"],
                "support": ["lift"],
            }
        ],
        "none": {"distance": 1},
    }


def _place(who: Person, what: Job, measures: tuple[Measure, ...]) -> int:
    return ORDER_OF_VERDICTS.index(explain(person=who, job=what, measures=measures).verdict)


@given(who=persons(), jobs=job_lists(), measures=catalogues(), area=st.sampled_from(FEW_AREAS))
def test_more_capacity_never_worsens_a_verdict(
    who: Person, jobs: list[Job], measures: tuple[Measure, ...], area: str
) -> None:
    now = who.capacity.get(area)
    more = dataclasses.replace(who, capacity={**who.capacity, area: 4 if now is None else min(now + 1, 4)})
    for what in jobs:
        assert _place(more, what, measures) <= _place(who, what, measures)


@given(who=persons(), jobs=job_lists(), measures=catalogues(), code=st.sampled_from(CODES))
def test_one_more_measure_never_worsens_a_verdict(
    who: Person, jobs: list[Job], measures: tuple[Measure, ...], code: str
) -> None:
    assume(code not in who.measures)
    more = dataclasses.replace(who, measures=(*who.measures, code))
    for what in jobs:
        with_it = dataclasses.replace(what, measures=tuple({*what.measures, code}))
        assert _place(more, what, measures) <= _place(who, what, measures)
        assert _place(who, with_it, measures) <= _place(who, what, measures)


@given(who=persons(), jobs=job_lists(), measures=catalogues(), dice=st.randoms(use_true_random=False))
def test_a_list_does_not_depend_on_the_order_of_anything(
    who: Person, jobs: list[Job], measures: tuple[Measure, ...], dice: random.Random
) -> None:
    mixed, turned = list(jobs), list(measures)
    dice.shuffle(mixed)
    dice.shuffle(turned)
    assert list_for(person=who, jobs=mixed, measures=turned) == list_for(person=who, jobs=jobs, measures=measures)


def test_nothing_can_be_told_of_a_person_but_what_matching_may_know() -> None:
    assert [each.name for each in dataclasses.fields(Person)] == [
        "id", "capacity", "x", "y", "max_km", "min_hours", "max_hours", "slots", "wishes", "skills", "measures",
    ]  # fmt: skip
    for more in ("age", "sex", "origin", "benefit_group"):
        with pytest.raises(TypeError):
            person(**{more: "x"})
