"""A page that is not for somebody, one that is not there, and a form with a mistake: kind words, and nothing lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.ids import uuid7
from tests.factories import accounts
from tests.journeys.screens import screen_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_analyst_opens_the_caseload(chromium: Browser, live_server, team) -> None:
    analyst = accounts.employee(role=Role.ANALYST, unit=team.unit, name="Ida Bak")
    screen = screen_of(chromium, base_url=live_server.url, user=analyst)
    answer = screen.page.goto(reverse("caseload"))
    assert answer is not None and answer.status == 403
    expect(screen.page.locator("html")).to_have_attribute("lang", "da")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Du har ikke adgang til siden")
    expect(screen.page.get_by_role("link", name="Tal med et menneske")).to_be_visible()
    screen.check()
    screen.page.context.close()


def test_an_address_that_leads_to_nobody(chromium: Browser, live_server, mette: User) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=mette)
    answer = screen.page.goto(reverse("citizen", args=[uuid7()]))
    assert answer is not None and answer.status == 404
    expect(screen.page.locator("html")).to_have_attribute("lang", "da")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Vi kan ikke finde siden")
    screen.check()
    screen.page.context.close()


def test_a_form_with_a_mistake_keeps_what_was_written(chromium: Browser, live_server, mette: User) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=mette)
    page = screen.page
    page.goto(reverse("citizen_register"))
    page.get_by_label("Fornavn").fill("Åse")
    page.get_by_label("CPR-nummer").fill("123")
    page.locator("main form button[type=submit]").first.click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Fornavn")).to_have_value("Åse")
    assert page.title().startswith("Fejl:")
    screen.check()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[aria-invalid=true]')")
    page.context.close()
