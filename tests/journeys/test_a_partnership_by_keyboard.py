"""From an unknown company to a job it has said yes to, and one made by hand, without ever touching a mouse."""

import re

import pytest
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedJob
from jobbro.apps.organisations.models import Team
from tests.factories.accounts import acting
from tests.factories.employers import job_broker
from tests.factories.jobs import work_wish
from tests.journeys import bakery
from tests.journeys.screens import screen_of
from tests.journeys.workshop import Desk, answer_holds, found_by_worker, type_task

pytestmark = pytest.mark.django_db(transaction=True)
COMPANY, PLACE, OWNER = "Tastaturbageriet", "Bageriet i baggården", "Tove Tast"
OWN_PASSWORD = "regnorm-under-paraply-7"
TASKS = (
    "Veje råvarer af",
    "Lægge papir på plader",
    "Fylde dej i forme",
    "Skære frugt og hakke nødder",
    "Pensle og drysse",
)
BY_HAND = "Hjælp med hylderne"


class Typist(Desk):
    """A desk where everything is done by Tab, Enter, Space, arrows and typing."""

    def goes(self, link: str | re.Pattern[str], *, heading: str) -> None:
        """Along a link to the page with this heading, which is looked at the first time."""
        self.keys.press("link", link)
        self.arrives(heading)

    def sends(self, button: str | re.Pattern[str], *, heading: str = "") -> None:
        """A form; to the page with this heading when one is named."""
        self.keys.press("button", button)
        if heading:
            self.arrives(heading)

    def fills(self, **texts: str) -> None:
        """Texts into fields whose labels begin with these words; an underscore is a space."""
        for label, text in texts.items():
            self.keys.write(re.compile("^" + re.escape(label.replace("_", " "))), text)


@pytest.fixture
def jonas(team: Team) -> User:
    """The broker."""
    return job_broker(team=team)


@pytest.fixture
def anna(team: Team, jonas: User) -> Citizen:
    """Somebody whose needs and wishes are told."""
    found = bakery.who_tires_on_the_feet(team=team, by=jonas)
    work_wish(citizen=found, by=jonas, hours_min=4, hours_max=12)
    return found


def test_from_the_list_of_companies_to_the_employers_yes(
    chromium: Browser, live_server, jonas: User, anna: Citizen
) -> None:
    desk = Typist(screen_of(chromium, base_url=live_server.url, user=jonas))
    login = _company(desk)
    _place(desk)
    _tasks(desk)
    _suggestion(desk, anna=anna)
    answer_holds(jonas)
    _proposal(desk)
    owner = Typist(screen_of(chromium, base_url=live_server.url, user=None))
    _yes(owner, login=login)
    _by_hand(desk)
    with acting(jonas):
        states = dict(CarvedJob.objects.values_list("title", "state"))
    assert states.pop(BY_HAND) == CarvedState.DRAFT
    assert list(states.values()) == [CarvedState.AGREED]
    for screen in (desk, owner):
        screen.page.context.close()


def _company(desk: Typist) -> tuple[str, str]:
    """The company with its one entrance, and a login for whom to ring first."""
    desk.page.goto("/")
    desk.goes("Virksomheder", heading="Virksomheder")
    desk.goes("Tilføj en virksomhed", heading="Tilføj en virksomhed")
    desk.fills(**{"CVR-nummer": "12 34 56 74", "Hvad hedder virksomheden?": COMPANY, "Branche": "Bageri"})
    desk.sends("Tilføj virksomheden", heading=COMPANY)
    desk.goes("Tilføj en kontaktperson", heading="Tilføj en kontaktperson")
    desk.fills(Navn=OWNER, Telefon="12 34 56 78")
    desk.keys.tick(re.compile("^Det er den person, vi ringer til først"))
    desk.keys.tick(re.compile("^Må se, hvad en time i hver stilling koster"))
    desk.sends("Tilføj kontaktpersonen", heading=COMPANY)
    desk.goes(re.compile("^Giv et login"), heading=f"Skal {OWNER} have et login?")
    desk.sends("Lav et login", heading="Kontaktpersonens login er klar")
    username, password = desk.main.locator("code").all_inner_texts()
    desk.goes("Jeg har givet den videre", heading=COMPANY)
    return username, password


