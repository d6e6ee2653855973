"""From a first visit at a bakery, through its 25 tasks typed on a phone, to two jobs agreed with the employer."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from tests.factories.employers import job_broker
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
    type_task,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 375
# The first tasks are typed without touching the screen.
BY_KEYBOARD = 3
# At this bakery the sacks are heavier than the library says.
HEAVIER = "Hente mel og tunge råvarer"
JOB = "Hjælp i bageriet om formiddagen"
DESCRIPTION = "Du gør kager og brød klar sammen med konditoren. Der er altid en kollega i nærheden."
# Asks for a driving licence, which Anna has not.
TOO_MUCH = "Køre brød ud til kunder"
PUT_IN, TAKE_OUT = f"^Læg i job.*{TOO_MUCH}$", f"^Tag ud.*{TOO_MUCH}$"
BREAK = f"“{TOO_MUCH}” kræver noget, der ikke er blandt færdighederne: Kørekort til bil."
OWN_PASSWORD = "regnorm-under-paraply-7"
COMPANY, PLACE, OWNER = "Bageriet Havrekerne", "Butikken på Torvet", "Bente Bager"


@pytest.fixture
def jonas(team: Team) -> User:
    """The broker."""
    return job_broker(team=team)


def test_on_a_phone(chromium: Browser, live_server, team: Team, jonas: User) -> None:
    anna, per = bakery.who_tires_on_the_feet(team=team, by=jonas), bakery.who_needs_quiet(team=team, by=jonas)
    screens = {"base_url": live_server.url, "width": PHONE}
    desk = Desk(screen_of(chromium, user=jonas, **screens))
    _first_visit(desk)
    login = _contact(desk)
    _posts(desk)
    _tasks(desk)
    _demands(desk)
    place = desk.page.url
    _wishes(desk, anna=anna, per=per)
    desk.page.goto(place)
    _suggestion(desk, people=(anna, per))
    answer_holds(jonas)
    _adjustment(desk, anna=anna)
    propose_both(desk)
    owner = Desk(screen_of(chromium, user=None, **screens))
    _yes(owner, login=login)
    letter = (PLACE, COMPANY, jonas.display_name, "140")
    both_are_agreed_and_printed(desk, by=jonas, words=letter, silent_about=("Anna", "Lund", "Per", "Aagaard"))
    home = Desk(screen_of(chromium, user=anna.user, **screens))
    _at_home(home)
    for screen in (desk, owner, home):
        screen.page.context.close()


def _first_visit(desk: Desk) -> None:
    """The company with its one entrance, the place and its week, what was said and promised."""
    desk.page.goto(reverse("employers"))
    desk.arrives("Virksomheder")
    desk.follows("Tilføj en virksomhed", heading="Tilføj en virksomhed")
    desk.writes(cvr="12 34 56 75", name=COMPANY, trade="Bageri", phone="70 10 20 40")
    desk.presses("Tilføj virksomheden")
    expect(desk.page.locator(".error-summary")).to_contain_text("Det sidste ciffer passer ikke")
    desk.screen.check()
    desk.writes(cvr="12 34 56 74")
    desk.presses("Tilføj virksomheden")
    desk.arrives(COMPANY)
    desk.follows("Tilføj en arbejdsplads", heading="Tilføj en arbejdsplads")
    desk.writes(name=PLACE, address="Torvet 3", postcode="9990", city="Prøvekøbing", slot_hours="4")
    desk.presses("Tilføj arbejdspladsen")
    desk.arrives(COMPANY)
    desk.follows("Skriv en samtale", heading="Skriv en samtale")
    desk.writes(text="Vi gik en tur i bageriet. Der er travlt fra klokken fem, og montren bliver sjældent pudset.")
    desk.presses("Gem samtalen")
    desk.arrives(COMPANY)
    desk.follows("Skriv et løfte", heading="Skriv et løfte")
    desk.main.locator("[name=by]").first.check()
    desk.writes(text="Ringe på mandag om opgaverne", due_on="2027-12-12")
    desk.presses("Gem løftet")
    desk.arrives(COMPANY)
    expect(desk.main).to_contain_text("Ringe på mandag om opgaverne")
    desk.follows("Ret status", heading="Hvor står samarbejdet?")
    desk.main.get_by_label("Samarbejdet begynder").check()
    desk.presses("Gem status")
    desk.arrives(COMPANY)
    desk.screen.check()


def _contact(desk: Desk) -> tuple[str, str]:
    """Whom to ring first, and the login that is handed over."""
    desk.follows("Tilføj en kontaktperson", heading="Tilføj en kontaktperson")
    desk.writes(name=OWNER, title="Bagermester", phone="12 34 56 78")
    desk.main.locator("[name=is_first]").check()
    desk.main.locator("[name=sees_wages]").check()
    desk.presses("Tilføj kontaktpersonen")
    desk.arrives(COMPANY)
    desk.main.get_by_role("link", name=re.compile("^Giv et login")).click()
    desk.arrives(f"Skal {OWNER} have et login?")
    desk.presses("Lav et login")
    desk.arrives("Kontaktpersonens login er klar")
    username, password = desk.main.locator("code").all_inner_texts()
    desk.follows("Jeg har givet den videre", heading=COMPANY)
    return username, password


def _posts(desk: Desk) -> None:
    """Who does the tasks today, what an hour costs and how much may be given away."""
    desk.follows(PLACE, heading=PLACE)
    desk.follows("Arbejdspladsens opgaver", heading="Opgaver på arbejdspladsen")
    address = desk.page.url
    desk.page.goto(address.replace("tasks", "holders"))
    for post in bakery.POSTS:
        desk.follows("Tilføj en stilling", heading="Tilføj en stilling")
        desk.writes(name=post.name, percent=post.percent, hourly=post.hourly)
        desk.presses("Gem")
        desk.arrives("Stillinger på arbejdspladsen")
    expect(desk.main.get_by_role("row", name=re.compile("Konditor"))).to_contain_text("262,5")
    desk.page.goto(address)


def _tasks(desk: Desk) -> None:
    """All of them, one after the other: the first by keyboard alone, the others as thumbs do it."""
    desk.follows("Tilføj en opgave", heading="Tilføj en opgave")
    for number, task in enumerate(bakery.TASKS):
        if number < BY_KEYBOARD:
            type_task(desk, task)
        else:
            _tap(desk, task)
        expect(desk.page.locator("#messages")).to_contain_text(f"Gemt: {task.name}.")
        if number in (0, BY_KEYBOARD):
            desk.screen.check()


def _tap(desk: Desk, task: BakeryTask) -> None:
    page = desk.page
    # Suggestions come to what is typed after the page's script has begun, and a machine types at once.
    page.wait_for_load_state()
    desk.writes(name=task.picked or task.name)
    if task.picked:
        desk.presses(task.name)
        expect(page.locator(".saved")).to_contain_text("Udfyldt fra biblioteket")
    else:
        desk.writes(place=task.place)
    desk.writes(hours=task.hours)
    for times in (bakery.MORNINGS, bakery.AFTERNOONS):
        page.get_by_role("checkbox", name=times).set_checked(times in task.times)
    page.get_by_label("Hvem gør det i dag?", exact=True).select_option(task.post)
    desk.presses("Gem og næste opgave")


def _demands(desk: Desk) -> None:
    """What each task asks is looked at: as it stands, changed, or begun from something alike."""
    desk.follows("Tilbage til listen", heading="Opgaver på arbejdspladsen")
    expect(desk.main).to_contain_text("25 opgaver")
    desk.screen.check()
    for task in bakery.TASKS:
        desk.main.get_by_role("link", name=re.compile(f"{task.name}$")).and_(
            desk.page.locator("a[href$='/demand/']")
        ).click()
        desk.arrives("Hvad opgaven kræver")
        _confirm(desk, task)
        expect(desk.page.locator("#messages")).to_contain_text(f"Bekræftet: {task.name}.")
    expect(desk.main.get_by_role("heading", name="Før der kan skæres et job ud")).to_have_count(0)


def _confirm(desk: Desk, task: BakeryTask) -> None:
    if not task.picked:
        desk.page.get_by_label("En opgave eller et fag").fill(task.alike)
        desk.page.keyboard.press("Enter")
        desk.main.get_by_role("button", name=re.compile("^Udfyld fra")).first.click()
        expect(desk.page.locator("#messages")).to_contain_text("Udfyldt.")
    if task.name == HEAVIER:
        desk.main.locator("input[name=lifting][value='4']").check()
        desk.presses("Gem og bekræft")
    else:
        desk.presses("Bekræft, som de står")


def _wishes(desk: Desk, *, anna: Citizen, per: Citizen) -> None:
    """When and how much the two want to work, written down with them."""
    _wish(desk, citizen=anna, hours=("8", "12"), times=(bakery.MORNINGS,), at_a_time="3")
    _wish(desk, citizen=per, hours=("10", "15"), times=(bakery.MORNINGS, bakery.AFTERNOONS), at_a_time="4")


def _wish(desk: Desk, *, citizen: Citizen, hours: tuple[str, str], times: tuple[str, ...], at_a_time: str) -> None:
    desk.page.goto(reverse("citizen", args=[citizen.pk]))
    desk.arrives(citizen.name)
    desk.follows("Hvornår og hvor meget arbejde passer", heading="Hvornår og hvor meget arbejde passer")
    for one in times:
        desk.main.get_by_label(one, exact=True).check()
    desk.writes(hours_min=hours[0], hours_max=hours[1], max_hours_per_slot=at_a_time, max_km="10")
    desk.presses("Gem")
    desk.told("Gemt. Det kan ændres når som helst.")


def _suggestion(desk: Desk, *, people: tuple[Citizen, ...]) -> None:
    """A search for the two finds two jobs, the worker doing what it does every day; both are taken."""
    desk.follows("Tilbage til arbejdspladsen", heading=PLACE)
    desk.follows("Find job af udvalgte opgaver", heading="Find job af udvalgte opgaver")
    for citizen in people:
        desk.main.get_by_label(citizen.name, exact=True).check()
    desk.writes(wage="140")
    search(desk, seconds="5 sekunder – et første kig")
    for citizen in people:
        expect(desk.main.get_by_role("heading", name=citizen.name)).to_be_visible()
    expect(desk.main).to_contain_text("Hører til kernen i stillingen og bliver der.")
    take_both(desk)


def _adjustment(desk: Desk, *, anna: Citizen) -> None:
    """By keyboard alone: a task too much is put in, the sentence says what breaks, and it is taken out again."""
    for address in desk.main.locator("th a").evaluate_all("all => all.map(one => one.href)"):
        desk.page.goto(address)
        if desk.main.get_by_text(anna.name).count():
            break
    expect(desk.main).to_contain_text(anna.name)
    desk.screen.check()
    desk.keys.press("link", "Ret jobbet")
    desk.arrives("Ret jobbet")
    desk.keys.press("button", re.compile(PUT_IN))
    breaks = desk.page.locator("#breaks")
    expect(breaks).to_contain_text(BREAK)
    expect(desk.page.get_by_role("button", name=re.compile(TAKE_OUT))).to_be_focused()
    desk.screen.check()
    desk.page.keyboard.press("Enter")
    expect(breaks).to_contain_text(
        "Alt hænger sammen: tider, færdigheder, støtte og det, stillingerne må give fra sig."
    )
    desk.keys.write("Hvad hedder jobbet?", JOB)
    desk.keys.write(re.compile("Beskrivelse til borgeren og arbejdsgiveren"), DESCRIPTION)
    desk.keys.press("button", "Gem jobbet")
    desk.arrives(JOB)


def _yes(owner: Desk, *, login: tuple[str, str]) -> None:
    """The owner's first login, and yes to both proposals, each with its receipt."""
    owner.page.goto("/login/")
    owner.writes(username=login[0], password=login[1])
    owner.presses("Log ind")
    owner.page.wait_for_load_state()
    owner.writes(new=OWN_PASSWORD, again=OWN_PASSWORD)
    owner.main.locator("button[type=submit]").click()
    owner.arrives(COMPANY)
    say_yes_to_both(owner, company=COMPANY, name=OWNER)
    expect(owner.main).not_to_contain_text("Lund")


def _at_home(home: Desk) -> None:
    """Anna reads in plain words what the job is; nothing is decided without her."""
    home.page.goto("/")
    home.arrives("Hej, Anna Lund")
    home.follows(JOB, heading=JOB)
    expect(home.main).to_contain_text("Arbejdspladsen har sagt ja til jobbet.")
    expect(home.main).to_contain_text(DESCRIPTION)
    expect(home.main).to_contain_text("Intet bliver bestemt uden dig. Sig det, hvis noget ikke passer.")
