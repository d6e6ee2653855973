"""The pages of the task inventory, as brokers and the company's own people see them."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.jobs.enums import DemandSource
from jobbro.apps.jobs.models import Holder, Task
from tests.factories import employers, jobs, organisations
from tests.factories.accounts import acting, log_in

pytestmark = pytest.mark.django_db

FORM = {"name": "Feje gulvet i butikken", "hours": "2,5", "shortcuts": ["weekday_mornings"], "place": "Butikken"}


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def broker(team):
    return employers.job_broker(team=team)


@pytest.fixture
def workplace(team, broker):
    return employers.workplace(company=employers.company(team=team, broker=broker), slot_hours=Decimal("4.00"))


@pytest.fixture
def client(client: Client, broker) -> Client:
    return log_in(client, broker)


def text(response) -> str:
    return response.content.decode()


def test_an_empty_list_says_how_to_begin(client: Client, workplace) -> None:
    response = client.get(reverse("tasks", args=[workplace.pk]))
    assert response.status_code == 200
    assert reverse("task_add", args=[workplace.pk]) in text(response)


def test_a_task_is_saved_and_the_next_begins_where_it_left(client: Client, workplace, broker) -> None:
    address = reverse("task_add", args=[workplace.pk])
    response = client.post(address, {**FORM, "new_holder": "Ekspedient", "next": "1"})
    assert response.status_code == 302
    with acting(broker):
        row, post = Task.objects.get(), Holder.objects.get()
    assert (row.name, row.hours, row.place, row.holder_id) == (FORM["name"], Decimal("2.50"), "Butikken", post.pk)
    assert row.slots == jobs.MORNINGS
    assert response["Location"].startswith(address)
    again = client.get(response["Location"])
    assert 'value="Butikken"' in text(again)
    assert f'value="{post.pk}" selected' in text(again)


def test_all_pages_open(client: Client, workplace) -> None:
    one = jobs.task(workplace=workplace, holder=jobs.holder(workplace=workplace))
    for name, of in (
        ("tasks", workplace.pk),
        ("task_add", workplace.pk),
        ("task", one.pk),
        ("task_demand", one.pk),
        ("task_remove", one.pk),
        ("holders", workplace.pk),
        ("holder_add", workplace.pk),
        ("holder_change", one.holder_id),
        ("task_library", workplace.pk),
    ):
        assert client.get(reverse(name, args=[of])).status_code == 200, name


def test_demands_are_confirmed_as_they_stand(client: Client, workplace, broker) -> None:
    one = jobs.task(workplace=workplace, demand={"standing": 3}, demand_source=DemandSource.LIBRARY)
    address = reverse("task_demand", args=[one.pk])
    page = text(client.get(address))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert client.post(address, {"act": "as_is", "seen": seen}).status_code == 302
    with acting(broker):
        row = Task.objects.get()
    assert row.demand_source == DemandSource.CONFIRMED
    assert row.confirmed_by_id == broker.pk
