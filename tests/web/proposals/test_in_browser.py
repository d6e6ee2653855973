"""Jobs of a person in a real browser: wide and narrow, by keyboard, with and without scripts, and clean for axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.jobs.enums import OpeningDemand
from jobbro.apps.matching.models import Proposal
from tests.factories.accounts import acting
from tests.factories.desk import Desk, with_files
from tests.factories.matching import proposal
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.job("Langt væk", x=700.0, y=6270.0, hours_min=30, hours_max=37)
    made.job(
        "Gættet", demand={"sitting": 1}, demand_source=OpeningDemand.OCCUPATION, slots=["mon_am"], occupation="9112.1"
    )
    with_files(made, made.anna, made.ready("Bo"))
    return made


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.click()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_a_citizen_picks_a_job_by_keyboard_and_says_no_again(
    chromium: Browser, live_server, desk: Desk, width: int, scripts: bool
) -> None:
    screen = screen_of(
        chromium, base_url=live_server.url, user=desk.anna.user, width=width, scripts=scripts, language="en"
    )
    page = screen.page

    def check() -> None:
        if scripts:
            screen.check()

    page.goto(reverse("jobs_for", args=[desk.anna.pk]))
    check()
    press(page, "Køre varer frem", role="link")
    expect(page.get_by_role("heading", name="Fits with support")).to_be_visible()
    check()
    page.get_by_role("button", name="Yes, I would like to try it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Write a sentence about why.")
    check()
    page.get_by_label("Why would you like to try this job?").fill("Jeg kan lide at gå.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("What happens now?")
    expect(page.get_by_role("main")).to_contain_text("Jeg kan lide at gå.")
    check()
    press(page, "Say no to this job", role="link")
    check()
    page.get_by_label("Why not?").fill("Jeg vil hellere noget andet.")
    press(page, "No, not this job")
    expect(page.get_by_role("main")).to_contain_text("Not now")
    check()
    with acting(desk.broker):
        assert Proposal.objects.get().state == "declined"


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_clean_for_axe(chromium: Browser, live_server, desk: Desk, width: int) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    screen = screen_of(chromium, base_url=live_server.url, user=desk.broker, width=width)
    for name, *values in (
        ("jobs_for", desk.anna.pk),
        ("jobs_hidden", desk.anna.pk, "distance"),
        ("job_for", desk.anna.pk, desk.supported.pk),
        ("job_for", desk.anna.pk, desk.ask.pk),
        ("proposal", row.pk),
        ("proposal_move", row.pk),
        ("people_for", desk.supported.pk),
        ("how_matching_works",),
    ):
        screen.page.goto(reverse(name, args=values))
        screen.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        screen.check()


@pytest.mark.parametrize("width", [1280, 375])
def test_how_it_works_is_clean_without_a_login(chromium: Browser, live_server, width: int) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=None, width=width)
    screen.page.goto(reverse("how_matching_works"))
    screen.check()
