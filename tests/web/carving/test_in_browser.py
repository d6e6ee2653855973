"""The whole workshop in a real browser with the real worker: wide and narrow, by keyboard, with and without scripts."""

import re
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from jobbro.apps.jobs.enums import DemandSource
from jobbro.apps.jobs.models import CarvedJob, Carving
from jobbro.apps.jobs.services.carving_runs import run_search
from tests.factories import citizens
from tests.factories.accounts import acting
from tests.factories.bakery import Bakery
from tests.factories.rows import run
from tests.factories.screening import agreed_dialogue
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.click()


def moved(page: Page, verb: str, task: str) -> Locator:
    """The button that puts a task in or takes it out."""
    return page.get_by_role("button", name=re.compile(f"{verb}\\s*: {task}"))


def worker(bakery: Bakery) -> Thread:
    """What the worker does with the newest order, beside the browser."""
    with acting(bakery.broker):
        search = Carving.objects.order_by("-started_at").values_list("pk", flat=True)[0]

    def work() -> None:
        try:
            run_search(carving_id=search, user_id=bakery.broker.pk)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_from_the_tasks_to_the_agreed_job(
    chromium: Browser, live_server, bakery: Bakery, width: int, scripts: bool
) -> None:
    settings = {"base_url": live_server.url, "width": width, "scripts": scripts, "language": "en"}
    desk = screen_of(chromium, user=bakery.broker, **settings)
    page = desk.page

    def check() -> None:
        if scripts:
            desk.check()

    page.goto(reverse("carving_start", args=[bakery.workplace.pk]))
    check()
    page.get_by_role("main").get_by_label(bakery.anna.name, exact=True).check()
    page.get_by_label("What does an hour of the new job cost?").fill("one hundred")
    page.get_by_label("5 seconds").check()
    press(page, "Begin the search")
    expect(page.get_by_role("main")).to_contain_text("Write what an hour of the new job costs")
    check()
    page.get_by_label("What does an hour of the new job cost?").fill("140,00")
    press(page, "Begin the search")
    expect(page.get_by_role("main")).to_contain_text("waits for its turn")
    check()
    if not scripts:
        press(page, "Let the page load by itself", role="link")
    thread = worker(bakery)
    expect(page.get_by_role("heading", name="The best suggestion")).to_be_visible()
    thread.join()
    expect(page.get_by_role("main")).to_contain_text("No suggestion can be better")
    check()
    press(page, "Take this job")
    expect(page.get_by_role("main")).to_contain_text("Everything holds together")
    check()
    press(page, "Change the job", role="link")
    moved(page, "Put in the job", "Ekspedere").focus()
    page.keyboard.press("Enter")
    expect(moved(page, "Take out", "Ekspedere")).to_be_visible()
    expect(page.locator("#breaks")).to_contain_text("Ekspedere")
    if scripts:
        expect(moved(page, "Take out", "Ekspedere")).to_be_focused()
    moved(page, "Take out", "Ekspedere").click()
    expect(moved(page, "Put in the job", "Ekspedere")).to_be_visible()
    check()
    page.get_by_label("What is the job called?").fill("Hjælp i bageriet")
    press(page, "Save the job")
    expect(page.get_by_role("heading", name="Hjælp i bageriet")).to_be_visible()
    press(page, "Propose it to the employer", role="link")
    check()
    press(page, "Propose it to the employer")
    press(page, "The employer has said yes", role="link")
    check()
    page.get_by_label("Who said yes?").fill("Bente Bager")
    press(page, "The employer has said yes")
    expect(page.get_by_role("main")).to_contain_text("with Bente Bager")
    check()
    page.goto(reverse("carved_jobs", args=[bakery.workplace.pk]))
    expect(page.get_by_role("main")).to_contain_text("Hjælp i bageriet")
    check()
    with acting(bakery.broker):
        job = CarvedJob.objects.get()
    home = screen_of(chromium, user=bakery.anna.user, **settings)
    home.page.goto(reverse("carved_job", args=[job.pk]))
    expect(home.page.get_by_role("main")).to_contain_text("The workplace has said yes")
    if scripts:
        home.check()


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_clean_for_axe(chromium: Browser, live_server, bakery: Bakery, width: int) -> None:
    for _ in range(5):
        other = citizens.citizen(team=bakery.team, lead=bakery.broker)
        agreed_dialogue(citizen=other, by=bakery.broker, level=3)
    bare = bakery.task("Tømme skrald", bakery.shop, hours="1", demand_source=DemandSource.NONE, demand={})
    profile = bakery.search(citizen_ids=(), is_for_profile=True)
    job = bakery.take(bakery.search())
    screen = screen_of(chromium, base_url=live_server.url, user=bakery.broker, width=width)
    page = screen.page
    for name, *values in (
        ("carving_start", bakery.workplace.pk),
        ("carving", profile.pk),
        ("carved_job", job.pk),
        ("carved_job_change", job.pk),
        ("carved_job_propose", job.pk),
        ("carved_job_state", job.pk, "withdraw"),
    ):
        page.goto(reverse(name, args=values))
        if name == "carving_start":
            expect(page.get_by_role("link", name=bare.name)).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        screen.check()
    run("update jobs_carving set state = 'running', progress_at = now() - interval '1 hour', ended_at = null")
    page.goto(reverse("carving", args=[profile.pk]))
    screen.check()
