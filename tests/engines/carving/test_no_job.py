"""Why somebody got no job: one reason a person, the one that says most."""

from decimal import Decimal
from typing import Any

import pytest

from jobbro.engines.carving.model import Limits
from jobbro.engines.carving.no_job import NoJob, why_no_job
from tests.engines.carving.small import WEEK, measure, person, staff, task, workplace


@pytest.mark.parametrize(
    ("tasks", "told", "reason"),
    [
        ((task("t1", is_core=True),), {}, NoJob.CORE),
        ((task("t1", requires=("licence",)),), {}, NoJob.SKILLS),
        ((task("t1", slots=("tue_pm",)),), {"slots": ("mon_am",)}, NoJob.SLOTS),
        ((task("t1"),), {"slots": ("mon_am",), "min_hours": Decimal("3.5")}, NoJob.SLOTS),
        ((task("t1", demand={"memory": 2}),), {}, NoJob.OPEN),
        ((task("t1", demand={"lifting": 4}),), {}, NoJob.GAP),
        ((task("t1"),), {"min_hours": Decimal("2.01")}, NoJob.FEW_HOURS),
        ((task("t1"),), {"min_hours": Decimal(2)}, NoJob.NOT_CHOSEN),
        ((), {}, NoJob.CORE),
    ],
)
def test_each_reason(tasks: tuple[Any, ...], told: dict[str, Any], reason: NoJob) -> None:
    someone = person(**told)
    assert why_no_job(workplace(tasks=tasks, persons=(someone,)), someone) == reason


def test_a_task_longer_than_the_post_may_give_is_no_task_that_could_fit() -> None:
    given = workplace(staff=(staff(max_release=Decimal("0.4")),), tasks=(task("t1"),))
    assert why_no_job(given, given.persons[0]) == NoJob.RELEASE


def test_the_reason_of_most_tasks_is_told_and_core_does_not_count() -> None:
    heavy = tuple(task(f"h{number}", demand={"lifting": 4}) for number in range(2))
    core = tuple(task(f"c{number}", is_core=True) for number in range(3))
    given = workplace(tasks=(task("t1", demand={"memory": 2}), *heavy, *core))
    assert why_no_job(given, given.persons[0]) == NoJob.GAP


def test_of_two_as_frequent_the_one_that_a_talk_could_change_is_told() -> None:
    given = workplace(tasks=(task("t1", demand={"lifting": 4}), task("t2", demand={"memory": 2})))
    assert why_no_job(given, given.persons[0]) == NoJob.OPEN


def test_support_that_closes_the_gap_makes_the_task_one_that_could_fit() -> None:
    someone = person(measures=("hoist",))
    given = workplace(
        tasks=(task("t1", demand={"lifting": 4}),), persons=(someone,), measures=(measure("hoist", {"lifting": 2}),)
    )
    assert why_no_job(given, someone) == NoJob.NOT_CHOSEN


def test_only_as_many_tasks_count_as_a_job_may_have() -> None:
    someone = person(min_hours=Decimal(4))
    tasks = tuple(task(f"t{number}", slots=WEEK, hours=Decimal(1)) for number in range(6))
    given = workplace(tasks=tasks, persons=(someone,), limits=Limits(max_tasks=3))
    assert why_no_job(given, someone) == NoJob.FEW_HOURS
