"""The workplace walk in a real browser: on a phone, by keyboard, with and without scripts, two people at once."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.jobs.enums import DemandSource
from tests.factories import employers, jobs, organisations
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house() -> SimpleNamespace:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    return SimpleNamespace(
        jonas=jonas, place=employers.workplace(company=company), bente=employers.employer_user(company=company)
    )


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name, exact=True).first.press("Enter")


@pytest.mark.parametrize(("width", "scripts"), [(375, True), (375, False), (1280, True)])
def test_tasks_are_typed_one_after_the_other_and_looked_at(
    chromium: Browser, live_server, house, width: int, scripts: bool
) -> None:
    screen = screen_of(
        chromium, base_url=live_server.url, user=house.jonas, width=width, scripts=scripts, language="en"
    )
    page = screen.page

    def check() -> None:
        if scripts:
            screen.check()

    page.goto(reverse("tasks", args=[house.place.pk]))
    check()
    press(page, "Add a task", role="link")
    check()
    press(page, "Save and next task")
    if scripts:
        expect(page.locator("#error-summary")).to_be_focused()
    check()
    page.get_by_label("What is done?").fill("trays")
    if not scripts:
        press(page, "Look in the task library")
    press(page, "Line trays with paper")
    expect(page.get_by_label("What is done?")).to_have_value("Line trays with paper")
    check()
    page.get_by_label("Who does it today? A new post").fill("Baker")
    press(page, "Save and next task")
    expect(page.get_by_text("Saved: Line trays with paper.")).to_be_visible()
    expect(page.get_by_label("Where?")).to_have_value("Bakehouse")
    expect(page.get_by_label("Who does it today?", exact=True)).to_have_value(jobs_holder(page))
    page.get_by_label("What is done?").fill("Sweep the yard")
    page.get_by_label("How many hours a week?").fill("1,5")
    page.get_by_label("Mornings Monday to Friday").press("Space")
    # Enter in a field saves, it never looks in the library.
    page.get_by_label("How many hours a week?").press("Enter")
    expect(page.get_by_text("Saved: Sweep the yard.")).to_be_visible()
    press(page, "Back to the list", role="link")
    expect(page.get_by_text("2 tasks,").first).to_be_visible()
    check()
    levels_of(page, "Line trays with paper")
    check()
    press(page, "Confirm as they stand")
    expect(page.get_by_text("Confirmed: Line trays with paper.")).to_be_visible()
    levels_of(page, "Sweep the yard")
    check()
    page.get_by_text("The body: 7 areas in which it asks nothing").press("Enter")
    page.get_by_role("group", name="Standing").get_by_role("radio").nth(3).press("Space")
    press(page, "Save and confirm")
    expect(page.get_by_text("Confirmed: Sweep the yard.")).to_be_visible()


def levels_of(page: Page, task: str) -> None:
    """Wide the link has a column of its own, narrow it stands below the name: one of the two is there."""
    page.locator("a[href$='/demand/']").filter(has_text=task).filter(visible=True).press("Enter")


def jobs_holder(page: Page) -> str:
    """The id of the only post that can be chosen."""
    return str(page.locator("#id_holder option").nth(1).get_attribute("value"))


def test_every_page_is_sound_wide_and_narrow_for_both_sides(chromium: Browser, live_server, house) -> None:
    place = house.place
    baker = jobs.holder(workplace=place, hourly="210.50")
    gone = jobs.holder(workplace=place, name="Ekspedient", left_on="2026-09-01")
    one = jobs.task(
        workplace=place, holder=baker, demand={"standing": 3, "lifting": 2}, demand_source=DemandSource.LIBRARY
    )
    given = jobs.confirmed_task(workplace=place, holder=gone, name="Feje")
    jobs.carved_job(workplace=place, tasks=(given,))
    addresses = [reverse(name, args=[place.pk]) for name in ("tasks", "task_library", "tasks_import", "holders")]
    addresses += [reverse(name, args=[one.pk]) for name in ("task", "task_demand", "task_remove")]
    addresses += [
        reverse("holder_change", args=[baker.pk]),
        reverse("task_library", args=[place.pk]) + "?set=bakery_shop",
        reverse("occupations_search") + "?q=bager",
    ]
    for user in (house.jonas, house.bente):
        for width in (375, 1280):
            screen = screen_of(chromium, base_url=live_server.url, user=user, width=width, language="da")
            for address in addresses:
                screen.page.goto(address)
                screen.check()
