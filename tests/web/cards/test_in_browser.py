"""The pages of cards in a real browser: wide and narrow, without JavaScript, by keyboard, and clean for axe."""

import os
import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from tests.browser import Watched
from tests.factories import cards
from tests.factories.rows import rows_of, run
from tests.factories.shop import Shop
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")
WORDS = "Jeg sidder ned, når jeg pakker."


@pytest.fixture
def shop() -> Shop:
    return Shop()


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Watched:
    return screen_of(chromium, base_url=live_server.url, user=user, width=width, scripts=scripts, language=LANGUAGE)


def choose(page: Page) -> None:
    """Tick one need and one support, and write a sentence."""
    page.locator("input[name=name][value=given]").check()
    page.locator("input[name=show_standing]").check()
    page.locator("textarea[name=words_standing]").fill(WORDS)
    page.locator("input[name=measure_checklists]").check()


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_clean(chromium: Browser, live_server, shop: Shop, width: int) -> None:
    card = cards.card(proposal=shop.proposal, by=shop.account)
    make = reverse("card_make", args=[shop.proposal.pk])
    looked = [reverse("our_cards"), reverse("our_card", args=[card.pk]), "/"]
    own = [
        make,
        reverse("cards", args=[shop.anna.pk]),
        reverse("card", args=[card.pk]),
        reverse("card_withdraw", args=[card.pk]),
    ]
    for user, paths in (
        (shop.bente, looked),
        (shop.account, [*own, reverse("lookups"), reverse("citizen_consents", args=[shop.anna.pk])]),
        (shop.broker, own),
    ):
        screen = opened(chromium, live_server, user, width=width)
        for path in paths:
            screen.page.goto(path)
            screen.check()
        screen.page.context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_refusals_the_preview_and_the_closed_card_are_clean_too(
    chromium: Browser, live_server, shop: Shop, width: int
) -> None:
    home = opened(chromium, live_server, shop.account, width=width)
    home.page.goto(reverse("card_make", args=[shop.proposal.pk]))
    home.page.locator("main button.button-primary").click()
    expect(home.page.locator(".form-error-message").first).to_be_visible()
    home.check()
    choose(home.page)
    home.page.locator("main button.button-primary").click()
    expect(home.page.locator("article.panel")).to_contain_text(WORDS)
    home.check()
    run("update jobs_opening set title = 'Hjælp i butikken' where id = $1::uuid", value=shop.opening.pk)
    home.page.locator("main button[value=give]").click()
    expect(home.page.locator("[role=alert]:visible")).to_have_count(1)
    home.check()
    home.page.locator("main button[value=give]").click()
    home.page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    home.check()
    (card,) = rows_of("select id from matching_card")
    till = opened(chromium, live_server, shop.bente, width=width)
    till.page.goto(reverse("our_card", args=[card.id]))
    expect(till.page.locator("article.panel")).to_contain_text(WORDS)
    till.check()
    home.page.locator("main .actions a.button-primary").click()
    home.page.locator("main button.button-primary").click()
    home.page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    home.check()
    till.page.reload()
    expect(till.page.locator("main")).not_to_contain_text(WORDS)
    till.check()
    till.page.goto(reverse("our_cards"))
    till.check()


def test_a_card_is_given_and_taken_back_by_keyboard_without_javascript(
    chromium: Browser, live_server, shop: Shop
) -> None:
    screen = opened(chromium, live_server, shop.account, width=375, scripts=False)
    page = screen.page
    page.goto(reverse("cards", args=[shop.anna.pk]))
    page.locator(f"main a[href$='{reverse('card_make', args=[shop.proposal.pk])}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/card/make/$"))
    for field in ("input[name=name][value=given]", "input[name=show_standing]", "input[name=measure_checklists]"):
        page.locator(field).focus()
        page.keyboard.press("Space")
    page.locator("textarea[name=words_standing]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(WORDS)
    page.locator("main button[value=preview]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.panel")).to_contain_text(WORDS)
    seen = page.locator("article.panel").inner_text()
    page.locator("main button[value=change]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=words_standing]")).to_have_value(WORDS)
    page.locator("main button[value=preview]").focus()
    page.keyboard.press("Enter")
    page.locator("main button[value=give]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    (card,) = rows_of("select id, from_on, until_on from matching_card")
    assert date.fromisoformat(card.from_on) == date.today()
    till = opened(chromium, live_server, shop.bente, width=375, scripts=False)
    till.page.goto("/")
    till.page.locator("section[aria-labelledby=cards] a").click()
    till.page.locator(f"main a[href='{reverse('our_card', args=[card.id])}']").click()
    assert till.page.locator("article.panel").inner_text() == seen
    page.locator("main .actions a.button-primary").focus()
    page.keyboard.press("Enter")
    page.locator("main button.button-primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    answer = till.page.reload()
    assert answer is not None and answer.status == 404
    expect(till.page.locator("main")).not_to_contain_text("Anna")
