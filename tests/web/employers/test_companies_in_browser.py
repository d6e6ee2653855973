"""The pages of companies in a real browser: wide and narrow, without JavaScript, by keyboard, and clean for axe."""

import os
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.employers.enums import PartnerState, Promiser, PromiseState
from jobbro.apps.employers.models import Company
from tests.browser import faults_of
from tests.factories import accounts, employers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")
TODAY = date.today()


@pytest.fixture
def jonas() -> User:
    return employers.job_broker()


@pytest.fixture
def bakery(jonas: User) -> Company:
    company = employers.company(broker=jonas, trade="Bageri", phone="12 34 56 70", email="butik@kornblomst.example")
    place = employers.workplace(
        company=company, address="Torvet 3", postcode="9990", city="Prøvekøbing", features=["quiet_room", "breaks"]
    )
    employers.contact(company=company, workplace=place, title="Bagermester", phone="12 34 56 78")
    employers.employer_user(company=company, name="Ole Ovn", is_first=False, sees_wages=True)
    for weeks in range(12):
        employers.talk(company=company, held_on=TODAY - timedelta(weeks=weeks), is_shared=weeks % 3 > 0)
    employers.promise(company=company, due_on=TODAY - timedelta(days=4))
    employers.promise(company=company, due_on=TODAY + timedelta(days=9), by=Promiser.THEM, text="Vise opvasken frem")
    ended = {"state": PromiseState.KEPT, "state_on": TODAY - timedelta(days=20)}
    employers.promise(company=company, due_on=TODAY, text="Sende en guide", **ended)
    employers.agreement(company=company)
    employers.need(company=company, places=2, hours_min=6, hours_max=12, workplace=place)
    employers.yearly_talk(company=company, held_on=TODAY - timedelta(days=90))
    employers.company(broker=jonas, name="Gartneriet Grøn Tommel", state=PartnerState.NEW)
    return company


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": LANGUAGE}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def send(page: Page) -> None:
    page.locator("main form button.button-primary").last.click()


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_clean(chromium: Browser, live_server, jonas: User, bakery: Company, width: int) -> None:
    page = opened(chromium, live_server, jonas, width=width)
    page.goto(reverse("employers"))
    assert faults_of(page) == []
    page.goto(reverse("employer", args=[bakery.pk]))
    assert faults_of(page) == []
    links = page.locator("main a[href^='/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    wanted = {link.split("?")[0] for link in links if link != reverse("employers")}
    assert len(wanted) > 15
    for address in sorted(wanted):
        page.goto(address)
        assert faults_of(page) == [], address
    page.goto(reverse("employer_add"))
    assert faults_of(page) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_refused_forms_are_clean_too(chromium: Browser, live_server, jonas: User, bakery: Company, width: int) -> None:
    page = opened(chromium, live_server, jonas, width=width)
    for name in ("employer_state", "workplace_add", "talk_add", "promise_add", "agreement_add", "need_add"):
        page.goto(reverse(name, args=[bakery.pk]))
        send(page)
        expect(page.locator(".error-summary")).to_be_focused()
        assert faults_of(page) == [], name
    page.goto(reverse("employer_add"))
    page.locator("[name=cvr]").fill(bakery.cvr)
    page.locator("[name=name]").fill("Kornblomst")
    send(page)
    expect(page.locator(f"main a[href='{reverse('employer', args=[bakery.pk])}']")).to_be_visible()
    assert faults_of(page) == []


def test_a_visit_is_written_by_keyboard_alone(chromium: Browser, live_server, jonas: User, bakery: Company) -> None:
    page = opened(chromium, live_server, jonas, width=375)
    page.goto(reverse("employer", args=[bakery.pk]))
    page.locator(f"a[href='{reverse('talk_add', args=[bakery.pk])}']").focus()
    page.keyboard.press("Enter")
    page.locator("[name=text]").focus()
    page.keyboard.type("Vi så på opvasken.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Vi så på opvasken.")


def test_without_javascript_a_need_finds_its_occupation(
    chromium: Browser, live_server, jonas: User, bakery: Company
) -> None:
    page = opened(chromium, live_server, jonas, scripts=False)
    page.goto(reverse("need_add", args=[bakery.pk]))
    page.locator("[name=title]").fill("rengøringshjælp")
    page.locator("[name=find]").click()
    page.locator("[name=occupation]").first.check()
    page.locator("[name=places]").fill("1")
    send(page)
    expect(page.locator("main")).to_contain_text("rengøringshjælp")


def test_a_closed_company_says_so(chromium: Browser, live_server, jonas: User, bakery: Company) -> None:
    page = opened(chromium, live_server, jonas, width=375)
    page.goto(reverse("employer_state", args=[bakery.pk]))
    page.locator("[name=move][value=close]").check()
    send(page)
    assert faults_of(page) == []
    page.goto(reverse("need_add", args=[bakery.pk]))
    assert faults_of(page) == []
    assert page.locator("main form").count() == 0


def test_the_login_of_a_contact_is_shown_once(chromium: Browser, live_server, jonas: User, bakery: Company) -> None:
    page = opened(chromium, live_server, jonas)
    page.goto(reverse("employer", args=[bakery.pk]))
    page.locator("a[href$='/invite/']").first.click()
    page.locator("main button").last.click()
    expect(page.locator("main code")).to_have_count(2)
    assert faults_of(page) == []
