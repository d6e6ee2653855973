"""The employer's pages in a real browser: wide and narrow, without JavaScript, by keyboard, and clean for axe."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.employers.enums import Promiser
from jobbro.apps.employers.models import Company, Workplace
from jobbro.apps.jobs.models import CarvedJob, CarvedSupport
from tests.browser import faults_of
from tests.factories import accounts, employers, jobs
from tests.factories.rows import rows_of, run, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGE = os.environ.get("JOBBRO_ALBUM_LANGUAGE", "en")
ALBUM = os.environ.get("JOBBRO_ALBUM", "")
TODAY = date.today()
WEEK = ("mon_am", "wed_am", "fri_pm")


@pytest.fixture
def bakery() -> Company:
    company = employers.company(trade="Bageri", phone="12 34 56 70", email="butik@kornblomst.example")
    place = employers.workplace(
        company=company, address="Torvet 3", postcode="9990", city="Prøvekøbing", features=["quiet_room", "breaks"]
    )
    employers.agreement(company=company)
    employers.promise(company=company, due_on=TODAY - timedelta(days=4))
    employers.promise(company=company, due_on=TODAY + timedelta(days=9), by=Promiser.THEM, text="Vise opvasken frem")
    for weeks in range(7):
        employers.talk(company=company, held_on=TODAY - timedelta(weeks=weeks))
    employers.need(company=company, places=2, workplace=place)
    employers.yearly_talk(company=company, held_on=TODAY - timedelta(days=90))
    _proposed(place)
    return company


def _proposed(place: Workplace) -> CarvedJob:
    posts = [jobs.holder(workplace=place, name=name, hourly="210") for name in ("Bager", "Ekspedient")]
    tasks = tuple(
        jobs.confirmed_task(
            workplace=place, name=name, holder=posts[number % 2], slots=[WEEK[number]], place="Bageriet"
        )
        for number, name in enumerate(("Vaske bageplader", "Fylde hylder", "Pakke brød i poser"))
    )
    job = jobs.carved_job(workplace=place, tasks=tasks, title="Orden i bageriet")
    run('update jobs_carvedjob set demand = \'{"lifting": 3, "standing": 2}\' where id = $1::uuid', value=job.pk)
    write(CarvedSupport(company=place.company, job=job, measure="checklists", is_shown=True))
    return job


@pytest.fixture
def bente(bakery: Company) -> User:
    return employers.employer_user(company=bakery, sees_wages=True, title="Bagermester", phone="12 34 56 78")


def opened(chromium: Browser, live_server, user: User, *, width: int = 1280, scripts: bool = True) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, base_url=live_server.url
    )
    session = accounts.log_in(Client(), user).cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": LANGUAGE}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    return context.new_page()


def look(page: Page, name: str, *, width: int) -> list[str]:
    if ALBUM:
        page.screenshot(path=Path(ALBUM) / f"{name}-{width}.png", full_page=True)
    return faults_of(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_clean(chromium: Browser, live_server, bente: User, width: int) -> None:
    page = opened(chromium, live_server, bente, width=width)
    job, need = (rows_of(f"select id from {table}")[0].id for table in ("jobs_carvedjob", "employers_recruitmentneed"))
    paths = {
        "home": "/",
        "company": reverse("our_company"),
        "proposals": reverse("our_proposals"),
        "proposal": reverse("our_proposal", args=[job]),
        "decline": reverse("our_proposal_decline", args=[job]),
        "need": reverse("our_need_add"),
        "need-end": reverse("our_need_end", args=[need]),
        "guides": reverse("employer_guides"),
        "guide": reverse("employer_guide", args=["find_the_right_help"]),
        "privacy": reverse("privacy"),
        "help": reverse("help"),
    }
    for name, path in paths.items():
        page.goto(path)
        assert look(page, name, width=width) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


@pytest.mark.parametrize("width", [1280, 375])
def test_refusals_and_receipts_are_clean_too(
    chromium: Browser, live_server, bente: User, bakery: Company, width: int
) -> None:
    page = opened(chromium, live_server, bente, width=width)
    job = rows_of("select id from jobs_carvedjob")[0].id
    page.goto(reverse("our_need_add"))
    page.locator("main button.button-primary").click()
    assert look(page, "need-refused", width=width) == []
    page.goto(reverse("our_proposal", args=[job]))
    run("update jobs_carvedjob set changed_at = now() where id = $1::uuid", value=job)
    page.locator("main button.button-primary").click()
    assert look(page, "proposal-changed", width=width) == []
    page.locator("main button.button-primary").click()
    expect(page).to_have_url(re.compile("/answered/$"))
    assert look(page, "answered", width=width) == []
    run("update jobs_carvedjob set state = 'draft' where id = $1::uuid", value=job)
    page.goto(reverse("our_proposal", args=[job]))
    assert look(page, "no-proposal", width=width) == []
    run("update employers_company set state = 'closed' where id = $1::uuid", value=bakery.pk)
    page.goto("/")
    assert look(page, "closed", width=width) == []
    run(
        f"update employers_contactperson set until_on = '{TODAY - timedelta(days=1)}' where user_id = $1::uuid",
        value=bente.pk,
    )
    page.goto("/")
    assert look(page, "ended", width=width) == []


def test_a_proposal_is_answered_by_keyboard_without_javascript(chromium: Browser, live_server, bente: User) -> None:
    page = opened(chromium, live_server, bente, width=375, scripts=False)
    page.goto("/")
    page.locator("main a.button-primary").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/our-proposals/"))
    page.locator("input[name=name]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/answered/$"))
    (job,) = rows_of("select state, agreed_with from jobs_carvedjob")
    assert (job.state, job.agreed_with) == ("agreed", "Bente Bager")
