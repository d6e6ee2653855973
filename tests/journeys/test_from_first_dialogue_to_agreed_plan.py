"""A caseworker and a citizen go from the first dialogue to an agreed plan, at one screen and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from tests.browser import Watched
from tests.factories.accounts import PASSWORD
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
WORK = "Kok"
HOPES = "Et roligt sted tæt på mit hjem."
# The same day in whichever order the browser asks for day and month.
DUE = "12122027"


class Person:
    """Somebody at a screen of their own, with nothing but a keyboard."""

    def __init__(self, chromium: Browser, *, base_url: str) -> None:
        context = chromium.new_context(base_url=base_url, locale="da-DK", viewport={"width": 1280, "height": 800})
        self.screen = Watched(context)
        self.page, self.keys = self.screen.page, Keyboard(self.screen.page)

    def arrives(self, heading: str) -> None:
        """The page with this heading is there, and it is as every page must be."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.page.wait_for_load_state()
        self.screen.check()

    def logs_in(self, account: User, *, heading: str) -> None:
        self.page.goto("/login/")
        self.arrives("Log ind")
        self.keys.write("Brugernavn", account.username)
        self.keys.write("Adgangskode", PASSWORD)
        self.page.keyboard.press("Enter")
        self.arrives(heading)

    def saves(self, button: str = "Gem og fortsæt", *, heading: str) -> None:
        """The next question takes the focus with it."""
        self.keys.press("button", button)
        expect(self.page.locator("#question")).to_be_focused()
        self.arrives(heading)


def test_by_keyboard_alone(chromium: Browser, live_server, mette: User, anna: Citizen) -> None:
    person = Person(chromium, base_url=live_server.url)
    person.logs_in(mette, heading="I dag")
    _open_the_file(person)
    _hold_the_dialogue(person)
    _agree_about_the_needs(person)
    _choose_support(person)
    _write_the_plan(person)
    _agree_to_the_plan(person)
    _open_the_letter(person)
    at_home = Person(chromium, base_url=live_server.url)
    at_home.logs_in(anna.user, heading="Hej, Anna Lund")
    _read_at_home(at_home)


def _open_the_file(person: Person) -> None:
    person.keys.press("link", "Borgere")
    person.arrives("Borgere")
    person.keys.press("link", re.compile("Anna"))
    person.arrives("Anna Lund")


def _hold_the_dialogue(person: Person) -> None:
    keys = person.keys
    keys.press("link", "Begynd dialogen")
    person.arrives("En dialog om dig og arbejde")
    keys.choose("Sammen ved én skærm")
    keys.press("button", "Begynd dialogen")
    person.arrives("Fortæl om dig selv og arbejde.")
    _tell_about_work(person)
    _tell_what_matters(person)


def _tell_about_work(person: Person) -> None:
    keys, profile = person.keys, person.page.locator("#profile")
    keys.write(re.compile("^Fortæl om dig selv"), "Jeg har kørt bus i ti år.")
    person.saves(heading="Tænk på en gang, hvor det gik godt.")
    expect(profile).to_contain_text("Jeg har kørt bus i ti år.")
    person.saves("Spring over for nu", heading="Hvad håber du på, når det gælder arbejde?")
    keys.write(re.compile("^Hvad håber du på"), HOPES)
    person.saves(heading="Hvad skal et arbejde give dig")
    keys.tick("Ro omkring mig")
    person.saves(heading="Er der noget, du helst vil undgå")
    expect(profile).to_contain_text("Ro omkring mig")
    person.saves("Ved ikke", heading="Hvor mange timer om ugen")
    keys.write(re.compile("^Mindst"), "12,5")
    keys.write(re.compile("^Højst"), "15")
    person.saves(heading="Hvilke dage kan du arbejde")
    expect(profile).to_contain_text("12,5")
    for heading in (
        "Hvornår på dagen har du det bedst?",
        "Hvordan kan du komme til og fra arbejde?",
        "Hvor langt væk må et arbejde højst ligge?",
        "Hvad er du god til",
        "Hvad har du lært",
        "Har du et kørekort",
        "Hvad kunne du godt tænke dig at arbejde med?",
    ):
        person.saves("Spring over for nu", heading=heading)
    keys.search(re.compile("^Søg efter et job"), WORK)
    keys.tick(WORK)
    person.saves(heading="Er der noget ved kroppen")


def _tell_what_matters(person: Person) -> None:
    keys, profile = person.keys, person.page.locator("#profile")
    keys.tick("Løfte og bære")
    keys.tick("Stå")
    keys.tick("Fysisk udholdenhed")
    keys.tick("Resten går uden besvær")
    person.saves(heading="Er der noget ved at se, høre")
    keys.tick("Nej, det hele går uden besvær")
    person.saves(heading="Er der noget ved at holde fokus")
    keys.tick("Nej, det hele går uden besvær")
    person.saves(heading="Er der noget ved energi")
    keys.tick("Nej, det hele går uden besvær")
    person.saves(heading="Er der noget ved at være sammen med andre")
    keys.tick("Nej, det hele går uden besvær")
    person.saves(heading="Fortæl om en dag, hvor du skulle løfte")
    expect(profile.locator("svg").first).to_be_visible()
    keys.write(re.compile("^Fortæl om en dag"), "Kasserne er tunge.")
    keys.choose("Det er meget svært, selv når det er let.")
    keys.write(re.compile("^Hvad hjælper dig"), "En vogn.")
    person.saves(heading="Fortæl om en dag, hvor du skulle stå")
    expect(profile).to_contain_text("meget svært")
    keys.choose("Det er svært at stå i mere end en halv time.")
    person.saves(heading="Fortæl om en dag, hvor din krop var i gang længe.")
    keys.choose("Ved ikke")
    # What was skipped is asked once more at the end; today they leave it there.
    person.saves(heading="Tænk på en gang, hvor det gik godt.")
    expect(profile).to_contain_text("ved ikke")
    keys.press("link", "Læs det hele, og ret det, du vil")


