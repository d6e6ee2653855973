"""The same way from the first dialogue to an agreed plan where no JavaScript runs."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.browser import PATIENCE
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_first_dialogue_to_agreed_plan(chromium: Browser, live_server, mette: User, anna: Citizen) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="da-DK")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    _log_in(page, mette)
    page.get_by_role("link", name="Borgere").click()
    page.get_by_role("link", name=re.compile("Anna")).click()
    _hold_the_dialogue(page)
    _choose_support(page)
    _agree_to_a_plan(page)
    assert context.request.get(f"/citizens/{anna.pk}/plan/plan.pdf").body().startswith(b"%PDF-")
    page.get_by_role("button", name="Log ud").click()
    _log_in(page, anna.user)
    page.get_by_role("link", name="Min plan", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Jeg vil arbejde med mad.")
    context.close()


def _log_in(page: Page, account: User) -> None:
    page.goto("/login/")
    page.get_by_label("Brugernavn").fill(account.username)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()


def _hold_the_dialogue(page: Page) -> None:
    page.get_by_role("link", name="Begynd dialogen").click()
    page.get_by_label("Sammen ved én skærm").check()
    page.get_by_role("button", name="Begynd dialogen").click()
    page.get_by_role("textbox").fill("Jeg har lavet mad til mange.")
    _save(page)
    expect(page.locator("#profile")).to_contain_text("Jeg har lavet mad til mange.")
    while "Er der noget ved kroppen" not in page.get_by_role("heading", level=1).inner_text():
        search = page.get_by_label("Søg efter et job")
        if search.count():
            search.fill("Kok")
            page.get_by_role("button", name="Søg").click()
            page.get_by_role("checkbox", name="Kok", exact=True).check()
            _save(page)
        else:
            page.get_by_role("button", name="Spring over for nu").click()
    page.get_by_label("Løfte og bære").check()
    page.get_by_label("Resten går uden besvær").check()
    _save(page)
    while page.get_by_label("Nej, det hele går uden besvær").count():
        page.get_by_label("Nej, det hele går uden besvær").check()
        _save(page)
    page.get_by_role("textbox", name=re.compile("^Fortæl")).fill("Kasserne er tunge.")
    page.get_by_label("Det er meget svært, selv når det er let.").check()
    _save(page)
    page.get_by_role("link", name="Læs det hele, og ret det, du vil").click()
    page.get_by_role("button", name="Det passer – gå videre").click()
    page.get_by_label("Borgeren har læst det og er enig").check()
    page.get_by_label("Jeg har læst det og er enig").check()
    page.get_by_role("button", name="Gem, at vi er enige").click()
    page.get_by_role("link", name="Se på støtte").click()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Gem og fortsæt").click()


def _choose_support(page: Page) -> None:
    proposed = page.locator("#id_measures .option").filter(has_text="del af forslaget")
    for option in proposed.all():
        option.locator("[name=measures]").check()
    page.get_by_role("button", name="Vis broen").click()
    expect(page.locator("#bridge-status")).to_have_text("Jeres valg dækker alt det, støtte kan dække.")
    page.get_by_role("button", name="Gem det, I har valgt").click()
    page.get_by_role("link", name="Gå videre til planen").click()


def _agree_to_a_plan(page: Page) -> None:
    page.get_by_role("link", name="Begynd planen").click()
    page.get_by_label("Hvad vil du gerne?").fill("Jeg vil arbejde med mad.")
    page.get_by_role("button", name="Begynd planen").click()
    page.get_by_role("button", name="Gør planen klar til et ja").click()
    page.get_by_role("link", name="Sig ja til planen").click()
    page.get_by_label("Jeg siger ja til planen").check()
    page.get_by_label("Borgeren har læst planen").check()
    page.get_by_role("button", name="Gem aftalen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Planen er aftalt")
