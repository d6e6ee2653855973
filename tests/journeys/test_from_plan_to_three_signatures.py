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
from playwright.sync_api import Browser, Response, expect

from jobbro.apps.citizens.models import Citizen
from jobbro.apps.matching.services.refreshing import refresh_files
from jobbro.apps.organisations.models import Team
from tests.browser import Watched
from tests.factories import citizens, employers
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run
from tests.journeys.screens import screen_of
from tests.journeys.table import (
    KEPT,
    SAID,
    SENTENCE,
    company_with_a_job,
    give_a_card,
    meet_and_decide,
    needs_and_plan,
    pick_the_job,
    plan_a_meeting,
    press,
    say_what_they_think,
    sign_by_all_three,
    write_the_agreement,
)
from tests.journeys.workshop import words_in

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 375
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
        self.anna = citizens.citizen(team=team, lead=self.jonas, family_name="Hemmelig", has_login=True)
        needs_and_plan(anna=self.anna, by=self.jonas)
        self.bente, self.opening = company_with_a_job(team=team, broker=self.jonas)
        with acting(self.jonas) as actor:
            refresh_files(actor=actor, citizen_ids=[self.anna.pk], at=timezone.now())


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
    proposal = pick_the_job(home, anna=scene.anna, opening=scene.opening)
    _nothing_yet(bakery)
    give_a_card(home)
    _bente_reads_the_card(bakery)
    plan_a_meeting(desk, anna=scene.anna)
    say_what_they_think(home, bakery)
    run("update placements_introduction set meets_at = now() where proposal_id = $1::uuid", value=proposal)
    meet_and_decide(desk)
    write_the_agreement(desk, steps=((FIRST_DAY, "10"), (MORE_HOURS, "13")))
    sign_by_all_three(desk, home, bakery, hours="13")
    _the_first_day_stands_everywhere(desk, home, bakery, anna=scene.anna)
    _paper(bakery, sent)
    _nothing_but_the_card(sent, scene=scene, proposal=proposal)
    _anna_takes_the_card_back(home, bakery, sent, anna=scene.anna)
    _nothing_but_the_card(sent, scene=scene, proposal=proposal)
    for screen in (desk, home, bakery):
        screen.page.context.close()


def _nothing_yet(bakery: Watched) -> None:
    """Before the citizen has given a card the company finds nobody."""
    page = bakery.page
    for name in ("our_cards", "our_introductions"):
        page.goto(reverse(name))
        expect(page.get_by_role("main")).not_to_contain_text("Anna")
        bakery.check()
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("Anna")


def _bente_reads_the_card(bakery: Watched) -> None:
    page = bakery.page
    page.goto("/")
    press(page, "See the card", role="link")
    press(page, "Anna", role="link")
    expect(page.locator("article.panel")).to_contain_text(SENTENCE)
    bakery.check()


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
