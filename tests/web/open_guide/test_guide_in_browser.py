"""The open guide in a real browser: by keyboard, without JavaScript, wide and narrow, with axe on every page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import faults_of
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def _go_on(page: Page, name: str = "Gå videre") -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("width", [1280, 375])
def test_every_kind_of_page(chromium: Browser, live_server, width: int) -> None:
    watched = screen_of(chromium, base_url=live_server.url, user=None, width=width)
    page = watched.page
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        found[name] = faults_of(page)

    page.goto("/guide/")
    look("start")
    page.get_by_role("button", name="Jeg har et job eller søger et").click()
    look("question")
    _go_on(page)
    expect(page.locator("#error-summary")).to_be_visible()
    look("error")
    page.get_by_label("almindeligt job som lønmodtager").check()
    _go_on(page)
    for _ in range(4):
        _go_on(page, "Ved ikke")
    _go_on(page, "Se resultatet indtil nu")
    look("results")
    _go_on(page, "Fold det hele ud til udskrift")
    assert page.locator("details:not([open])").count() == 0
    for address in ("/guide/employer/", "/schemes/", "/schemes/isbryder/", "/schemes/mentor/?on=2025-06-01"):
        page.goto(address)
        look(address)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert watched.problems == []
    page.context.close()


def test_by_keyboard_alone(chromium: Browser, live_server) -> None:
    watched = screen_of(chromium, base_url=live_server.url, user=None)
    page = watched.page
    page.goto("/guide/")
    page.get_by_role("button", name="Jeg har et job eller søger et").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator('main input[name="told"]').first).to_have_value("work_form:employee")
    page.context.close()


def test_the_language_button_keeps_the_answers(chromium: Browser, live_server) -> None:
    watched = screen_of(chromium, base_url=live_server.url, user=None, scripts=False)
    page = watched.page
    page.goto("/guide/")
    page.get_by_role("button", name="Jeg har et job eller søger et").click()
    _go_on(page, "Spring over")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('main input[name="told"]').first).to_have_value("work_form:-")
    page.get_by_role("button", name="Easy to read").click()
    expect(page.locator("body")).to_have_class("for-citizen is-easy")
    expect(page.locator('main input[name="told"]').first).to_have_value("work_form:-")
    page.context.close()
