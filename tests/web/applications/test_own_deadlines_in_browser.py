"""The municipality's own deadlines in a real browser: set by keyboard, wide and narrow, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.enums import Role
from tests.factories import accounts, organisations
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _main(page: Page):
    return page.get_by_role("main")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_a_team_lead_sets_a_deadline(chromium: Browser, live_server, width: int, scripts: bool) -> None:
    team = organisations.team()
    lead = accounts.employee(role=Role.TEAM_LEAD, team=team, name="Line Leder")
    screen = screen_of(chromium, base_url=live_server.url, user=lead, width=width, scripts=scripts, language="en")
    page = screen.page
    page.goto(reverse("deadlines"))
    page.get_by_role("link", name="The municipality's own deadlines").click()
    expect(_main(page)).to_contain_text("No deadline is set here yet")
    if scripts:
        screen.check()
    set_it = page.get_by_role("link", name="Set the deadline Personal assistance at work", exact=True)
    set_it.focus()
    page.keyboard.press("Enter")
    page.get_by_label("How long, at most?").fill("many")
    page.get_by_label("Where is it decided or published?").fill("Byrådet")
    page.get_by_label("Where is it decided or published?").press("Enter")
    expect(_main(page)).to_contain_text("as a whole number")
    expect(page.get_by_label("Where is it decided or published?")).to_have_value("Byrådet")
    if scripts:
        expect(page.locator("#error-summary")).to_be_focused()
        screen.check()
    page.get_by_label("How long, at most?").fill("6")
    page.get_by_label("Link").fill("https://www.proevekoebing.dk/frister")
    page.get_by_role("button", name="Set the deadline").focus()
    page.keyboard.press("Enter")
    expect(_main(page)).to_contain_text("6 weeks")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(_main(page)).to_contain_text("by Line Leder")
    if scripts:
        screen.check()
