"""A job made by hand: which tasks are offered, what is refused, for whom it can be, and what the page asks."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedFor, CarvedJob
from tests.factories import citizens, employers, jobs
from tests.factories.accounts import acting, log_in
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


@pytest.fixture
def desk(bakery: Bakery) -> Client:
    return log_in(Client(), bakery.broker)


def address(bakery: Bakery) -> str:
    return reverse("carved_job_make", args=[bakery.workplace.pk])


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def written(bakery: Bakery, **changes: object) -> dict[str, object]:
    """What the form holds: two tasks of the bakery, no support, nobody in particular."""
    tasks = [str(task.pk) for task in bakery.tasks[:2]]
    return {"title": "Pakke og vaske", "description": "", "wage": "140,50", "tasks": tasks, "citizen": "", **changes}


def made(bakery: Bakery) -> CarvedJob | None:
    with acting(bakery.broker):
        return CarvedJob.objects.first()


def test_the_way_goes_from_the_list_of_jobs_to_a_draft(bakery: Bakery, desk: Client) -> None:
    listed = reverse("carved_jobs", args=[bakery.workplace.pk])
    assert address(bakery) in main_of(desk.get(listed))
    code = re.search(r'name="measures" value="([^"]+)"', main_of(desk.get(address(bakery))))[1]
    sent = desk.post(address(bakery), written(bakery, measures=[code]))
    job = made(bakery)
    assert job and job.state == CarvedState.DRAFT and str(job.hours) == "5.50" and str(job.wage) == "140.50"
    assert sent["Location"] == reverse("carved_job", args=[job.pk])
    main = main_of(desk.get(sent["Location"]))
    assert "Pakke brød" in main and "Vaske plader" in main
    assert address(bakery) in main_of(desk.get(listed))
    with acting(bakery.broker):
        assert list(job.supports.values_list("measure", flat=True)) == [code]
        assert job.tasks.filter(is_live=True).count() == 2


def test_only_tasks_that_are_ready_and_free_are_offered(bakery: Bakery, desk: Client) -> None:
    bare = jobs.task(workplace=bakery.workplace, name="Tømme skrald", holder=bakery.baker)
    jobs.carved_job(workplace=bakery.workplace, tasks=(bakery.tasks[4],))
    main = main_of(desk.get(address(bakery)))
    for offered in bakery.tasks[:3]:
        assert str(offered.pk) in main
    for kept in (*bakery.tasks[3:], bare):
        assert str(kept.pk) not in main
    assert "280" not in main
    assert desk.post(address(bakery), written(bakery, tasks=[str(bakery.tasks[4].pk)])).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"wage": "mange"},
        {"wage": "0"},
        {"tasks": []},
        {"title": "Til 010203-4567"},
        {"measures": ["nothing_of_ours"]},
        {"citizen": "01890000-0000-7000-8000-000000000000"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stands(
    bakery: Bakery, desk: Client, wrong: dict[str, object]
) -> None:
    answer = desk.post(address(bakery), written(bakery, **{"description": "Vi synger.", **wrong}))
    assert answer.status_code == 422 and "Vi synger." in main_of(answer)
    assert "error-summary" in main_of(answer)
    assert made(bakery) is None


def test_it_can_be_for_somebody_who_has_said_what_they_manage(bakery: Bakery, desk: Client) -> None:
    other = citizens.citizen(team=bakery.team, lead=bakery.broker, given_name="Bo")
    main = main_of(desk.get(address(bakery)))
    assert bakery.anna.name in main and str(other.pk) not in main
    assert desk.post(address(bakery), written(bakery, citizen=str(other.pk))).status_code == 422
    sent = desk.post(address(bakery), written(bakery, citizen=str(bakery.anna.pk)))
    assert bakery.anna.name in main_of(desk.get(sent["Location"]))
    with acting(bakery.broker):
        assert CarvedFor.objects.get().citizen_id == bakery.anna.pk
    events = rows_of("select verb from audit_event where citizen_id = $1::uuid", value=bakery.anna.pk)
    assert "carved_job_made" in [event.verb for event in events]


def test_tasks_that_somebody_took_meanwhile_are_named(bakery: Bakery, desk: Client) -> None:
    form = written(bakery)
    desk.get(address(bakery))
    jobs.carved_job(workplace=bakery.workplace, tasks=(bakery.tasks[0],))
    assert desk.post(address(bakery), form).status_code == 422


def test_a_form_that_arrives_twice_makes_one_job(bakery: Bakery, desk: Client) -> None:
    token = re.search(r'name="form_token" value="([^"]+)"', main_of(desk.get(address(bakery))))[1]
    first, second = (desk.post(address(bakery), written(bakery, form_token=token)) for _ in range(2))
    assert first["Location"] == second["Location"]
    with acting(bakery.broker):
        assert CarvedJob.objects.count() == 1


def test_a_closed_place_and_one_without_tasks_say_so(bakery: Bakery, desk: Client) -> None:
    empty = employers.workplace(company=bakery.company, name="Lageret")
    main = main_of(desk.get(reverse("carved_job_make", args=[empty.pk])))
    assert reverse("tasks", args=[empty.pk]) in main and "<form" not in main
    run("update employers_workplace set closed_on = '2026-01-01' where id = $1::uuid", value=bakery.workplace.pk)
    assert "<form" not in main_of(desk.get(address(bakery)))
    assert desk.post(address(bakery), written(bakery)).status_code == 422
    assert made(bakery) is None


def test_strangers_citizens_and_employers_do_not_get_in(bakery: Bakery) -> None:
    far = log_in(Client(), employers.job_broker(name="Fra en anden kommune"))
    assert far.get(address(bakery)).status_code == 404
    assert far.post(address(bakery), written(bakery)).status_code == 404
    for user in (bakery.anna.user, employers.employer_user(company=bakery.company)):
        assert log_in(Client(), user).get(address(bakery)).status_code == 403
    assert made(bakery) is None


def test_the_page_asks_as_often_whatever_the_number_of_tasks(bakery: Bakery, desk: Client) -> None:
    desk.get(address(bakery))
    with CaptureQueriesContext(connection) as few:
        desk.get(address(bakery))
    for number in range(12):
        bakery.task(f"Opgave {number}", bakery.baker, hours="1")
    with CaptureQueriesContext(connection) as many:
        desk.get(address(bakery))
    assert len(many) == len(few) == 15
