"""Reminders in a real browser: chosen by keyboard, wide and narrow, with and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.factories import accounts, organisations
from tests.factories.reminders import reachable
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_a_caseworker_says_no(chromium: Browser, live_server, width: int, scripts: bool) -> None:
    mette = reachable(accounts.employee(team=organisations.team()), "mette@proevekoebing.example")
    screen = screen_of(chromium, base_url=live_server.url, user=mette, width=width, scripts=scripts, language="en")
    page = screen.page
    page.goto(reverse("deadlines"))
    page.get_by_role("link", name="Reminders by e-mail").click()
    if scripts:
        screen.check()
    page.get_by_label("Yes, send me reminders").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("No, I look myself")).to_be_checked()
    if scripts:
        screen.check()
