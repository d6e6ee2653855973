"""Open jobs in a real browser: written, confirmed and opened by keyboard, and found by everybody without scripts."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.jobs.enums import OpeningState
from jobbro.apps.jobs.models import Opening
from jobbro.engines.occupations.occupations import occupations
from tests.factories import employers, organisations
from tests.factories.accounts import acting
from tests.factories.openings import opening
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BAKER = next(one for one in occupations() if one.has_profile)


@pytest.fixture
def house() -> SimpleNamespace:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    place = employers.workplace(company=company, x=724.0, y=6175.0, postcode="2300", city="København S")
    return SimpleNamespace(jonas=jonas, place=place, bente=employers.employer_user(company=company))


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name, exact=True).first.press("Enter")


@pytest.mark.parametrize(("width", "scripts", "who"), [(375, True, "bente"), (1280, False, "jonas")])
def test_a_job_is_written_looked_at_and_opened(
    chromium: Browser, live_server, house, width: int, scripts: bool, who: str
) -> None:
    screen = screen_of(
        chromium, base_url=live_server.url, user=getattr(house, who), width=width, scripts=scripts, language="en"
    )
    page = screen.page

    def check() -> None:
        if scripts:
            screen.check()

    page.goto(reverse("opening_add", args=[house.place.pk]))
    check()
    press(page, "Save as a draft")
    if scripts:
        expect(page.locator("#error-summary")).to_be_focused()
    check()
    page.get_by_label("What is the job called?").fill("Help in the bakery")
    page.get_by_label("Find the occupation").fill(BAKER.title)
    if not scripts:
        press(page, "Look for it")
    page.get_by_role("radio", name=BAKER.title, exact=True).press("Space")
    page.get_by_label("At least how many hours a week?").fill("10")
    page.get_by_label("At most how many hours a week?").fill("12,5")
    page.get_by_label("Mornings Monday to Friday").press("Space")
    # Enter in a field saves, it never looks for an occupation.
    page.get_by_label("At most how many hours a week?").press("Enter")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    check()
    press(page, "Confirm as they stand")
    expect(page.get_by_text("It stands in your name.")).to_be_visible()
    check()
    press(page, "Open the job", role="link")
    check()
    press(page, "Open the job")
    expect(page.get_by_text("The job is open.")).to_be_visible()
    check()
    with acting(house.jonas):
        row = Opening.objects.get()
    assert (row.state, row.title) == (OpeningState.OPEN, "Help in the bakery")


@pytest.mark.parametrize(("width", "scripts"), [(375, True), (320, False)])
def test_everybody_finds_a_public_job(chromium: Browser, live_server, house, width: int, scripts: bool) -> None:
    opening(workplace=house.place, is_public=True, title="Pakke brød", description="Du pakker brød.")
    opening(workplace=house.place, title="Kun for kommunen")
    screen = screen_of(chromium, base_url=live_server.url, user=None, width=width, scripts=scripts, language="en")
    page = screen.page
    page.goto(reverse("public_jobs"))
    if scripts:
        screen.check()
    page.get_by_label("What would you like to do?").fill("brød")
    page.get_by_label("What would you like to do?").press("Enter")
    expect(page.get_by_text("Kun for kommunen")).to_have_count(0)
    press(page, "Pakke brød", role="link")
    expect(page.get_by_role("heading", name="Pakke brød")).to_be_visible()
    if scripts:
        screen.check()
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"].startswith("session")] == []
