"""The pages of the workshop: from the order of a search to the job agreed with the employer."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedJob, Carving
from jobbro.apps.jobs.services.carving_runs import run_search
from tests.factories.accounts import acting, log_in
from tests.factories.bakery import Bakery

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


@pytest.fixture
def desk(bakery: Bakery) -> Client:
    return log_in(Client(), bakery.broker)


def order(bakery: Bakery, **changes: object) -> dict[str, object]:
    """What the form holds when nothing but the person and the wage was touched."""
    return {
        "whom": "citizens",
        "citizens": [str(bakery.anna.pk)],
        "wage": "140",
        "seconds": "5",
        "max_tasks": "8",
        "max_places": "2",
        "max_measures": "3",
        "measures": ["mentor_support"],
        **changes,
    }


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def test_from_the_order_to_the_agreed_job(bakery: Bakery, desk: Client) -> None:
    start = reverse("carving_start", args=[bakery.workplace.pk])
    assert bakery.anna.name in main_of(desk.get(start))
    begun = desk.post(start, {**order(bakery), "measures": []})
    assert begun.status_code == 302
    with acting(bakery.broker):
        search = Carving.objects.get()
    waiting = desk.get(begun["Location"])
    assert "http-equiv" in waiting.content.decode() and bakery.anna.name not in main_of(waiting)
    run_search(carving_id=search.pk, user_id=bakery.broker.pk)
    found = desk.get(begun["Location"])
    assert bakery.anna.name in main_of(found) and "Pakke brød" in main_of(found)
    taken = desk.post(reverse("carving_take", args=[search.pk]), {"suggestion": "0"})
    with acting(bakery.broker):
        job = CarvedJob.objects.get()
    assert taken["Location"] == reverse("carved_job", args=[job.pk])
    assert "Pakke brød" in main_of(desk.get(taken["Location"]))
    propose = reverse("carved_job_propose", args=[job.pk])
    page = desk.get(propose)
    assert bakery.anna.name not in main_of(page)
    assert desk.post(propose, {"seen": seen_on(page), "act": "send"}).status_code == 302
    agree = reverse("carved_job_state", args=[job.pk, "agree"])
    page = desk.get(agree)
    assert desk.post(agree, {"seen": seen_on(page), "agreed_with": "", "on": "2026-11-20"}).status_code == 422
    page = desk.get(agree)
    sent = desk.post(agree, {"seen": seen_on(page), "agreed_with": "Bente Bager", "on": "2026-11-20"})
    assert sent.status_code == 302
    with acting(bakery.broker):
        assert CarvedJob.objects.get().state == CarvedState.AGREED
    assert "Bente Bager" in main_of(desk.get(reverse("carved_job", args=[job.pk])))
