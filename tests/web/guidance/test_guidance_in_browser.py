"""Guidance in a real browser: with htmx, without JavaScript, wide and narrow, and clean for axe on every page."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.guidance.models import GuidanceAnswer, ToldFact
from tests.browser import faults_of
from tests.factories import accounts, citizens, guidance, organisations, plans

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALBUM = os.environ.get("JOBBRO_SCREENSHOTS")


@pytest.fixture
def mette() -> User:
    return accounts.employee(team=organisations.team())


@pytest.fixture
def anna(mette: User) -> Citizen:
    with accounts.acting(mette):
        team = mette.positions.get().team
    citizen = citizens.citizen(team=team, has_login=True, lead=mette)
    plans.agreed_needs(citizen=citizen, staff=mette)
    return citizen


def opened(
    chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True, language: str = "en"
) -> Page:
    """A page of somebody who is logged in."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def check(page: Page, *, name: str, has_scripts: bool = True) -> None:
    """No complaint of axe, no sideways scrolling; a picture for the album when one is wanted."""
    if ALBUM:
        page.screenshot(path=f"{ALBUM}/guidance-{name}.png", full_page=True)
    if has_scripts:
        assert faults_of(page) == [], name


def told(user: User) -> list[tuple[str, str]]:
    with accounts.acting(user):
        return list(ToldFact.objects.order_by("told_at").values_list("code", "standing"))


def answer_the_question(page: Page) -> None:
    """The first answer that is offered."""
    panel = page.locator(".panel-now")
    if panel.get_by_role("radio").count():
        panel.locator("input[name=value]").first.check()
        if panel.get_by_label("What does the assessment rest on?").count():
            panel.get_by_label("What does the assessment rest on?").fill("Vi talte om det.")
        panel.get_by_role("button", name="Save and go on").click()
    else:
        panel.get_by_role("button", name="I do not know").click()


@pytest.mark.parametrize("width", [1280, 375])
def test_what_would_make_it_possible_stands_with_the_reason(
    chromium: Browser, live_server, mette: User, anna: Citizen, width: int
) -> None:
    guidance.told_fact(citizen=anna, by=mette, code="work_form", value="none")
    page = opened(chromium, live_server, mette, width=width)
    page.goto(reverse("guidance", args=[anna.pk]))
    expect(page.locator("#ruled-out-title ~ .schemes").get_by_text("It could fit if").first).to_be_visible()
    check(page, name=f"change-{width}")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_caseworker_answers_and_keeps(chromium: Browser, live_server, mette: User, anna: Citizen, width: int) -> None:
    guidance.told_fact(citizen=anna, by=mette, code="work_form", value="employee")
    page = opened(chromium, live_server, mette, width=width)
    page.goto(reverse("guidance", args=[anna.pk]))
    check(page, name=f"start-{width}")
    for number in range(1, 4):
        asked = page.locator("input[name=fact_code]").input_value()
        answer_the_question(page)
        expect(page.locator("input[name=fact_code]")).not_to_have_value(asked)
        assert len(told(mette)) == number + 1
    page.locator(".scheme summary").first.click()
    check(page, name=f"after-{width}")
    page.get_by_role("link", name="What if the job or the day were another?").click()
    page.get_by_label("Kind of job").select_option("self_employed")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#what-if h2").first).to_contain_text("What changes")
    check(page, name=f"what-if-{width}")
    page.goto(reverse("guidance_facts", args=[anna.pk]))
    check(page, name=f"facts-{width}")
    page.goto(reverse("guidance_fact", args=[anna.pk, "work_form"]))
    check(page, name=f"fact-{width}")
    page.get_by_role("link", name="Take it back").click()
    check(page, name=f"withdraw-{width}")
    page.goto(reverse("guidance_keep", args=[anna.pk]))
    check(page, name=f"keep-{width}")
    page.get_by_role("button", name="Keep this guidance").click()
    expect(page.get_by_text("it comes out exactly the same")).to_be_visible()
    check(page, name=f"answer-{width}")
    page.goto(reverse("guidance_answers", args=[anna.pk]))
    check(page, name=f"answers-{width}")
    with accounts.acting(mette):
        assert GuidanceAnswer.objects.count() == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_the_citizen_answers_in_danish(chromium: Browser, live_server, anna: Citizen, width: int) -> None:
    page = opened(chromium, live_server, anna.user, width=width, language="da")
    page.goto(reverse("guidance", args=[anna.pk]))
    check(page, name=f"own-{width}")
    page.locator(".scheme summary").first.click()
    check(page, name=f"own-open-{width}")
    page.goto(reverse("guidance_what_if", args=[anna.pk]))
    check(page, name=f"own-what-if-{width}")
    page.goto(reverse("guidance_facts", args=[anna.pk]))
    check(page, name=f"own-facts-{width}")
    page.context.add_cookies([{"name": "jobbro_easy", "value": "1", "url": live_server.url}])
    page.goto(reverse("guidance", args=[anna.pk]))
    expect(page.locator(".scheme").first).not_to_be_visible()
    check(page, name=f"easy-{width}")


def test_without_javascript_every_step_works(chromium: Browser, live_server, mette: User, anna: Citizen) -> None:
    page = opened(chromium, live_server, anna.user, scripts=False)
    page.goto(reverse("guidance", args=[anna.pk]))
    answer_the_question(page)
    expect(page.locator(".panel-now")).to_be_visible()
    check(page, name="plain", has_scripts=False)
    assert len(told(mette)) == 1
    page.goto(reverse("guidance_what_if", args=[anna.pk]))
    page.get_by_label("Kind of job").select_option("employee")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#what-if h2").first).to_contain_text("What changes")
    assert len(told(mette)) == 1
