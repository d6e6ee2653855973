"""From an agreed plan through a proposal, a card, a round-table and three signatures to a first day.

All that the company's browser is ever sent is kept and read: nothing of the citizen is in it but the card.
"""

import io
import re
from datetime import timedelta
from uuid import UUID

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.services.refreshing import refresh_files
from jobbro.apps.organisations.models import Team
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.screening.enums import State
from jobbro.kernel.vocabulary import GROUPS
from tests.browser import Watched
from tests.factories import citizens, employers, jobs, openings, plans, screening
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run
from tests.journeys.screens import screen_of
from tests.journeys.workshop import words_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 375
NEAR = {"x": 640.0, "y": 6270.0}
JOB, COMPANY, OWNER = "Hjælp i bageriet", "Bageriet Havrekerne", "Bente Bager"
SENTENCE = "Jeg har det bedst, når jeg kan sidde ind imellem."
SAID = {"standing": (2, "Jeg bliver træt i benene af at stå."), "memory": (1, "Jeg glemmer, hvad der blev sagt.")}
SHOWN, KEPT = "standing_support_chair", "picture_guides"
# What is known of Anna and does not stand on the card: name, own words, areas, kinds of support, address, ids.
SECRETS = (
    *("Hemmelig", "Prøvevej", "9999", "12 34 56 78"),
    *(words for _level, words in SAID.values()),
    *("Remembering", "Huske", "memory", KEPT, "Picture", "Billed"),
    *("Ro til at lære nyt", "without difficulty", "level"),
)
FIRST_DAY = timezone.localdate() + timedelta(days=21)
MORE_HOURS = FIRST_DAY + timedelta(days=60)


class Scene:
    """Anna with needs, wish and plan agreed; a bakery with an open job; Jonas who knows both."""

    def __init__(self, team: Team) -> None:
        self.jonas = employers.job_broker(team=team)
        self.anna = _anna(team=team, by=self.jonas)
        company = employers.company(team=team, broker=self.jonas, name=COMPANY)
        self.bente = employers.employer_user(company=company, name=OWNER)
        self.opening = openings.opening(
            workplace=employers.workplace(company=company, **NEAR),
            title=JOB,
            demand={"standing": 4, "memory": 3},
            measures=[SHOWN, KEPT],
            wage_text="145 kr. i timen",
            description="Pakke brød og vaske plader.",
        )
        with acting(self.jonas) as actor:
            refresh_files(actor=actor, citizen_ids=[self.anna.pk], at=timezone.now())


def _anna(*, team: Team, by: User) -> Citizen:
    anna = citizens.citizen(team=team, lead=by, family_name="Hemmelig", has_login=True)
    held = screening.dialogue(citizen=anna, state=State.AGREED, started_by=by)
    rounds = [
        screening.answer(dialogue=held, topic=f"first_{group}", by=by, choices=_hard_in(areas))
        for group, areas in GROUPS.items()
    ]
    told = [
        screening.answer(dialogue=held, topic=area, by=by, level=level, words=words)
        for area, (level, words) in SAID.items()
    ]
    agreed = screening.agreement(dialogue=held, answers=(*rounds, *told), by=by)
    agreed.citizen = anna
    decided = plans.decision(agreement=agreed, staff=by, measures=(SHOWN, KEPT), reason="Anna valgte dem.")
    plans.plan(
        citizen=anna, staff=by, decision=decided, state=PlanState.AGREED, goals=("Ro til at lære nyt i et bageri.",)
    )
    jobs.work_wish(citizen=anna, by=by, travels_from="9995", max_km=20)
    return anna


