"""The 25 tasks come as a spreadsheet; two rows are put right, and two jobs are agreed with the bakery and printed."""

import io

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import Workplace
from jobbro.apps.organisations.models import Team
from tests.factories import employers
from tests.journeys import bakery
from tests.journeys.bakery import BakeryTask
from tests.journeys.screens import screen_of
from tests.journeys.workshop import (
    Desk,
    answer_holds,
    both_are_agreed_and_printed,
    propose_both,
    say_yes_to_both,
    search,
    take_both,
)

pytestmark = pytest.mark.django_db(transaction=True)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ("Opgave", "Timer om ugen", "Hvornår", "Sted", "Stilling", "Bliver i stillingen")
COMPANY, PLACE, OWNER = "Rugbrødsbageriet", "Bageriet ved havnen", "Ove Ovn"
# What people write in cells that ask for hours and half-days.
FAULTY = {"Lægge papir på plader": ("hours", "et par"), "Pensle og drysse": ("when", "når der er tid")}
JOB = "Medhjælp i bageriet"
DESCRIPTION = "Du hjælper med det, der skal være klar, før butikken åbner."


@pytest.fixture
def jonas(team: Team) -> User:
    """The broker."""
    return employers.job_broker(team=team)


@pytest.fixture
def place(team: Team, jonas: User) -> Workplace:
    """A bakery that has been a partner for a while."""
    company = employers.company(team=team, broker=jonas, name=COMPANY)
    return employers.workplace(company=company, name=PLACE, address="Havnen 2", postcode="9990", city="Prøvekøbing")


@pytest.fixture
def ove(place: Workplace) -> User:
    """The owner, who has a login."""
    return employers.employer_user(company=place.company, name=OWNER, sees_wages=True)


def test_on_a_large_screen(
    chromium: Browser, live_server, team: Team, jonas: User, ove: User, place: Workplace
) -> None:
    for number in range(3):
        bakery.who_tires_on_the_feet(team=team, by=jonas, family_name=f"Lund {number}")
        bakery.who_needs_quiet(team=team, by=jonas, family_name=f"Aagaard {number}")
    desk = Desk(screen_of(chromium, base_url=live_server.url, user=jonas))
    desk.page.goto(reverse("workplace", args=[place.pk]))
    desk.arrives(PLACE)
    desk.follows("Arbejdspladsens opgaver", heading="Opgaver på arbejdspladsen")
    _dry_run(desk)
    _import(desk)
    _wages(desk)
    _without_scripts(Desk(screen_of(chromium, base_url=live_server.url, user=jonas, scripts=False)), place=place)
    _jobs_for_those_who_wait(desk, place=place)
    answer_holds(jonas)
    _words(desk)
    propose_both(desk)
    owner = Desk(screen_of(chromium, base_url=live_server.url, user=ove))
    owner.page.goto("/")
    owner.arrives(COMPANY)
    say_yes_to_both(owner, company=COMPANY, name=OWNER)
    letter = (PLACE, COMPANY, jonas.display_name, "140")
    both_are_agreed_and_printed(desk, by=jonas, words=letter, silent_about=("Anna", "Lund", "Per", "Aagaard"))
    for screen in (desk, owner):
        screen.page.context.close()


