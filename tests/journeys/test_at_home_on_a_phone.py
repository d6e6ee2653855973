"""A citizen tells at home on a phone, in easy text, stops in the middle, and goes on another day on another device."""

import pytest
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.browser import Watched
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def _phone(chromium: Browser, *, base_url: str) -> Watched:
    return Watched(
        chromium.new_context(
            base_url=base_url,
            locale="da-DK",
            viewport={"width": 375, "height": 740},
            has_touch=True,
            is_mobile=True,
            device_scale_factor=2,
        )
    )


def _log_in(page: Page, account: User) -> None:
    page.goto("/")
    page.get_by_label("Brugernavn").fill(account.username)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hej, Anna Lund")


def test_in_easy_text_with_a_pause(chromium: Browser, live_server, anna: Citizen) -> None:
    phone = _phone(chromium, base_url=live_server.url)
    _log_in(phone.page, anna.user)
    _begin_in_easy_text(phone)
    _pause(phone)
    other = _phone(chromium, base_url=live_server.url)
    _log_in(other.page, anna.user)
    _go_on(other)
    _read_in_english(other)
    for screen in (phone, other):
        screen.page.context.close()


def _begin_in_easy_text(phone: Watched) -> None:
    page = phone.page
    page.get_by_role("button", name="Letlæst").tap()
    expect(page.get_by_role("button", name="Almindelig tekst")).to_be_visible()
    phone.check()
    page.get_by_role("link", name="Dialog", exact=True).tap()
    expect(page.get_by_role("main")).to_contain_text("Vi vil gerne tale med dig om arbejde.")
    phone.check()
    page.get_by_text("Hjemme, alene").tap()
    page.get_by_role("button", name="Begynd dialogen").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hvad har du lavet før?")
    phone.check()
    page.get_by_role("textbox").fill("Jeg har malet huse.")
    page.get_by_role("button", name="Gem og fortsæt").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tænk på en god dag.")
    expect(page.locator("#saved")).to_contain_text("Gemt")
    phone.check()


def _pause(phone: Watched) -> None:
    page = phone.page
    page.get_by_role("textbox").fill("Solen skinnede.")
    page.get_by_role("button", name="Pause og fortsæt senere").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("pause")
    phone.check()
    page.get_by_role("button", name="Log ud").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
    phone.check()


def _go_on(other: Watched) -> None:
    """Easy text came along, and so did what was half written."""
    page = other.page
    expect(page.get_by_role("button", name="Almindelig tekst")).to_be_visible()
    page.get_by_role("link", name="Dialog", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fortsæt dialogen")
    other.check()
    page.get_by_role("link", name="Fortsæt med næste spørgsmål").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hvad håber du på")
    expect(page.locator("#profile")).to_contain_text("Solen skinnede.")
    other.check()


def _read_in_english(other: Watched) -> None:
    page = other.page
    page.get_by_role("button", name="English").tap()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Save and go on")).to_be_visible()
    expect(page.locator("#profile")).to_contain_text("Solen skinnede.")
    other.check()
