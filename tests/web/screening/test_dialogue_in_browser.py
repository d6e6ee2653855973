"""The dialogue in a real browser: with htmx, without JavaScript, wide and narrow, and clean for axe on every page."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.browser import faults_of
from tests.factories import accounts, citizens, organisations, screening

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALBUM = os.environ.get("JOBBRO_SCREENSHOTS")


@pytest.fixture
def mette() -> User:
    return accounts.employee(team=organisations.team())


@pytest.fixture
def anna(mette: User) -> Citizen:
    with accounts.acting(mette):
        team = mette.positions.get().team
    return citizens.citizen(team=team, has_login=True)


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Page:
    """A page of somebody who is logged in, in English so that no translator changes what the test presses."""
    context: BrowserContext = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": "en"}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def check(page: Page, *, name: str, has_scripts: bool = True) -> None:
    """No complaint of axe, no sideways scrolling; a picture for the album when one is wanted."""
    if ALBUM:
        page.screenshot(path=f"{ALBUM}/{name}.png", full_page=True)
    if not has_scripts:
        return
    assert faults_of(page) == [], name


@pytest.mark.parametrize("width", [1280, 375])
def test_a_citizen_tells_and_agrees(chromium: Browser, live_server, anna: Citizen, width: int) -> None:
    page = opened(chromium, live_server, anna.user, width=width)
    page.goto(reverse("dialogue", args=[anna.pk]))
    check(page, name=f"start-{width}")
    page.get_by_label("At home, alone").check()
    page.get_by_role("button", name="Begin the dialogue").click()
    page.get_by_role("textbox").fill("Jeg har kørt bus i ti år. 🚌")
    check(page, name=f"first-{width}")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#profile")).to_contain_text("Jeg har kørt bus")
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page).to_have_url(live_server.url + reverse("dialogue_topic", args=[anna.pk, "went_well"]))
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value("Jeg har kørt bus i ti år. 🚌")
    expect(page.locator("#main")).to_have_count(1)
    for code in ("hours", "slots", "best_time", "occupations", "first_body"):
        page.goto(reverse("dialogue_topic", args=[anna.pk, code]))
        check(page, name=f"{code}-{width}")
    page.get_by_label("Lifting and carrying").check()
    page.get_by_label("The rest goes without difficulty").check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#profile svg").first).to_be_visible()
    page.goto(reverse("dialogue_topic", args=[anna.pk, "lifting"]))
    page.get_by_label("It is very hard").check()
    page.get_by_role("textbox").first.fill("Kasserne er tunge.")
    check(page, name=f"lifting-{width}")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#profile")).to_contain_text("very hard")
    check(page, name=f"after-{width}")
    page.get_by_role("button", name="Pause and go on later").click()
    expect(page.locator("h1")).to_contain_text("paused")
    check(page, name=f"paused-{width}")
    page.goto(reverse("dialogue", args=[anna.pk]))
    check(page, name=f"resume-{width}")
    page.get_by_role("link", name="Read everything").click()
    check(page, name=f"summary-{width}")
    page.get_by_role("button", name="This is right").click()
    check(page, name=f"agree-{width}")
    page.get_by_role("button", name="I have read it and agree").click()
    check(page, name=f"receipt-{width}")
    page.goto(reverse("profile", args=[anna.pk]))
    check(page, name=f"profile-{width}")


def test_without_scripts_the_same_way_is_open(chromium: Browser, live_server, anna: Citizen) -> None:
    page = opened(chromium, live_server, anna.user, scripts=False)
    page.goto(reverse("dialogue", args=[anna.pk]))
    page.get_by_label("At home, alone").check()
    page.get_by_role("button", name="Begin the dialogue").click()
    page.get_by_role("textbox").fill("Jeg har kørt bus.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#profile")).to_contain_text("Jeg har kørt bus.")
    check(page, name="no-scripts", has_scripts=False)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_any_job_is_found_by_a_word(chromium: Browser, live_server, anna: Citizen, width: int, scripts: bool) -> None:
    screening.dialogue(citizen=anna)
    page = opened(chromium, live_server, anna.user, width=width, scripts=scripts)
    page.goto(reverse("dialogue_topic", args=[anna.pk, "occupations"]))
    page.get_by_role("textbox").fill("Gerne med dyr.")
    for words, title in (("dyrepaser", "Animal keeper"), ("svejser", "Svejser")):
        page.get_by_label("Look for a job").press_sequentially(words)
        if not scripts:
            page.get_by_role("button", name="Look for it").click()
        page.get_by_role("checkbox", name=title, exact=True).check()
        check(page, name=f"work-{title}-{width}-{scripts}", has_scripts=scripts)
        page.get_by_label("Look for a job").fill("")
    expect(page.get_by_role("checkbox", name="Animal keeper", exact=True)).to_be_checked()
    expect(page.get_by_role("textbox")).to_have_value("Gerne med dyr.")
    page.get_by_text("Common jobs to choose among").click()
    page.get_by_role("checkbox", name="Nurse", exact=True).check()
    check(page, name=f"work-common-{width}-{scripts}", has_scripts=scripts)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_label("Look for a job")).to_have_count(0)
    page.goto(reverse("dialogue_topic", args=[anna.pk, "occupations"]))
    for name in ("Animal keeper", "Svejser", "Nurse"):
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()


def test_two_at_once_see_both_texts(chromium: Browser, live_server, mette: User, anna: Citizen) -> None:
    screening.dialogue(citizen=anna)
    theirs, ours = opened(chromium, live_server, anna.user), opened(chromium, live_server, mette)
    for page, words in ((theirs, "Et roligt sted."), (ours, "Nær hjemmet.")):
        page.goto(reverse("dialogue_topic", args=[anna.pk, "hopes"]))
        page.get_by_role("textbox").fill(words)
    theirs.get_by_role("button", name="Save and go on").click()
    expect(theirs.locator("#profile")).to_contain_text("Et roligt sted.")
    ours.get_by_role("button", name="Save and go on").click()
    expect(ours.get_by_role("group", name="Somebody else answered this at the same time")).to_be_focused()
    expect(ours.get_by_role("textbox")).to_have_value("Nær hjemmet.")
    check(ours, name="both")
    ours.get_by_role("button", name="Keep both").click()
    expect(ours.locator("#profile")).to_contain_text("Et roligt sted.")
    expect(ours.locator("#profile")).to_contain_text("Nær hjemmet.")
    ours.goto(reverse("dialogue_summary", args=[anna.pk]))
    check(ours, name="summary-staff")
    ours.get_by_role("button", name="This is right").click()
    check(ours, name="agree-staff")
