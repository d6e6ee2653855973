"""Partners near a person in a real browser: wide and narrow, without JavaScript, by keyboard, and clean for axe."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.kernel.postcodes import place_of
from tests.browser import ALBUM, faults_of
from tests.factories import accounts, citizens, employers, imports, organisations, rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")
TOWNS = ("8000", "8000", "8000", "8220", "8240", "8600", "8900", "8400", "8700", "8260")


@pytest.fixture
def jonas() -> User:
    return employers.job_broker()


@pytest.fixture
def anna(jonas: User) -> Citizen:
    shops = []
    for number, postcode in enumerate(TOWNS):
        place = place_of(postcode)
        assert place
        company = employers.company(broker=jonas, name=f"Bageri nr. {number + 1}")
        spot = {"postcode": postcode, "city": place.town, "x": place.x, "y": place.y}
        features = ["quiet_room", "breaks"] if number % 3 == 0 else []
        shops.append(employers.workplace(company=company, features=features, **spot))
        if number % 2:
            employers.need(company=company)
    anna = citizens.citizen(team=shops[0].company.team)
    rows.run("update citizens_contact set postcode = '8000' where citizen_id = $1::uuid", value=anna.pk)
    return anna


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
def test_the_page_is_clean_wide_and_narrow(
    chromium: Browser, live_server, jonas: User, anna: Citizen, width: int
) -> None:
    page = opened(chromium, live_server, jonas, width=width)
    page.goto(reverse("partners_near", args=[anna.pk]) + "?km=50")
    assert faults_of(page) == []
    expect(page.locator(".near-picture")).to_be_visible()
    keep(page, f"near-{width}")


def test_filters_work_by_keyboard_and_without_scripts(
    chromium: Browser, live_server, jonas: User, anna: Citizen
) -> None:
    page = opened(chromium, live_server, jonas, scripts=False)
    page.goto(reverse("partners_near", args=[anna.pk]))
    page.locator("#id_need").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("#id_need")).to_be_checked()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_file_of_companies_is_clean_wide_and_narrow(chromium: Browser, live_server, width: int) -> None:
    team = organisations.team()
    lead = accounts.employee(role=Role.TEAM_LEAD, team=team, name="Line Leder")
    page = opened(chromium, live_server, lead, width=width)
    page.goto(reverse("import_start"))
    assert faults_of(page) == []
    header = ("CVR-nummer", "Virksomhed", "Arbejdsplads", "Kontaktperson")
    cells = [(employers.cvr(), "Bageriet", "Butikken", "Bente"), ("12345678", "Forkert", "", "")]
    page.locator("input[name=kind][value=employers]").check(force=True)
    page.locator("#id_team").select_option(str(team.pk))
    file = imports.csv_file(cells, header=header).getvalue()
    page.locator("#id_file").set_input_files({"name": "virksomheder.csv", "mimeType": "text/csv", "buffer": file})
    page.locator("main form button.button-primary").first.click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert faults_of(page) == []
    keep(page, f"import-{width}")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_data_sources_are_clean_wide_and_narrow(chromium: Browser, live_server, jonas: User, width: int) -> None:
    page = opened(chromium, live_server, jonas, width=width)
    page.goto(reverse("data_sources"))
    assert faults_of(page) == []
    keep(page, f"sources-{width}")
