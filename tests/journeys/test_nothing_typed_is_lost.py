"""What people have written stays: when the session ends, when they press twice, go back, or write at the same time."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.factories import screening
from tests.factories.accounts import PASSWORD
from tests.factories.rows import rows_of
from tests.journeys.screens import screen_of

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Jeg vil gerne have ro, og jeg møder helst sent. 🙂"


def _answers(anna: Citizen) -> list[str]:
    found = rows_of("select words from screening_answer where citizen_id = $1::uuid order by id", value=anna.pk)
    return [row.words for row in found]


def _save(page: Page) -> None:
    page.get_by_role("button", name="Gem og fortsæt").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_session_ends_in_the_middle_of_an_answer(
    chromium: Browser, live_server, anna: Citizen, scripts: bool
) -> None:
    screening.dialogue(citizen=anna)
    screen = screen_of(chromium, base_url=live_server.url, user=anna.user, scripts=scripts)
    page = screen.page
    page.goto(reverse("dialogue_topic", args=[anna.pk, "hopes"]))
    page.get_by_role("textbox").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    _save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind igen")
    if scripts:
        screen.check()
    page.get_by_label("Brugernavn").fill(anna.user.username)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind og fortsæt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ind igen")
    page.get_by_role("button", name="Send det, du skrev").click()
    expect(page.locator("#profile")).to_contain_text(WORDS)
    assert _answers(anna) == [WORDS]
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_pressing_twice_and_going_back_gives_one_answer(
    chromium: Browser, live_server, anna: Citizen, scripts: bool
) -> None:
    screening.dialogue(citizen=anna)
    page = screen_of(chromium, base_url=live_server.url, user=anna.user, scripts=scripts).page
    page.goto(reverse("dialogue_topic", args=[anna.pk, "hopes"]))
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name="Gem og fortsæt").dblclick()
    expect(page.locator("#profile")).to_contain_text(WORDS)
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value(WORDS)
    _save(page)
    expect(page.get_by_role("textbox").first).not_to_have_value(WORDS)
    assert _answers(anna) == [WORDS]
    page.context.close()


def test_two_people_answer_the_same_and_both_texts_are_there(
    chromium: Browser, live_server, mette: User, anna: Citizen
) -> None:
    screening.dialogue(citizen=anna)
    theirs = screen_of(chromium, base_url=live_server.url, user=anna.user).page
    ours = screen_of(chromium, base_url=live_server.url, user=mette)
    for page, words in ((theirs, "Et roligt sted."), (ours.page, "Nær hjemmet.")):
        page.goto(reverse("dialogue_topic", args=[anna.pk, "hopes"]))
        page.get_by_role("textbox").fill(words)
    _save(theirs)
    expect(theirs.locator("#profile")).to_contain_text("Et roligt sted.")
    _save(ours.page)
    both = ours.page.get_by_role("group", name="En anden har svaret på det samme imens")
    expect(both).to_be_focused()
    expect(both).to_contain_text("Et roligt sted.")
    expect(ours.page.get_by_role("textbox")).to_have_value("Nær hjemmet.")
    ours.check()
    ours.page.get_by_role("button", name="Behold begge").click()
    expect(ours.page.locator("#profile")).to_contain_text("Et roligt sted.")
    expect(ours.page.locator("#profile")).to_contain_text("Nær hjemmet.")
    for page in (theirs, ours.page):
        page.context.close()
