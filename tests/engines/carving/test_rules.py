"""Each rule of contracts, section 4, on a workplace that fits on a page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from jobbro.engines.carving.answering import carving_of
from jobbro.engines.carving.carving import Search, carve
from jobbro.engines.carving.instance import instance_of
from jobbro.engines.carving.model import Carving, Choice, Limits, Progress, Reason, Status, Workplace
from jobbro.engines.carving.solving import Solver
from jobbro.engines.carving.verifying import verify
from tests.engines.carving.small import measure, person, staff, task, workplace

Best = Callable[[Workplace], Carving]


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    with Solver() as running:
        yield running


@pytest.fixture
def best(solver: Solver) -> Best:
    def carved(given: Workplace) -> Carving:
        search = Search(instance_of(given), seconds=20)
        search.run(solver)
        answer = carving_of(search.instance, plan=search.plan or {}, bound=search.bound)
        assert verify(given, answer) == ()
        assert answer.status is Status.OPTIMAL
        return answer

    return carved


def given_to(answer: Carving, name: str) -> list[str]:
    return [each.task for job in answer.jobs if job.person == name for each in job.tasks]


def test_a_task_is_worth_its_hours_at_the_difference_of_wages_and_ten_a_wish(best: Best) -> None:
    answer = best(workplace(persons=(person(wishes={"t1": 2}),)))
    assert answer.value == answer.bound == Decimal(220)
    assert answer.jobs[0].value == Decimal(220)
    assert answer.released == {"anna": Decimal(2)}
    assert answer.not_given == {}


def test_a_measure_costs_fifteen_a_band_and_closes_only_what_it_relieves(best: Best) -> None:
    heavy = task("t1", demand={"lifting": 4})
    measures = (measure("hoist", {"lifting": 2}, 3), measure("mate", {"lifting": 1}, 1))
    answer = best(workplace(tasks=(heavy,), measures=measures, persons=(person(measures=("hoist", "mate")),)))
    assert answer.jobs[0].measures == ("hoist",)
    assert answer.value == Decimal(155)
    assert best(workplace(tasks=(heavy,), measures=measures, persons=(person(measures=("mate",)),))).not_given == {
        "t1": Reason.GAP
    }


def test_relief_does_not_add_up(best: Best) -> None:
    measures = (measure("a", {"lifting": 1}), measure("b", {"lifting": 1}))
    given = workplace(
        tasks=(task("t1", demand={"lifting": 4}),), measures=measures, persons=(person(measures=("a", "b")),)
    )
    assert best(given).value == 0


def test_one_measure_serves_all_tasks_of_the_job(best: Best) -> None:
    tasks = tuple(task(name, demand={"lifting": 3}) for name in ("t1", "t2"))
    given = workplace(tasks=tasks, measures=(measure("a", {"lifting": 1}),), persons=(person(measures=("a",)),))
    assert best(given).value == Decimal(385)


def test_at_most_so_many_measures_places_and_tasks(best: Best) -> None:
    measures = (measure("a", {"lifting": 1}), measure("b", {"hearing": 1}))
    tasks = (task("t1", demand={"lifting": 3}), task("t2", demand={"hearing": 4}, hours=Decimal(3)))
    both = workplace(tasks=tasks, measures=measures, persons=(person(measures=("a", "b")),))
    assert len(given_to(best(both), "ib")) == 2
    assert given_to(best(replace(both, limits=Limits(max_measures=1))), "ib") == ["t2"]
    assert given_to(best(replace(both, limits=Limits(max_tasks=1))), "ib") == ["t2"]
    apart = replace(both, tasks=(tasks[0], replace(tasks[1], place="")))
    assert len(given_to(best(apart), "ib")) == 2
    assert given_to(best(replace(apart, limits=Limits(max_places=1))), "ib") == ["t2"]
    assert best(replace(both, limits=Limits(max_tasks=0))).value == 0


def test_the_hours_of_a_job_lie_inside_those_of_the_person_or_there_is_no_job(best: Best) -> None:
    tasks = (task("t1"), task("t2", hours=Decimal(3)))
    assert best(workplace(tasks=tasks, persons=(person(max_hours=Decimal("4.99")),))).value == Decimal(300)
    assert best(workplace(tasks=tasks, persons=(person(min_hours=Decimal("5.01")),))).value == 0
    assert best(workplace(tasks=tasks, persons=(person(min_hours=Decimal(5), max_hours=Decimal(5)),))).value == 500


def test_hours_in_hundredths_fill_the_half_days_to_the_brim(best: Best) -> None:
    tasks = (task("t1", hours=Decimal("2.45")), task("t2", hours=Decimal("0.55")))
    two = person(slots=("mon_am", "mon_pm"), max_hours_per_slot=Decimal("1.5"))
    answer = best(workplace(tasks=tasks, persons=(two,)))
    assert answer.value == Decimal(300)
    in_slot: dict[str, Decimal] = {}
    for each in answer.jobs[0].tasks:
        for slot, hours in each.slots.items():
            in_slot[slot] = in_slot.get(slot, Decimal(0)) + hours
    assert in_slot == {"mon_am": Decimal("1.5"), "mon_pm": Decimal("1.5")}


def test_the_shorter_of_the_person_s_and_the_workplace_s_half_day_counts(best: Best) -> None:
    one_slot = task("t1", slots=("mon_am",), hours=Decimal("3.2"))
    assert best(workplace(tasks=(one_slot,))).not_given == {"t1": Reason.SLOTS}
    longer = person(max_hours_per_slot=Decimal(4))
    assert best(workplace(tasks=(one_slot,), persons=(longer,))).value == Decimal(320)
    assert best(workplace(tasks=(one_slot,), persons=(longer,), slot_hours=Decimal(3))).value == 0


def test_tasks_that_fit_alone_may_not_fit_together(best: Best) -> None:
    tasks = tuple(task(name, slots=("mon_am",)) for name in ("t1", "t2"))
    assert best(workplace(tasks=tasks)).value == Decimal(200)


def test_nobody_gives_up_more_than_their_share_of_all_they_hold_core_tasks_included(best: Best) -> None:
    tasks = (task("t1"), task("t2", hours=Decimal(3)), task("t3", hours=Decimal(5), is_core=True))
    half = (staff(max_release=Decimal("0.5")),)
    assert best(workplace(tasks=tasks, staff=half)).released == {"anna": Decimal(5)}
    little = (staff(max_release=Decimal("0.499")),)
    answer = best(workplace(tasks=tasks, staff=little))
    assert answer.released == {"anna": Decimal(3)}
    assert answer.not_given == {"t1": Reason.NOT_CHOSEN, "t3": Reason.CORE}


def test_a_person_who_costs_more_than_the_holder_gets_nothing(best: Best) -> None:
    answer = best(workplace(persons=(person(wage=Decimal(241)),)))
    assert (answer.value, answer.jobs, answer.not_given) == (0, (), {"t1": Reason.NOT_CHOSEN})
    assert answer.gap_percent == 0


def test_each_task_goes_to_one_person_only(best: Best) -> None:
    answer = best(workplace(persons=(person("a"), person("b", wage=Decimal(139)))))
    assert [job.person for job in answer.jobs] == ["b"]


REASONS = {
    Reason.CORE: {"is_core": True, "requires": ("licence",)},
    Reason.SKILLS: {"requires": ("licence",), "slots": ()},
    Reason.SLOTS: {"slots": ("mon_am",), "hours": Decimal("3.01"), "demand": {"memory": 2}},
    Reason.OPEN: {"demand": {"memory": 2, "lifting": 4}},
    Reason.GAP: {"demand": {"memory": 1, "lifting": 3}, "hours": Decimal(9)},
    Reason.RELEASE: {"hours": Decimal(9)},
    Reason.NOT_CHOSEN: {"hours": Decimal(2)},
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_first_reason_that_holds_is_named(reason: Reason, best: Best) -> None:
    tasks = (task("t1", **REASONS[reason]), task("other", hours=Decimal(1), is_core=True))
    little = (staff(max_release=Decimal("0.7")),)
    nobody_works = person(max_hours=Decimal("0.5"))
    answer = best(workplace(tasks=tasks, staff=little, persons=(nobody_works,)))
    assert answer.not_given["t1"] is reason


def test_a_reason_is_sought_among_those_who_passed_the_test_before(best: Best) -> None:
    licensed = person("a", skills=("licence",), slots=("mon_am",))
    free = person("b")
    far = task("t1", requires=("licence",), slots=("tue_am",))
    assert best(workplace(tasks=(far,), persons=(licensed, free))).not_given == {"t1": Reason.SLOTS}


@pytest.mark.parametrize("empty", ["persons", "tasks"])
def test_without_persons_or_tasks_the_answer_is_nothing_and_proven(empty: str) -> None:
    answer = carve(workplace(**{empty: ()}), seconds=5)
    assert (answer.status, answer.value, answer.bound, answer.jobs) == (Status.OPTIMAL, 0, 0, ())
    assert answer.not_given == ({"t1": Reason.SKILLS} if empty == "persons" else {})


def test_a_task_longer_than_the_week_and_a_person_who_can_do_nothing_change_nothing_for_the_rest(best: Best) -> None:
    nothing = person("none", capacity={}, slots=(), max_hours=Decimal(0), max_hours_per_slot=Decimal(0))
    tasks = (task("t1"), task("ages", hours=Decimal(1000), demand={"lifting": 4}))
    answer = best(workplace(tasks=tasks, persons=(person(), nothing)))
    assert (answer.value, answer.not_given) == (Decimal(200), {"ages": Reason.SLOTS})


def test_a_task_of_no_hours_needs_no_half_day(best: Best) -> None:
    answer = best(
        workplace(tasks=(task("t1", hours=Decimal(0), slots=()),), persons=(person(wishes={"t1": 1}, slots=()),))
    )
    assert (answer.value, answer.jobs[0].tasks[0].slots, answer.released) == (Decimal(10), {}, {})


def test_wages_with_many_decimals_are_counted_exactly(best: Best) -> None:
    answer = best(workplace(staff=(staff(wage=Decimal("240.123456789")),), tasks=(task("t1", hours=Decimal("0.37")),)))
    assert answer.value == Decimal("37.04567901193")


def test_many_measures_and_places_are_described_without_listing_their_sets(
    best: Best, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobbro.engines.carving.programme.MOST_SETS", 0)
    monkeypatch.setattr("jobbro.engines.carving.programme.MOST_SLOT_SETS", 0)
    monkeypatch.setattr("jobbro.engines.carving.programme.MOST_RELEASES", 0)
    measures = tuple(measure(f"m{number}", {"lifting": 1}, number) for number in (1, 2, 3))
    tasks = tuple(task(f"t{number}", demand={"lifting": 3}, place=f"p{number}") for number in range(4))
    ask = person(measures=("m1", "m2", "m3"), max_hours=Decimal("5.9"))
    given = workplace(tasks=tasks, measures=measures, persons=(ask, replace(ask, id="bo")), staff=(staff(),))
    answer = best(replace(given, limits=Limits(max_tasks=3, max_places=2, max_measures=1)))
    assert answer.value == Decimal(770)


def test_progress_is_told_and_only_gets_better() -> None:
    told: list[Progress] = []
    answer = carve(workplace(), seconds=5, progress=told.append)
    assert told[-1].value == answer.value == told[-1].bound
    assert [each.value for each in told] == sorted(each.value for each in told)
    assert [each.bound for each in told] == sorted((each.bound for each in told), reverse=True)


def test_a_search_that_is_stopped_answers_with_what_it_has() -> None:
    given = workplace(tasks=tuple(task(f"t{number}", hours=Decimal(3)) for number in range(6)))
    answer = carve(given, seconds=60, is_cancelled=lambda: True)
    assert verify(given, answer) == ()
    assert answer.value <= Decimal(900) <= answer.bound


def test_a_plan_to_start_from_is_kept_as_far_as_it_holds() -> None:
    given = workplace(tasks=(task("t1"), task("core", is_core=True)), persons=(person("a"), person("b")))
    kept = carve(given, seconds=0, start=Choice(tasks={"b": ("t1",), "a": ("core",), "gone": ("t1",)}))
    assert kept.value == Decimal(200)
    assert [job.person for job in kept.jobs] == ["b"]


def test_somebody_who_holds_hundreds_of_tasks_is_no_burden() -> None:
    tasks = tuple(task(f"t{number:04}", hours=Decimal(1) + Decimal(number % 7) / 4) for number in range(1200))
    given = workplace(tasks=tasks, staff=(staff(max_release=Decimal("0.001")),))
    answer = carve(given, seconds=2)
    assert verify(given, answer) == ()
