"""Alternatives, one more of something, and carving for a profile."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobbro.engines.carving.alternatives import alternatives
from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.model import Carving, GivenTask, Person, Reason, Status, Wish
from jobbro.engines.carving.profiles import PROFILE, carve_for_profile, common_profile
from jobbro.engines.carving.verifying import verify
from jobbro.engines.carving.what_if import what_if
from tests.engines.carving.brute_force import carvings
from tests.engines.carving.small import WEEK, at_random, measure, person, staff, task, workplace


def holders(carving: Carving) -> dict[str, str]:
    return {each.task: job.person for job in carving.jobs for each in job.tasks}


def apart(one: dict[str, str], other: dict[str, str]) -> int:
    return sum(one.get(task) != other.get(task) for task in one.keys() | other.keys())


@pytest.mark.parametrize("seed", [4, 34, 54])
def test_alternatives_are_the_best_that_differ_in_two_tasks_from_all_before(seed: int) -> None:
    given = at_random(seed)
    best = carve(given, seconds=10)
    known = [holders(best)]
    everything = list(carvings(given))
    for other in alternatives(given, best=best, count=3, seconds=30):
        allowed = [value for value, tasks in everything if all(apart(tasks, each) >= 2 for each in known)]
        assert verify(given, other) == ()
        assert other.status is Status.OPTIMAL
        assert other.value == max(allowed)
        known.append(holders(other))
    assert len(known) > 1 or max(value for value, tasks in everything if apart(tasks, known[0]) >= 2) <= 0


def test_where_there_is_no_other_none_comes_back() -> None:
    given = workplace()
    assert alternatives(given, best=carve(given, seconds=5), count=2, seconds=5) == ()


def test_one_more_measure_hour_or_half_day_tells_what_it_adds() -> None:
    tasks = (
        task("heavy", demand={"lifting": 3}, hours=Decimal(3)),
        task("late", slots=("tue_pm",), hours=Decimal(3)),
        task("long", hours=Decimal(4), slots=WEEK[:3]),
    )
    ask = person(max_hours=Decimal(3), slots=WEEK[:3])
    given = workplace(tasks=tasks, persons=(ask,), measures=(measure("mate", {"lifting": 1}),))
    base = carve(given, seconds=5)
    assert base.value == 0
    found = what_if(given, base=base, seconds=20)
    assert [(each.wish, each.code, each.at_least, each.at_most, each.tasks_gained) for each in found] == [
        (Wish.HOUR, "", Decimal(400), Decimal(400), ("long",)),
        (Wish.SLOT, "tue_pm", Decimal(300), Decimal(300), ("late",)),
        (Wish.MEASURE, "mate", Decimal(285), Decimal(285), ("heavy",)),
    ]
    assert [each.wish for each in what_if(given, base=base, seconds=20, wishes=(Wish.SLOT,))] == [Wish.SLOT]


def test_without_time_one_more_is_still_bounded_truly() -> None:
    given = at_random(34)
    base = carve(given, seconds=10)
    exact = {(each.wish, each.person, each.code): each for each in what_if(given, base=base, seconds=60)}
    for quick in what_if(given, base=base, seconds=0):
        sure = exact[quick.wish, quick.person, quick.code]
        assert quick.at_least <= sure.at_least == sure.at_most <= quick.at_most


def waiting(name: str, lifting: int | None, **changes: object) -> Person:
    return person(name, capacity={"lifting": lifting, "hearing": 4}, **changes)


def test_the_profile_is_what_so_many_manage_and_unknown_stays_unknown() -> None:
    people = [
        waiting("a", 4, skills=("licence",), max_hours=Decimal(20)),
        waiting("b", 2, min_hours=Decimal(8), slots=WEEK[:2]),
        waiting("c", None, skills=("licence",)),
    ]
    most = common_profile(people, share=Decimal("0.6"))
    assert (most.capacity["lifting"], most.capacity["hearing"], most.capacity["memory"]) == (2, 4, None)
    assert common_profile(people, share=Decimal(1)).capacity["lifting"] is None
    assert (most.skills, most.slots, most.max_hours, most.min_hours) == (("licence",), WEEK, Decimal(10), Decimal(0))
    assert common_profile(people, share=Decimal(1)).slots == WEEK[:2]


def test_a_job_for_the_profile_tells_for_how_many_it_holds() -> None:
    people = [
        waiting("a", 4),
        waiting("b", 3, measures=("mate",)),
        waiting("c", 3, measures=("mate",)),
        waiting("d", None),
        waiting("e", 1),
        waiting("f", 4, max_hours=Decimal(1)),
    ]
    given = workplace(
        tasks=(task("t1", demand={"lifting": 4}),), measures=(measure("mate", {"lifting": 1}),), persons=()
    )
    found = carve_for_profile(given, waiting=people, share=Decimal("0.3"), jobs=2, seconds=10)
    assert found.waiting == 6
    assert found.profile.id == PROFILE
    assert [each.task for each in found.carving.jobs[0].tasks] == ["t1"]
    holding = found.holdings[0]
    assert (holding.fits, holding.must_ask, holding.not_for) == (1, 1, 4)
    with_measure = carve_for_profile(given, waiting=people[1:4], share=Decimal("0.6"), jobs=1, seconds=10)
    assert with_measure.holdings[0].fits_with_measures == 2


def test_a_profile_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody who waits"):
        common_profile([], share=Decimal("0.5"))
    with pytest.raises(ValueError, match="share above 0"):
        common_profile([person()], share=Decimal(0))


def test_an_answer_that_is_wrong_is_found_out() -> None:
    given = workplace(tasks=(task("t1"), task("t2", is_core=True)), staff=(staff(max_release=Decimal("0.5")),))
    right = carve(given, seconds=5)
    job = right.jobs[0]
    on_sunday = GivenTask(task="t1", slots={"sun_am": Decimal(2)})
    wrong = {
        "says it is worth": replace(right, jobs=(replace(job, value=Decimal(201)),)),
        "the answer says": replace(right, value=Decimal(199)),
        "is below the value": replace(right, bound=Decimal(100)),
        "the status is": replace(right, status=Status.FEASIBLE),
        "add up to": replace(right, jobs=(replace(job, tasks=(replace(job.tasks[0], slots={}),)),)),
        "do not share": replace(right, jobs=(replace(job, tasks=(on_sunday,)),)),
        "has 2 hours in mon_am, more": replace(given, slot_hours=Decimal(1)),
        "gives up 2 hours, not": replace(right, released={}),
        "among those who do": replace(right, released={**right.released, "bo": Decimal(1)}),
        "because of core, not gap": replace(right, not_given={"t2": Reason.GAP}),
        "either given or not": replace(right, not_given={}),
        "there is no person": replace(right, jobs=(replace(job, person="bo"),)),
        "there is no measure": replace(right, jobs=(replace(job, measures=("crane",)),)),
        "given twice": replace(right, jobs=(job, job)),
        "is a core task": replace(right, jobs=(replace(job, tasks=(replace(job.tasks[0], task="t2"),)),)),
        "gives up 2 hours, more": replace(given, staff=(staff(max_release=Decimal("0.4")),)),
        "has 2 hours, not 3": replace(given, persons=(person(min_hours=Decimal(3)),)),
    }  # fmt: skip
    assert verify(given, right) == ()
    for said, changed in wrong.items():
        problems = verify(given, changed) if isinstance(changed, Carving) else verify(changed, right)
        assert any(said in problem for problem in problems), (said, problems)
