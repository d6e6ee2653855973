"""Two people at one list at the same moment: both keep what they wrote, and nothing comes twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.jobs.models import Holder, Task
from jobbro.apps.jobs.refusals import Changed, NotNow
from jobbro.apps.jobs.selectors.tasks import tasks_of
from jobbro.apps.jobs.services.tasks import TaskDraft, add_task, change_task, remove_task
from jobbro.apps.jobs.services.tasks_import import import_tasks
from jobbro.apps.jobs.sheets import SheetRow
from jobbro.apps.jobs.stamps import seen_task
from tests.factories import employers, jobs, organisations
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db(transaction=True)
AT, TODAY = timezone.now(), timezone.localdate()
MORNINGS = tuple(jobs.MORNINGS)


@pytest.fixture
def house() -> SimpleNamespace:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    return SimpleNamespace(
        jonas=jonas, bente=employers.employer_user(company=company), place=employers.workplace(company=company)
    )


def at_once(house, *acts: Callable) -> list[str]:
    gate = Barrier(len(acts))

    def run(user, act: Callable) -> str:
        try:
            gate.wait(timeout=10)
            with acting(user) as actor:
                act(actor)
        except (Changed, NotNow):
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, [house.jonas, house.bente], acts))


def test_both_add_and_the_post_that_both_write_is_one(house) -> None:
    def add(name: str) -> Callable:
        draft = TaskDraft(name=name, hours=Decimal(2), slots=MORNINGS, new_holder="Bager")
        return lambda actor: add_task(actor=actor, workplace_id=house.place.pk, draft=draft, at=AT, on=TODAY)

    assert at_once(house, add("Feje"), add("Vaske")) == ["done", "done"]
    with acting(house.jonas) as actor:
        assert Holder.objects.count() == 1
        page = tasks_of(actor=actor, workplace_id=house.place.pk, on=TODAY)
    assert sorted(task.name for task in page.tasks) == ["Feje", "Vaske"]


def test_the_same_file_from_both_adds_each_row_once(house) -> None:
    rows = tuple(
        SheetRow(number=number, cells={"name": f"Opgave {number}", "hours": "1", "holder": "Bager"})
        for number in range(2, 32)
    )

    def read(actor) -> None:
        import_tasks(actor=actor, workplace_id=house.place.pk, rows=rows, makes_posts=True, at=AT, on=TODAY)

    assert at_once(house, read, read) == ["done", "done"]
    with acting(house.jonas):
        assert (Task.objects.count(), Holder.objects.count()) == (30, 1)


def test_of_two_changes_of_one_task_the_second_is_told(house) -> None:
    row = jobs.task(workplace=house.place)
    with acting(house.jonas):
        seen = seen_task(Task.objects.get())

    def change(hours: int) -> Callable:
        draft = TaskDraft(name="Feje", hours=Decimal(hours), slots=MORNINGS)
        return lambda actor: change_task(actor=actor, task_id=row.pk, draft=draft, seen=seen, at=AT, on=TODAY)

    assert at_once(house, change(3), change(4)) == ["done", "told"]


def test_a_task_that_both_remove_is_removed_once(house) -> None:
    row = jobs.task(workplace=house.place)

    def remove(actor) -> None:
        remove_task(actor=actor, task_id=row.pk, at=AT, on=TODAY)

    assert at_once(house, remove, remove) == ["done", "told"]
