"""Which one change opens most doors: every number is what comes of making the change and asking again."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given

from jobbro.engines.matching.changes import AN_HOUR, MORE_KM, Change, ChangeKind, changes_for
from jobbro.engines.matching.market import build_market
from jobbro.engines.matching.model import Job, Measure, Person, Verdict
from jobbro.engines.matching.pairs import explain
from jobbro.kernel.vocabulary import AREAS, SLOTS
from tests.engines.matching.made_up import catalogues, job, job_lists, measure, person, persons


def changed_persons(who: Person, measures: tuple[Measure, ...]) -> Iterator[tuple[ChangeKind, str, Person]]:
    for each in measures:
        if each.code not in who.measures:
            yield ChangeKind.MEASURE, each.code, replace(who, measures=(*who.measures, each.code))
    yield ChangeKind.HOURS, "more", replace(who, max_hours=who.max_hours + AN_HOUR)
    yield ChangeKind.HOURS, "fewer", replace(who, min_hours=max(who.min_hours - AN_HOUR, 0.0))
    yield ChangeKind.DISTANCE, "10", replace(who, max_km=who.max_km + MORE_KM)
    for slot in SLOTS:
        if slot not in who.slots:
            yield ChangeKind.HALF_DAY, slot, replace(who, slots=(*who.slots, slot))


def plainly(who: Person, jobs: list[Job], measures: tuple[Measure, ...]) -> list[Change]:
    pairs = [explain(person=who, job=what, measures=measures) for what in jobs]
    refused = [what for what, pair in zip(jobs, pairs, strict=True) if pair.verdict is Verdict.NO]
    found = [
        Change(kind=kind, code=code, opens=len(_listed(other, refused, measures)), settles=0)
        for kind, code, other in changed_persons(who, measures)
    ]
    for area in AREAS:
        alone = sum(pair.verdict is Verdict.ASK and pair.open == (area,) for pair in pairs)
        found.append(Change(kind=ChangeKind.ANSWER, code=area, opens=0, settles=alone))
    kinds = list(ChangeKind)
    return sorted(
        (each for each in found if each.opens or each.settles),
        key=lambda each: (-each.opens, -each.settles, kinds.index(each.kind), each.code),
    )


def _listed(who: Person, jobs: list[Job], measures: tuple[Measure, ...]) -> list[Job]:
    return [what for what in jobs if explain(person=who, job=what, measures=measures).verdict is not Verdict.NO]


@given(who=persons(), jobs=job_lists(), measures=catalogues())
def test_changes_are_what_comes_of_making_them(who: Person, jobs: list[Job], measures: tuple[Measure, ...]) -> None:
    assert list(changes_for(who, market=build_market(jobs=jobs, measures=measures))) == plainly(who, jobs, measures)


def test_each_kind_of_change() -> None:
    who = person(capacity={"lifting": 1, "stress": None}, slots=("mon_am",))
    lift = measure("lift", {"lifting": 2})
    jobs = [
        job("far", x=19.0, y=0.0),
        job("farther", x=21.0, y=0.0),
        job("more hours", min_hours=21.0, max_hours=30.0),
        job("fewer hours", min_hours=0.0, max_hours=9.0),
        job("far too few", min_hours=0.0, max_hours=8.5),
        job("tuesday", slots=("mon_am", "tue_am")),
        job("two days more", slots=("tue_am", "wed_am")),
        job("heavy", demand={"lifting": 3}, measures=("lift",)),
        job("heavy and far", demand={"lifting": 3}, measures=("lift",), x=19.0),
        job("heavy without help", demand={"lifting": 3}),
        job("busy", demand={"stress": 2}),
        job("busy with people", demand={"stress": 2, "speaking": 2}),
        job("welding", requires=("welding",)),
    ]
    found = changes_for(who, market=build_market(jobs=jobs, measures=[lift]))
    assert [(each.kind, each.code, each.opens, each.settles) for each in found] == [
        ("measure", "lift", 1, 0),
        ("hours", "fewer", 1, 0),
        ("hours", "more", 1, 0),
        ("distance", "10", 1, 0),
        ("half_day", "tue_am", 1, 0),
        ("answer", "stress", 0, 1),
    ]  # fmt: skip
