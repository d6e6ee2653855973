"""How a citizen, a company and a broker come from an open job to three signatures, step by step on the screen."""

import re
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.models import Opening
from jobbro.apps.organisations.models import Team
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.screening.enums import State
from jobbro.kernel.vocabulary import GROUPS
from tests.browser import Watched
from tests.factories import employers, jobs, openings, plans, screening
from tests.factories.rows import rows_of

NEAR = {"x": 640.0, "y": 6270.0}
JOB, COMPANY, OWNER = "Hjælp i bageriet", "Bageriet Havrekerne", "Bente Bager"
SENTENCE = "Jeg har det bedst, når jeg kan sidde ind imellem."
SAID = {"standing": (2, "Jeg bliver træt i benene af at stå."), "memory": (1, "Jeg glemmer, hvad der blev sagt.")}
SHOWN, KEPT = "standing_support_chair", "picture_guides"


def needs_and_plan(*, anna: Citizen, by: User) -> None:
    """What works and what is hard, the support that was chosen, the plan and the wish: agreed."""
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


def _hard_in(areas: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(area for area in areas if area in SAID)
    return (*named, "rest_fine") if named else ("all_fine",)


def company_with_a_job(
    *, team: Team, broker: User, name: str = COMPANY, owner: str = OWNER, title: str = JOB
) -> tuple[User, Opening]:
    """The owner, who can log in, and the job: it asks for standing and for remembering."""
    company = employers.company(team=team, broker=broker, name=name)
    opening = openings.opening(
        workplace=employers.workplace(company=company, **NEAR),
        title=title,
        demand={"standing": 4, "memory": 3},
        measures=[SHOWN, KEPT],
        wage_text="145 kr. i timen",
        description="Pakke brød og vaske plader.",
    )
    return employers.employer_user(company=company, name=owner), opening


def press(page: Page, name: str | re.Pattern[str], *, role: str = "button") -> None:
    page.get_by_role("main").get_by_role(role, name=name).first.click()


def pick_the_job(home: Watched, *, anna: Citizen, opening: Opening) -> UUID:
    """From the plan to the jobs, the bridge to one of them, and yes to trying it."""
    page = home.page
    page.goto(reverse("plan", args=[anna.pk]))
    expect(page.get_by_role("main")).to_contain_text("Ro til at lære nyt")
    page.goto(reverse("jobs_for", args=[anna.pk]))
    home.check()
    press(page, opening.title, role="link")
    expect(page.get_by_role("heading", name="Fits with support")).to_be_visible()
    home.check()
    page.get_by_label("Why would you like to try this job?").fill("Jeg kan lide duften af brød.")
    press(page, "Yes, I would like to try it")
    expect(page.get_by_role("main")).to_contain_text("What happens now?")
    home.check()
    (row,) = rows_of("select id from matching_proposal where opening_id = $1::uuid", value=opening.pk)
    return UUID(row.id)


def give_a_card(home: Watched) -> None:
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


def plan_a_meeting(desk: Watched, *, anna: Citizen, title: str = JOB) -> None:
    """From the citizen's file to the proposal, and from there to the table."""
    page = desk.page
    page.goto(reverse("citizen", args=[anna.pk]))
    press(page, "Open jobs that may fit", role="link")
    press(page, title, role="link")
    desk.check()
    press(page, "Plan a meeting with the workplace", role="link")
    page.get_by_label("Which day?").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("At what time?").fill("10:30")
    page.get_by_label("Who comes from the company?").fill(f"{OWNER}, Butikschef")
    press(page, "Plan the meeting")
    expect(page.get_by_role("heading", name="When, where and who")).to_be_visible()
    expect(page.locator(".bridge")).to_contain_text("Support carries 2 areas.")
    desk.check()


def say_what_they_think(home: Watched, bakery: Watched, *, company: str = COMPANY, title: str = JOB) -> None:
    """Both find the meeting on their front page and write what they think before it."""
    for screen, words in ((home, "Jeg vil gerne prøve."), (bakery, "Vi glæder os til at se dig.")):
        page = screen.page
        page.goto("/")
        told = title if screen is bakery else f"{company}: {title}"
        press(page, re.compile(told), role="link")
        expect(page.get_by_role("main")).to_contain_text("When, where and who")
        screen.check()
        page.get_by_text("Write something").click()
        page.get_by_label("Wants to go on").check()
        page.get_by_label("In your words").fill(words)
        press(page, "Write it down")
        expect(page.locator("#said + ul")).to_contain_text(words)


def meet_and_decide(desk: Watched) -> None:
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


def write_the_agreement(desk: Watched, *, steps: tuple[tuple[date, str], ...]) -> None:
    """From each of the days so many hours a week."""
    page = desk.page
    press(page, "Write the agreement", role="link")
    for row, (day, hours) in enumerate(steps, start=1):
        page.get_by_label(f"From day (row {row})").fill(day.isoformat())
        page.get_by_label(f"Hours a week (row {row})").fill(hours)
    expect(page.get_by_label("What is the work?")).to_have_value("Pakke brød og vaske plader.")
    desk.check()
    press(page, "Save the agreement")
    expect(page.get_by_role("heading", level=1, name="Agreement, version 1")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("3 signatures are still to come")
    desk.check()


def sign_by_all_three(
    desk: Watched, home: Watched, bakery: Watched, *, hours: str, title: str = JOB, version: int = 1
) -> None:
    """Each reads the same words and signs; the company is last."""
    press(desk.page, f"Sign version {version}")
    expect(desk.page.get_by_role("main")).to_contain_text("2 signatures are still to come")
    for screen, left in ((home, "1 signature is still to come"), (bakery, "All three have signed")):
        page = screen.page
        page.goto("/")
        expect(page.get_by_role("main")).to_contain_text("Waits for your signature")
        press(page, re.compile(title), role="link")
        expect(page.get_by_role("main")).to_contain_text(f"{hours} hours a week")
        screen.check()
        page.get_by_role("button", name=f"Sign version {version}").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_contain_text(left)
