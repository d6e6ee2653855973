"""Applications in a real browser: from the first press to the decision, wide and narrow, with and without scripts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import State, VacancyState
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, citizens, organisations
from tests.journeys.screens import screen_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mette() -> User:
    return accounts.employee(team=organisations.team())


@pytest.fixture
def anna(mette: User) -> Citizen:
    with accounts.acting(mette):
        team = mette.positions.get().team
    return citizens.citizen(team=team, lead=mette, has_login=True)


def press(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name, exact=True).first.click()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, True), (375, False)])
def test_a_citizen_applies_and_follows_it_to_the_decision(
    chromium: Browser, live_server, mette: User, anna: Citizen, width: int, scripts: bool
) -> None:
    settings = {"base_url": live_server.url, "width": width, "scripts": scripts, "language": "en"}
    home = screen_of(chromium, user=anna.user, **settings)
    page = home.page
    page.goto(reverse("applications", args=[anna.pk]))
    press(page, "Personal assistance at work", role="link")
    if scripts:
        home.check()
    press(page, "Start the application")
    expect(page.get_by_label("Your name")).to_have_value("Anna Lund")
    page.get_by_label("Employee in an ordinary job").check()
    page.get_by_label("How many hours a week do you work").fill("many")
    press(page, "Save")
    if scripts:
        expect(page.locator("#error-summary")).to_be_focused()
        home.check()
    expect(page.get_by_label("Your name")).to_have_value("Anna Lund")
    page.get_by_label("How many hours a week do you work").fill("37")
    press(page, "Save")
    expect(page.get_by_text("Your position", exact=True).first).to_be_visible()
    if scripts:
        home.check()
    press(page, "Write in the application", role="link")
    page.get_by_label("Name of the workplace").fill("Prøve Bageri")
    page.get_by_label("Your position").fill("Bager")
    page.get_by_label("Which tasks do you need help with?").fill("Løfte sække")
    page.get_by_label("How many hours of help a week do you need?").fill("7,5")
    page.get_by_label("From when?").fill("2027-01-01")
    press(page, "Save")
    press(page, "The application is finished")
    press(page, "Send the application", role="link")
    if scripts:
        home.check()
    press(page, "Send the application")
    expect(page.get_by_role("main")).to_contain_text("Sent")
    _decide(screen_of(chromium, user=mette, **settings).page)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("2026-117")
    if scripts:
        home.check()


def _decide(page: Page) -> None:
    page.goto(reverse("deadlines"))
    press(page, "Personal assistance at work for Anna Lund", role="link")
    press(page, "Confirm receipt", role="link")
    press(page, "Confirm receipt")
    press(page, "Record the decision", role="link")
    page.get_by_label("Granted", exact=True).check()
    page.get_by_label("File number of the decision").fill("2026-117")
    page.get_by_label("Granted from").fill("2026-10-01")
    page.get_by_label("Hours of help a week").fill("21")
    page.get_by_label("Working hours a week").fill("37")
    press(page, "Record the decision")
    expect(page.get_by_role("main")).to_contain_text("more than 20 of 37 hours")
    page.get_by_label("Hours of help a week").fill("7.5")
    press(page, "Record the decision")
    press(page, "Hours and claims, quarter by quarter", role="link")
    expect(page.get_by_role("main")).to_contain_text("7.5 hours a week")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_post_is_negotiated_before_it_is_filled(
    chromium: Browser, live_server, mette: User, anna: Citizen, width: int
) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=mette, width=width, language="en")
    page = screen.page
    page.goto(reverse("vacancies", args=[anna.pk]))
    screen.check()
    press(page, "Note a post", role="link")
    page.get_by_label("What is the post called?").fill("Kontorassistent")
    page.get_by_label("Which workplace?").fill("Prøvekøbing Bibliotek")
    page.get_by_label("Municipality", exact=True).check()
    page.get_by_label("Applied for directly").check()
    screen.check()
    press(page, "Note the post")
    press(page, "Kontorassistent, Prøvekøbing Bibliotek", role="link")
    expect(page.get_by_role("main")).to_contain_text("The post is on hold until municipality and employer")
    screen.check()
    for step in ("invited to an interview", "interview has been held", "sent a written account"):
        page.get_by_role("link", name=step).click()
        press(page, "Save")
    page.get_by_role("link", name="We have negotiated").click()
    page.get_by_label("The employer only confirmed").check()
    page.get_by_label("Who took part?").fill("Bo Holm, biblioteket\nMette Holm, kommunen")
    page.get_by_label("What did the employer say?").fill("Vi har valgt en anden.")
    page.get_by_label("What did the municipality say?").fill("Anna har kompetencerne.")
    screen.check()
    press(page, "Keep the minutes")
    expect(page.get_by_role("main")).to_contain_text("A receipt is not a negotiation. Both sides")
    expect(page.get_by_label("What did the employer say?")).to_have_value("Vi har valgt en anden.")
    page.get_by_label("By telephone").check()
    press(page, "Keep the minutes")
    page.get_by_role("link", name="The employer has refused with reasons").click()
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Last day to ask Ankestyrelsen")
    screen.check()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("reader", ["mette", "anna"])
def test_every_page_is_clean_for_axe(
    chromium: Browser, live_server, mette: User, anna: Citizen, reader: str, width: int
) -> None:
    today = timezone.localdate()
    granted = applications.granted(citizen=anna, staff=mette, from_on=date(today.year - 1, 11, 1))
    asked = applications.application(
        citizen=anna, started_by=mette, scheme="paragraf_56", state=State.MORE_WANTED, answer_by=today
    )
    post = applications.vacancy(citizen=anna, noted_by=mette, state=VacancyState.ACCOUNT_SENT)
    user = mette if reader == "mette" else anna.user
    screen = screen_of(chromium, base_url=live_server.url, user=user, width=width)
    pages = [
        *[("applications", [anna.pk]), ("application_start", [anna.pk, "mentor"]), ("application", [granted.pk])],
        *[("application", [asked.pk]), ("application_documents", [asked.pk]), ("claims", [granted.pk])],
        *[("vacancies", [anna.pk]), ("vacancy", [post.pk]), ("vacancy_add", [anna.pk])],
        *[("application_move", [asked.pk, "withdraw"])],
    ]
    if reader == "mette":
        pages += [("deadlines", []), ("vacancy_negotiate", [post.pk]), ("application_move", [asked.pk, "decide"])]
        pages += [("claim_enter", [granted.pk, f"{today.year}-1"])]
    for name, arguments in pages:
        answer = screen.page.goto(reverse(name, args=arguments))
        assert answer is not None and answer.status == 200, name
        screen.check()