def _hard_in(areas: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(area for area in areas if area in SAID)
    return (*named, "rest_fine") if named else ("all_fine",)


class Mailbag:
    """Everything that a browser was sent, as text; what cannot be read as text is told."""

    def __init__(self, screen: Watched) -> None:
        self.texts: dict[str, str] = {}
        screen.page.context.on("response", self._keep)

    def _keep(self, response: Response) -> None:
        if "/static/" in response.url or response.status in (301, 302, 303):
            return
        self.add(response.url, kind=response.headers.get("content-type", ""), body=response.body())

    def add(self, url: str, *, kind: str, body: bytes) -> None:
        if kind.startswith("application/pdf"):
            with pikepdf.open(io.BytesIO(body)) as pdf:
                self.texts[url] = words_in(pdf) + " ".join(str(value) for value in pdf.open_metadata().values())
        else:
            self.texts[url] = self.texts.get(url, "") + body.decode("utf-8")

    def tells(self, secret: str) -> list[str]:
        """Where the secret was told; spaces do not hide it."""
        bare = re.sub(r"\s", "", secret)
        return [url for url, text in self.texts.items() if secret in text or bare in re.sub(r"\s", "", text)]


def test_from_plan_to_three_signatures(chromium: Browser, live_server, team: Team) -> None:
    scene = Scene(team)
    settings = {"base_url": live_server.url, "language": "en"}
    desk = screen_of(chromium, user=scene.jonas, **settings)
    home = screen_of(chromium, user=scene.anna.user, width=PHONE, **settings)
    bakery = screen_of(chromium, user=scene.bente, width=PHONE, **settings)
    sent = Mailbag(bakery)

    _nothing_yet(bakery)
    proposal = _anna_picks_the_job(home, anna=scene.anna, opening=scene.opening)
    _nothing_yet(bakery)
    _anna_gives_a_card(home)
    _bente_reads_the_card(bakery)
    _jonas_plans_a_meeting(desk, anna=scene.anna)
    _they_say_what_they_think(home, bakery)
    run("update placements_introduction set meets_at = now() where proposal_id = $1::uuid", value=proposal)
    _they_meet_and_decide(desk)
    _jonas_writes_the_agreement(desk)
    _three_sign(desk, home, bakery)
    _the_first_day_stands_everywhere(desk, home, bakery, anna=scene.anna)
    _paper(bakery, sent)
    _nothing_but_the_card(sent, scene=scene, proposal=proposal)
    _anna_takes_the_card_back(home, bakery, sent, anna=scene.anna)
    _nothing_but_the_card(sent, scene=scene, proposal=proposal)
    for screen in (desk, home, bakery):
        screen.page.context.close()


def press(page: Page, name: str | re.Pattern[str], *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.click()


def _nothing_yet(bakery: Watched) -> None:
    """Before the citizen has given a card the company finds nobody."""
    page = bakery.page
    for name in ("our_cards", "our_introductions"):
        page.goto(reverse(name))
        expect(page.get_by_role("main")).not_to_contain_text("Anna")
        bakery.check()
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("Anna")


def _anna_picks_the_job(home: Watched, *, anna: Citizen, opening: Opening) -> UUID:
    """From the plan to the jobs, the bridge to one of them, and yes to trying it."""
    page = home.page
    page.goto(reverse("plan", args=[anna.pk]))
    expect(page.get_by_role("main")).to_contain_text("Ro til at lære nyt")
    page.goto(reverse("jobs_for", args=[anna.pk]))
    home.check()
    press(page, JOB, role="link")
    expect(page.get_by_role("heading", name="Fits with support")).to_be_visible()
    home.check()
    page.get_by_label("Why would you like to try this job?").fill("Jeg kan lide duften af brød.")
    press(page, "Yes, I would like to try it")
    expect(page.get_by_role("main")).to_contain_text("What happens now?")
    home.check()
    (row,) = rows_of("select id from matching_proposal where opening_id = $1::uuid", value=opening.pk)
    return UUID(row.id)


def _anna_gives_a_card(home: Watched) -> None:
    """One need of two and one support of two, in a sentence of her own, seen before it is shown."""
    page = home.page
    press(page, "Choose what the workplace may see", role="link")
    home.check()
    page.locator("input[name=name][value=given]").check()
    page.locator("input[name=show_standing]").check()
    page.locator("textarea[name=words_standing]").fill(SENTENCE)
    page.locator(f"input[name=measure_{SHOWN}]").check()
    page.locator("main button[value=preview]").click()
    expect(page.locator("article.panel")).to_contain_text(SENTENCE)
    home.check()
    page.locator("main button[value=give]").click()
    page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    home.check()


def _bente_reads_the_card(bakery: Watched) -> None:
    page = bakery.page
    page.goto("/")
    press(page, "See the card", role="link")
    press(page, "Anna", role="link")
    expect(page.locator("article.panel")).to_contain_text(SENTENCE)
    bakery.check()


def _jonas_plans_a_meeting(desk: Watched, *, anna: Citizen) -> None:
    """From the citizen's file to the proposal, and from there to the table."""
    page = desk.page
    page.goto(reverse("citizen", args=[anna.pk]))
    press(page, "Open jobs that may fit", role="link")
    press(page, JOB, role="link")
    desk.check()
    press(page, "Plan a meeting with the workplace", role="link")
    page.get_by_label("Which day?").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("At what time?").fill("10:30")
    page.get_by_label("Who comes from the company?").fill(f"{OWNER}, Butikschef")
    press(page, "Plan the meeting")
    expect(page.get_by_role("heading", name="When, where and who")).to_be_visible()
    expect(page.locator(".bridge")).to_contain_text("Support carries 2 areas.")
    desk.check()


def _they_say_what_they_think(home: Watched, bakery: Watched) -> None:
    """Both find the meeting on their front page and write what they think before it."""
    for screen, words in ((home, "Jeg vil gerne prøve."), (bakery, "Vi glæder os til at se dig.")):
        page = screen.page
        page.goto("/")
        press(page, re.compile(JOB), role="link") if screen is bakery else press(
            page, re.compile(f"{COMPANY}: {JOB}"), role="link"
        )
        expect(page.get_by_role("main")).to_contain_text("When, where and who")
        screen.check()
        page.get_by_text("Write something").click()
        page.get_by_label("Wants to go on").check()
        page.get_by_label("In your words").fill(words)
        press(page, "Write it down")
        expect(page.locator("#said + ul")).to_contain_text(words)


def _they_meet_and_decide(desk: Watched) -> None:
    """All came, all want to go on; who brings the chair is written."""
    page = desk.page
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Vi glæder os til at se dig.")
    press(page, "The meeting has been held", role="link")
    press(page, "Save")
    press(page, "Write what you came to", role="link")
    page.get_by_label("Start in the job").check()
    page.get_by_label("Why?").fill("Alle tre siger ja.")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Alle tre siger ja.")
    for _support in range(2):
        press(page, re.compile("^Say who does it"), role="link")
        press(page, "Save")
        expect(page.get_by_role("heading", name="Who arranges the support")).to_be_visible()
    expect(page.get_by_role("table").last).not_to_contain_text("nobody yet")
    page.goto(page.url.split("#")[0])
    desk.check()


def _jonas_writes_the_agreement(desk: Watched) -> None:
    """Ten hours at first and thirteen later."""
    page = desk.page
    press(page, "Write the agreement", role="link")
    for row, (day, hours) in enumerate(((FIRST_DAY, "10"), (MORE_HOURS, "13")), start=1):
        page.get_by_label(f"From day (row {row})").fill(day.isoformat())
        page.get_by_label(f"Hours a week (row {row})").fill(hours)
    expect(page.get_by_label("What is the work?")).to_have_value("Pakke brød og vaske plader.")
    desk.check()
    press(page, "Save the agreement")
    expect(page.get_by_role("heading", level=1, name="Agreement, version 1")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("3 signatures are still to come")
    desk.check()


def _three_sign(desk: Watched, home: Watched, bakery: Watched) -> None:
    """Each reads the same words and signs; the company is last."""
    press(desk.page, "Sign version 1")
    expect(desk.page.get_by_role("main")).to_contain_text("2 signatures are still to come")
    for screen, left in ((home, "1 signature is still to come"), (bakery, "All three have signed")):
        page = screen.page
        page.goto("/")
        expect(page.get_by_role("main")).to_contain_text("Waits for your signature")
        press(page, re.compile(JOB), role="link")
        expect(page.get_by_role("main")).to_contain_text("13 hours a week")
        screen.check()
        page.get_by_role("button", name="Sign version 1").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_contain_text(left)


def _the_first_day_stands_everywhere(desk: Watched, home: Watched, bakery: Watched, *, anna: Citizen) -> None:
    (placement,) = rows_of(
        "select state, starts_on from placements_placement where citizen_id = $1::uuid", value=anna.pk
    )
    assert (placement.state, placement.starts_on) == ("agreed", FIRST_DAY.isoformat())
    day = f"{FIRST_DAY.day} {FIRST_DAY:%B %Y}"
    for screen, address in (
        (desk, reverse("placements", args=[anna.pk])),
        (home, "/"),
        (bakery, "/"),
        (desk, reverse("citizen", args=[anna.pk])),
    ):
        screen.page.goto(address)
        expect(screen.page.get_by_role("main")).to_contain_text("Agreed" if screen is desk else day)
        screen.check()


def _paper(bakery: Watched, sent: Mailbag) -> None:
    """The agreement and the card on paper, and the meeting in the calendar, come to the company too."""
    page = bakery.page
    page.goto(reverse("our_introductions"))
    press(page, re.compile("^Read the agreement"), role="link")
    papers = [f"{page.url}aftale.pdf"]
    press(page, "See the meeting", role="link")
    papers.append(f"{page.url}moede.ics")
    press(page, "Open the card", role="link")
    papers.append(f"{page.url}kompensationskort.pdf")
    for paper in papers:
        answer = page.context.request.get(paper)
        assert answer.status == 200, paper
        sent.add(paper, kind=answer.headers["content-type"], body=answer.body())


def _nothing_but_the_card(sent: Mailbag, *, scene: Scene, proposal: UUID) -> None:
    """The card, and what was said and signed at the table; of all else that is known of Anna, nothing."""
    for kind in (
        "our-cards",
        "our-introductions",
        "our-agreements",
        "aftale.pdf",
        "moede.ics",
        "kompensationskort.pdf",
    ):
        assert any(kind in url for url in sent.texts), kind
    assert sent.tells(SENTENCE)
    assert sent.tells("Jeg vil gerne prøve.")
    for secret in (*SECRETS, str(scene.anna.pk), str(proposal), str(scene.anna.user.pk)):
        assert sent.tells(secret) == [], secret


def _anna_takes_the_card_back(home: Watched, bakery: Watched, sent: Mailbag, *, anna: Citizen) -> None:
    """The next request for the card is refused; what all three have signed can still be read."""
    (card,) = rows_of("select id from matching_card where citizen_id = $1::uuid", value=anna.pk)
    page = home.page
    page.goto(reverse("card_withdraw", args=[card.id]))
    page.locator("main button.button-primary").click()
    page.wait_for_url(re.compile("/cards/[0-9a-f-]{36}/$"))
    answer = bakery.page.goto(reverse("our_card", args=[card.id]))
    assert answer is not None
    assert answer.status == 404
    expect(bakery.page.get_by_role("main")).not_to_contain_text("Anna")
    bakery.page.goto(reverse("our_introductions"))
    press(bakery.page, re.compile("^Read the agreement"), role="link")
    expect(bakery.page.get_by_role("main")).to_contain_text("All three have signed")
    bakery.check()