def _agree_about_the_needs(person: Person) -> None:
    keys, page = person.keys, person.page
    person.arrives("Alt det, der er fortalt")
    expect(page.get_by_role("main")).to_contain_text("Kasserne er tunge.")
    keys.press("button", "Det passer – gå videre")
    person.arrives("Er vi enige om det her?")
    keys.tick("Borgeren har læst det og er enig")
    keys.tick("Jeg har læst det og er enig")
    keys.press("button", "Gem, at vi er enige")
    person.arrives("I er enige om behovene")
    expect(page.get_by_role("main")).to_contain_text("Skrevet ned på mødet af Mette Holm")
    keys.press("link", "Se på støtte")
    person.arrives("Støtte til Anna Lund")


def _choose_support(person: Person) -> None:
    keys, page = person.keys, person.page
    expect(page.locator("figure svg, .bridge svg").first).to_be_visible()
    proposed = page.locator("#id_measures .option").filter(has_text="del af forslaget").locator("[name=measures]")
    names = [
        proposed.nth(number).evaluate("box => box.labels[0].textContent.trim()") for number in range(proposed.count())
    ]
    assert names, "the work asks for more than goes alone, so something is proposed"
    for name in names:
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            keys.tick(name)
        # htmx has put the new bridge in place when nothing is settling any more.
        expect(page.locator("#support-choice:not(.htmx-request, .htmx-swapping, .htmx-settling)")).to_be_visible()
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_focused()
    expect(page.locator("#bridge-status")).to_have_text("Jeres valg dækker alt det, støtte kan dække.")
    person.arrives("Støtte til Anna Lund")
    keys.press("button", "Gem det, I har valgt")
    expect(page.get_by_role("heading", name="Det har I valgt")).to_be_visible()
    person.arrives("Støtte til Anna Lund")
    keys.press("link", "Gå videre til planen")
    person.arrives("Plan for Anna Lund")


def _write_the_plan(person: Person) -> None:
    keys, page = person.keys, person.page
    keys.press("link", "Begynd planen")
    person.arrives("Begynd en plan for Anna Lund")
    expect(page.get_by_role("textbox", name="Hvad vil du gerne?")).to_have_value(HOPES)
    keys.press("button", "Begynd planen")
    expect(page.get_by_role("heading", name=HOPES)).to_be_visible()
    person.arrives("Plan for Anna Lund")
    keys.press("link", "Tilføj et mål")
    person.arrives("Tilføj et mål")
    keys.write("Målet med borgerens egne ord", "Jeg vil prøve et køkken.")
    keys.press("button", "Gem")
    expect(page.get_by_role("heading", name="Jeg vil prøve et køkken.")).to_be_visible()
    person.arrives("Plan for Anna Lund")
    keys.press("link", "Tilføj et skridt til mål 2")
    person.arrives("Tilføj et skridt")
    keys.write("Hvad skal der ske?", "Besøg køkkenet på plejehjemmet")
    keys.choose("Mette Holm")
    keys.tab_to("textbox", re.compile("^Hvornår?"))
    page.keyboard.type(DUE)
    keys.press("button", "Gem")
    expect(page.get_by_role("row", name=re.compile("Besøg køkkenet"))).to_contain_text("12. december 2027")
    person.arrives("Plan for Anna Lund")


def _agree_to_the_plan(person: Person) -> None:
    keys = person.keys
    keys.press("button", "Gør planen klar til et ja")
    expect(person.page.get_by_role("link", name="Sig ja til planen")).to_be_visible()
    person.arrives("Plan for Anna Lund")
    keys.press("link", "Sig ja til planen")
    person.arrives("Sig ja til planen")
    keys.tick("Jeg siger ja til planen")
    keys.tick("Borgeren har læst planen og sagt ja på mødet")
    keys.press("button", "Gem aftalen")
    person.arrives("Planen er aftalt")


def _open_the_letter(person: Person) -> None:
    with person.page.expect_response(re.compile("plan.pdf$")) as opened:
        person.keys.press("link", "Skriv planen ud (PDF)")
    assert opened.value.headers["content-type"] == "application/pdf"
    assert person.page.context.request.get(opened.value.url).body().startswith(b"%PDF-")


def _read_at_home(person: Person) -> None:
    keys, page = person.keys, person.page
    keys.press("link", "Min plan")
    person.arrives("Min plan")
    expect(page.get_by_role("main")).to_contain_text("Besøg køkkenet på plejehjemmet")
    keys.press("link", "Hvem har set mine oplysninger")
    person.arrives("Hvem har set mine oplysninger?")
    expect(page.get_by_role("main")).to_contain_text("Sagsbehandler, Job og Støtte")