def _file(*, faulty: dict[str, tuple[str, str]]) -> dict[str, object]:
    """The bakery's own spreadsheet, as a browser sends it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for task in bakery.TASKS:
        sheet.append(_row(task, wrong=faulty.get(task.name, ("", ""))))
    content = io.BytesIO()
    book.save(content)
    return {"name": "opgaver.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}


def _row(task: BakeryTask, *, wrong: tuple[str, str]) -> tuple[str, ...]:
    when = "man-fre" if len(task.times) == 2 else "man-fre formiddag" if task.mornings else "man-fre eftermiddag"
    cells = {"name": task.name, "hours": task.hours, "when": when, "place": task.place, "post": task.post}
    cells["stays"] = "ja" if task.is_core else ""
    column, text = wrong
    return tuple({**cells, **({column: text} if column else {})}.values())


def _dry_run(desk: Desk) -> None:
    """Each row with what it would become; nothing is on the list, and the two say what to write."""
    desk.follows("Indlæs fra et regneark", heading="Indlæs opgaver fra et regneark")
    desk.main.locator("input[type=file]").set_input_files(_file(faulty=FAULTY))
    desk.presses("Se på filen")
    desk.arrives("Det er i filen")
    expect(desk.main).to_contain_text("Der er ikke kommet noget på listen endnu.")
    wrong = desk.main.get_by_role("row").filter(has_text="ret den")
    expect(wrong).to_have_count(len(FAULTY))
    expect(wrong.filter(has_text="Lægge papir på plader")).to_contain_text(
        "Skriv, hvor mange timer det tager i en almindelig uge, for eksempel 2,5."
    )
    expect(wrong.filter(has_text="Pensle og drysse")).to_contain_text("man-fre formiddag")


def _import(desk: Desk) -> None:
    """The same file with the two rows put right; the posts come with the tasks."""
    desk.follows("Vælg en anden fil", heading="Indlæs opgaver fra et regneark")
    desk.main.locator("input[type=file]").set_input_files(_file(faulty={}))
    desk.presses("Se på filen")
    desk.arrives("Det er i filen")
    expect(desk.main.get_by_text("ret den", exact=True)).to_have_count(0)
    desk.main.locator("[name=makes_posts]").check()
    desk.presses("Føj til listen")
    desk.arrives("Opgaver på arbejdspladsen")
    desk.told("25 opgaver")
    desk.screen.check()


def _wages(desk: Desk) -> None:
    """What an hour costs, and how much each post may give away."""
    desk.follows("Stillingerne", heading="Stillinger på arbejdspladsen")
    for post in bakery.POSTS:
        desk.follows(post.name, heading="Ret stillingen")
        desk.writes(percent=post.percent, hourly=post.hourly)
        desk.presses("Gem")
        desk.arrives("Stillinger på arbejdspladsen")


def _without_scripts(desk: Desk, *, place: Workplace) -> None:
    """One more task from the library where no JavaScript runs."""
    desk.page.goto(reverse("task_add", args=[place.pk]))
    desk.writes(name="kander kaffe")
    desk.presses("Se i opgavebiblioteket")
    desk.main.locator("button[name=pick]").first.click()
    desk.writes(hours="1")
    desk.main.get_by_label("Hvem gør det i dag?", exact=True).select_option(bakery.SHOP)
    desk.presses("Gem og se listen")
    expect(desk.page.locator("#messages")).to_contain_text("Gemt: ")
    desk.page.context.close()


def _jobs_for_those_who_wait(desk: Desk, *, place: Workplace) -> None:
    """A search without a name; the tasks that nobody has said the demands of are named and left out."""
    desk.page.goto(reverse("carving_start", args=[place.pk]))
    desk.arrives("Find job af udvalgte opgaver")
    expect(desk.main).to_contain_text("Ikke med: Ingen har sagt, hvad de kræver")
    expect(desk.main).to_contain_text("Pudse montren")
    desk.main.get_by_role("radio", name="Den profil, som de fleste, der venter, har").check()
    desk.writes(jobs="2", hours_min="8", hours_max="15", wage="140")
    search(desk, seconds="5 sekunder – et første kig")
    expect(desk.main).to_contain_text("6 personer, der venter.")
    expect(desk.main).not_to_contain_text("Lund")
    take_both(desk)


def _words(desk: Desk) -> None:
    """A name and a few words for one of them; the other is called by its tasks."""
    desk.main.locator("th a").first.click()
    expect(desk.main).to_contain_text(
        "Alt hænger sammen: tider, færdigheder, støtte og det, stillingerne må give fra sig."
    )
    desk.screen.check()
    desk.follows("Ret jobbet", heading="Ret jobbet")
    desk.writes(title=JOB, description=DESCRIPTION)
    desk.presses("Gem jobbet")
    desk.arrives(JOB)
