"""The account in a real browser: wide and narrow, without JavaScript, and clean for axe."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.browser import faults_of
from tests.factories import accounts, citizens, guidance, organisations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALBUM = os.environ.get("JOBBRO_SCREENSHOTS")
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")


@pytest.fixture
def mette() -> User:
    return accounts.employee(team=organisations.team())


@pytest.fixture
def anna(mette: User) -> Citizen:
    with accounts.acting(mette):
        team = mette.positions.get().team
    citizen = citizens.citizen(team=team, lead=mette)
    guidance.told_fact(citizen=citizen, by=mette, code="work_form", value="employee")
    guidance.told_fact(citizen=citizen, by=mette, code="assistance_hours_per_week", value=5)
    return citizen


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": LANGUAGE}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def check(page: Page, *, name: str, has_scripts: bool = True) -> None:
    """No complaint of axe, no sideways scrolling; a picture for the album when one is wanted."""
    if ALBUM:
        page.screenshot(path=f"{ALBUM}/economics-{name}.png", full_page=True)
    if has_scripts:
        assert faults_of(page) == [], name


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def describe_the_situation(page: Page) -> None:
    page.locator("[name=start][value=in_work]").check()
    fill(page, weeks_on_benefit="0", benefit_low="17.000", benefit_why="Fra sagen")
    fill(page, wage_low="28.000", wage_high="32.000", wage_why="Overenskomsten")
    fill(page, chance_low="10", chance_high="40", chance_why="Vores skøn")


def tick(page: Page, name: str) -> None:
    page.locator(f"[name={name}]").check()


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")


@pytest.mark.parametrize("width", [1280, 375])
def test_two_combinations_are_held_against_each_other(
    chromium: Browser, live_server, mette: User, anna: Citizen, width: int
) -> None:
    page = opened(chromium, live_server, mette, width=width)
    page.goto(reverse("case_economics", args=[anna.pk]))
    check(page, name=f"start-{width}")
    tick(page, "personlig_assistance_a")
    tick(page, "paragraf_56_b")
    page.get_by_role("button").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    check(page, name=f"refused-{width}")
    describe_the_situation(page)
    fill(page, paragraf_56_amount="4", personlig_assistance_price_low="190", personlig_assistance_price_why="Regning")
    page.get_by_role("button").last.click()
    expect(page.locator("#account")).to_be_visible()
    assert page.url.endswith(reverse("case_economics", args=[anna.pk]))
    check(page, name=f"answer-{width}")
    open_all(page)
    check(page, name=f"open-{width}")


def test_without_javascript_an_unknown_price_waits(chromium: Browser, live_server, mette: User, anna: Citizen) -> None:
    page = opened(chromium, live_server, mette, scripts=False)
    page.goto(reverse("case_economics", args=[anna.pk]))
    tick(page, "personlig_assistance_a")
    describe_the_situation(page)
    page.locator("main button").last.click()
    expect(page.locator("#account")).to_be_visible()
    expect(page.locator("[name=personlig_assistance_price_low]")).to_be_visible()
    check(page, name="plain", has_scripts=False)
