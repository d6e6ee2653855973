"""The tasks of the demo can stand on a list, and its work wishes say what the dialogues say."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache

from jobbro.apps.jobs.enums import DemandSource
from jobbro.apps.jobs.models import Holder, HolderWage, Task, WorkWish
from jobbro.apps.jobs.task_checking import checked_hours, checked_slots
from jobbro.apps.screening.models import Answer
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.tasks import WALKS
from jobbro.cli.demo.writing import Rows
from jobbro.kernel.vocabulary import check_demand


@cache
def rows() -> Rows:
    return core_rows(size=60, password="!", today=date(2026, 11, 20))


def test_four_workplaces_have_been_walked_through() -> None:
    found = Counter((task.company.name, task.workplace.name) for task in rows().of(Task))
    assert found == {(company, place): count for company, place, _set, count, _looked, _ago in WALKS}
    assert found["Bageriet Kornblomst", "Bageriet på Torvet"] == 25


def test_every_task_could_have_been_typed() -> None:
    for task in rows().of(Task):
        assert checked_slots(tuple(task.slots), workplace=task.workplace) == task.slots
        assert checked_hours(task.hours, slots=task.slots, workplace=task.workplace) == task.hours
        assert check_demand(task.demand) == task.demand
        assert task.demand_source in (DemandSource.CONFIRMED, DemandSource.LIBRARY)


def test_no_post_has_more_than_a_week_and_every_post_has_a_wage() -> None:
    hours: Counter[object] = Counter()
    for task in rows().of(Task):
        hours[task.holder.pk] += task.hours
    assert all(total <= Decimal(37) for total in hours.values())
    assert {wage.holder_id for wage in rows().of(HolderWage)} == {post.pk for post in rows().of(Holder)} == set(hours)


def test_wishes_can_be_and_say_what_was_said() -> None:
    told = {}
    for answer in rows().of(Answer):
        if answer.topic == "hours" and answer.numbers:
            told[answer.citizen_id] = [Decimal(str(number)) for number in answer.numbers if number is not None]
    wishes = rows().of(WorkWish)
    assert len(wishes) > 10
    for wish in wishes:
        assert 0 <= wish.hours_min <= wish.hours_max <= 60
        assert wish.hours_min <= len(wish.slots) * wish.max_hours_per_slot
        assert wish.max_hours_per_slot <= 12
        if told.get(wish.citizen_id):
            assert wish.hours_max == max(told[wish.citizen_id])
