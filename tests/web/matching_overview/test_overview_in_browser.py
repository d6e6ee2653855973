"""The overview of matching in a real browser: wide and narrow, without JavaScript, by keyboard, and clean for axe."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.matching import market
from tests.browser import ALBUM, faults_of
from tests.factories import accounts
from tests.factories.nights import Town, a_night

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")


@pytest.fixture
def town(settings, tmp_path) -> Town:
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    town = Town(people=2, jobs=3)
    for name in ("Viggo", "Ida", "Åse"):
        town.person(given_name=name, hours_min=40, hours_max=45)
    town.person(given_name="Bo", slots=["sat_am"])
    town.job(hours_min=46, hours_max=50, title="Køkkenhjælp")
    town.job(slots=["sun_pm"], title="Søndagsvagt")
    a_night()
    return town


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": LANGUAGE}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """A picture of the page, when somebody wants to look at it."""
    if ALBUM:
        page.screenshot(path=f"{ALBUM}/{name}.png", full_page=True)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_are_clean_wide_and_narrow(chromium: Browser, live_server, town: Town, width: int) -> None:
    page = opened(chromium, live_server, town.lead, width=width)
    for name, address in (
        ("matching", reverse("matching_overview")),
        ("matching-unproposed", reverse("matching_overview") + "?who=unproposed"),
        ("matching-runs", reverse("match_runs")),
    ):
        page.goto(address)
        for details in page.locator("details").all():
            details.locator("summary").click()
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        keep(page, f"{name}-{width}")


def test_a_run_is_started_by_keyboard_without_scripts(chromium: Browser, live_server, town: Town) -> None:
    page = opened(chromium, live_server, town.lead, scripts=False)
    page.goto(reverse("match_runs"))
    page.locator("main form button.button-primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#at-work")).to_be_visible()
    page.locator("main form button.button-secondary").first.click()
    expect(page.locator("#at-work")).to_have_count(0)