def _place(desk: Typist) -> None:
    """The workplace and its posts."""
    desk.goes("Tilføj en arbejdsplads", heading="Tilføj en arbejdsplads")
    desk.fills(**{"Hvad hedder arbejdspladsen?": PLACE, "Postnummer": "9990", "By": "Prøvekøbing"})
    desk.sends("Tilføj arbejdspladsen", heading=COMPANY)
    desk.goes(PLACE, heading=PLACE)
    desk.goes("Arbejdspladsens opgaver", heading="Opgaver på arbejdspladsen")
    desk.page.goto(desk.page.url.replace("tasks", "holders"))
    for post in bakery.POSTS[:2]:
        desk.goes("Tilføj en stilling", heading="Tilføj en stilling")
        desk.fills(
            **{
                "Hvad hedder stillingen?": post.name,
                "Hvor meget af timerne må højst gives til andre? (procent)": post.percent,
                "Hvad koster en time? (kroner)": post.hourly,
            }
        )
        desk.sends("Gem", heading="Stillinger på arbejdspladsen")
    desk.goes("Tilbage til listen", heading="Opgaver på arbejdspladsen")


def _tasks(desk: Typist) -> None:
    """Five tasks of the library, each with what it asks."""
    desk.goes("Tilføj en opgave", heading="Tilføj en opgave")
    for task in bakery.TASKS:
        if task.name in TASKS:
            type_task(desk, task)
            expect(desk.page.locator("#messages")).to_contain_text(f"Gemt: {task.name}.")
    desk.goes("Tilbage til listen", heading="Opgaver på arbejdspladsen")
    desk.goes("Tilbage til arbejdspladsen", heading=PLACE)


def _suggestion(desk: Typist, *, anna: Citizen) -> None:
    """The order, what the search found, and the job that is taken."""
    desk.goes("Find job af udvalgte opgaver", heading="Find job af udvalgte opgaver")
    desk.keys.tick(anna.name)
    desk.fills(**{"Hvad koster en time i det nye job?": "140"})
    desk.keys.choose("5 sekunder – et første kig")
    desk.sends("Begynd søgningen")
    found_by_worker(desk)
    desk.sends(re.compile("^Tag dette job"))
    expect(desk.main).to_contain_text("Alt hænger sammen")
    desk.screen.check()


def _proposal(desk: Typist) -> None:
    """What the employer will see, and off it goes."""
    desk.goes("Foreslå det til arbejdsgiveren", heading="Foreslå arbejdsgiveren jobbet")
    desk.sends("Foreslå det til arbejdsgiveren")
    desk.told("Jobbet er foreslået. Arbejdsgiveren kan se det og svare.")


def _yes(owner: Typist, *, login: tuple[str, str]) -> None:
    """The first login, and yes."""
    owner.page.goto("/login/")
    owner.fills(Brugernavn=login[0], Adgangskode=login[1])
    owner.sends("Log ind")
    expect(owner.page.get_by_label("Ny adgangskode", exact=True)).to_be_visible()
    owner.screen.check()
    owner.keys.write("Ny adgangskode", OWN_PASSWORD)
    owner.keys.write("Ny adgangskode én gang til", OWN_PASSWORD)
    owner.sends("Gem og log ind", heading=COMPANY)
    owner.keys.press("link", re.compile("^Læs "))
    expect(owner.page.get_by_role("button", name="Ja, det vil vi gerne")).to_be_visible()
    owner.screen.check()
    owner.sends("Ja, det vil vi gerne", heading="Tak, I har sagt ja")
    owner.goes("Tilbage til forsiden", heading=COMPANY)


def _by_hand(desk: Typist) -> None:
    """A second job of what is left, without a search."""
    desk.goes("Tilbage til jobbene", heading="Job af udvalgte opgaver")
    expect(desk.main.get_by_text("Aftalt med arbejdsgiveren")).to_be_visible()
    desk.goes("Lav et job selv", heading="Lav et job selv")
    desk.sends("Lav udkastet")
    expect(desk.page.locator(".error-summary")).to_be_visible()
    desk.screen.check()
    desk.fills(**{"Hvad hedder jobbet?": BY_HAND, "Hvad koster en time": "140"})
    free = desk.main.get_by_role("group", name=re.compile("^Opgaver i jobbet")).get_by_role("checkbox")
    label = free.first.evaluate("one => one.labels[0].innerText")
    desk.keys.tick(label)
    desk.sends("Lav udkastet", heading=BY_HAND)
    desk.told("Jobbet er lavet. Det er et udkast")
