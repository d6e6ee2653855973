"""One person for a year: from the pair that helps her over a course, a job and a dip to the next job.

Time goes in the product's calendar and the database's; everything is done on the screen, by whoever does it in life.
"""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching.services.refreshing import refresh_files
from jobbro.apps.mobility.services.passing import end_passed_jobs
from jobbro.apps.organisations.models import Team
from tests.browser import Watched
from tests.factories import accounts, citizens, courses, employers
from tests.factories.accounts import acting
from tests.factories.organisations import municipality_of
from tests.factories.rows import rows_of
from tests.journeys.days import Days
from tests.journeys.screens import screen_of
from tests.journeys.table import (
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

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 375
LEAD, BROKER, BUDDY = "Lone Lindholm", "Jonas Bro", "Mette Holm"
NEXT_JOB, NEXT_COMPANY, NEXT_OWNER = "Hjælp i caféen", "Café Lindetræet", "Karla Kok"
WISH = "Jeg vil gerne lave mad."


class Year:
    """The people, a screen for each, and the calendar."""

    def __init__(self, chromium: Browser, *, base_url: str, team: Team, days: Days) -> None:
        self.team, self.days, self.base_url, self.begins_on = team, days, base_url, days.today
        self.lone = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name=LEAD)
        self.jonas = employers.job_broker(team=team, name=BROKER)
        self.mette = accounts.employee(team=team, name=BUDDY)
        self.anna = citizens.citizen(team=team, family_name="Hemmelig", has_login=True, last_step_on=days.today)
        self.course = courses.session(
            course=courses.course(by=self.lone, municipality=municipality_of(team)), by=self.jonas, first_in=10
        )
        people = {"lone": (self.lone, 1280), "jonas": (self.jonas, 1280), "mette": (self.mette, 1280)}
        self._people: dict[str, tuple[User, int]] = {**people, "anna": (self.anna.user, PHONE)}
        self.screens = {
            name: screen_of(chromium, base_url=base_url, user=user, width=width, language="en")
            for name, (user, width) in self._people.items()
        }
        self.chromium = chromium

    def __getitem__(self, name: str) -> Watched:
        return self.screens[name]

    def join(self, name: str, *, user: User, width: int = PHONE) -> Watched:
        """One more person with a screen."""
        self._people[name] = (user, width)
        self.screens[name] = screen_of(self.chromium, base_url=self.base_url, user=user, width=width, language="en")
        return self.screens[name]

    def go_to(self, day: date) -> None:
        """It is that day, and everybody has logged in again."""
        self.days.go_to(day)
        for name, (user, _width) in self._people.items():
            cookie = {"name": "sessionid", "value": accounts.session_key(user), "url": self.base_url}
            self.screens[name].page.context.add_cookies([cookie])

    def open(self, name: str, address: str, **arguments: object) -> Watched:
        """Somebody goes to a page, which is as every page must be."""
        screen = self.screens[name]
        screen.page.goto(reverse(address, kwargs=arguments or None))
        screen.check()
        return screen


def main_of(screen: Watched):
    return screen.page.get_by_role("main")


def test_one_year(chromium: Browser, live_server, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    days = Days(monkeypatch)
    year = Year(chromium, base_url=live_server.url, team=team, days=days)
    _a_pair_is_made(year)
    _anna_comes_to_the_pair(year)
    _anna_takes_a_course(year)
    placement = _she_gets_a_job(year)
    _the_way_into_the_job(year, placement=placement)
    _the_first_months_go_well(year, placement=placement)
    _the_third_month_is_hard(year, placement=placement)
    _illness_leads_to_an_agreement(year, placement=placement)
    _the_buddy_stands_in(year)
    _more_hours_are_agreed(year, placement=placement)
    _she_wishes_for_something_new(year, placement=placement)
    _the_next_job_begins_where_the_last_ended(year, placement=placement)
    _the_course_ends(year)


def _a_pair_is_made(year: Year) -> None:
    """Lone makes Jonas and Mette a buddy pair."""
    page = year.open("lone", "pair_make", team_id=year.team.pk).page
    page.get_by_label("One of the pair").select_option(label=BROKER)
    page.get_by_label("The other of the pair").select_option(label=BUDDY)
    press(page, "Make the pair")
    expect(page.get_by_role("main")).to_contain_text(BUDDY)
    year["lone"].check()


def _anna_comes_to_the_pair(year: Year) -> None:
    """The proposal names a person with reasons; Lone chooses, and Anna reads who helps her."""
    page = year.open("lone", "routing").page
    expect(page.get_by_role("main")).to_contain_text("Proposal:")
    press(page, "Choose somebody else", role="link")
    year["lone"].check()
    named = page.get_by_label("Who shall help?").locator("option", has_text=BROKER)
    page.get_by_label("Who shall help?").select_option(value=named.get_attribute("value"))
    page.get_by_label("Why somebody else?").fill("Jonas kender bagerne i byen.")
    press(page, "Choose the contact person")
    expect(page.get_by_role("main")).to_contain_text("Everybody has a contact person")
    page = year.open("anna", "home").page
    expect(page.get_by_role("main")).to_contain_text(BROKER)


def _anna_takes_a_course(year: Year) -> None:
    """She asks for a seat, comes to all three meetings, tells what it gave and has a certificate."""
    page = year.open("anna", "my_courses", citizen_id=year.anna.pk).page
    press(page, "Find a course", role="link")
    year["anna"].check()
    page.get_by_role("radio").first.check()
    page.get_by_label("Is there more we should know?").fill("Jeg vil gerne sidde tæt på døren.")
    press(page, "Ask for a seat")
    year["anna"].check()
    (row,) = rows_of("select id from courses_enrolment where citizen_id = $1::uuid", value=year.anna.pk)
    seat = UUID(row.id)
    page = year.open("jonas", "enrolment", enrolment_id=seat).page
    press(page, "Give a seat")
    year["jonas"].check()
    for meeting in range(courses.LESSONS):
        year.go_to(year.course.begins_at.date() + timedelta(days=7 * meeting + 1))
        page = year.open("jonas", "session_attendance", session_id=year.course.pk).page
        page.get_by_role("group", name="Anna").get_by_role("radio").first.check()
        press(page, "Save")
    page = year.open("jonas", "enrolment", enrolment_id=seat).page
    press(page, "The course is completed")
    year["jonas"].check()
    page = year.open("anna", "enrolment", enrolment_id=seat).page
    page.get_by_label("What did the course give you?").fill("Jeg ved nu, hvad jeg skal spørge om.")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("hvad jeg skal spørge om")
    paper = page.context.request.get(reverse("certificate_pdf", args=[seat]))
    assert paper.status == 200, paper.status_text
    assert paper.headers["content-type"] == "application/pdf"


def _she_gets_a_job(year: Year) -> UUID:
    """A job at the bakery: her pick, a card, a meeting, and three signatures under rising hours."""
    needs_and_plan(anna=year.anna, by=year.jonas)
    bente, opening = company_with_a_job(team=year.team, broker=year.jonas)
    with acting(year.jonas) as actor:
        refresh_files(actor=actor, citizen_ids=[year.anna.pk], at=timezone.now())
    home, desk, bakery = year["anna"], year["jonas"], year.join("bente", user=bente)
    pick_the_job(home, anna=year.anna, opening=opening)
    give_a_card(home)
    plan_a_meeting(desk, anna=year.anna)
    say_what_they_think(home, bakery)
    at_table = desk.page.url
    year.go_to(year.days.today + timedelta(days=4))
    desk.page.goto(at_table)
    meet_and_decide(desk)
    first_day = year.days.today + timedelta(days=14)
    write_the_agreement(desk, steps=((first_day, "10"), (first_day + timedelta(days=150), "13")))
    sign_by_all_three(desk, home, bakery, hours="13")
    (row,) = rows_of("select id from placements_placement where citizen_id = $1::uuid", value=year.anna.pk)
    return UUID(row.id)


def _the_way_into_the_job(year: Year, *, placement: UUID) -> None:
    """The support becomes tasks with owner and day; Anna decides what colleagues hear; each does their part."""
    page = year.open("jonas", "onboarding", placement_id=placement).page
    press(page, "Look at the proposal", role="link")
    year["jonas"].check()
    page.get_by_label("Who is the mentor or the nearest colleague?").fill("Bodil Bager")
    press(page, "Take it into the plan")
    expect(page.get_by_role("main")).to_contain_text("still to be done")
    year["jonas"].check()
    page = year.open("anna", "onboarding", placement_id=placement).page
    press(page, "Say what they may be told", role="link")
    year["anna"].check()
    page.get_by_label("What may the colleagues be told?").fill("Anna sidder ned ind imellem.")
    press(page, "Save these words")
    page = year.open("bente", "our_onboarding", placement_id=placement).page
    expect(page.get_by_role("main")).to_contain_text("Anna sidder ned ind imellem.")
    arranging = rows_of(
        "select id from placements_onboardingtask where placement_id = $1::uuid and is_arranging", value=placement
    )
    assert len(arranging) == 2
    for row in arranging:
        page = year.open("jonas", "onboarding_task_done", onboarding_task_id=UUID(row.id)).page
        told = page.get_by_label("How do you know that it is done?")
        if told.count():
            told.fill("Jeg var på arbejdspladsen i dag.")
        press(page, "Save")
    year.go_to(first_day_of(placement))
    for name, address in (("bente", "our_onboarding"), ("anna", "onboarding")):
        page = year.open(name, address, placement_id=placement).page
        press(page, re.compile("^It is done"))
        year[name].check()


def first_day_of(placement: UUID) -> date:
    (row,) = rows_of("select starts_on from placements_placement where id = $1::uuid", value=placement)
    return date.fromisoformat(row.starts_on)


def answer_the_talk(year: Year, name: str, *, placement: UUID, overall: str, standing: str = "") -> None:
    """The short questions, one a page; what has no answer is skipped."""
    page = year.open(name, "talk_own", placement_id=placement).page
    page.get_by_label(overall, exact=True).check()
    while page.get_by_role("button", name="Send my answers").count() == 0:
        press(page, "Save and go on")
        year[name].check()
        heading = page.get_by_role("heading", level=1).inner_text()
        if standing and heading.startswith("Standing"):
            page.get_by_label(standing, exact=True).check()
    press(page, "Send my answers")
    expect(page.get_by_role("main")).to_contain_text("Your answers have been sent")
    year[name].check()


def _the_first_months_go_well(year: Year, *, placement: UUID) -> None:
    """After a week and a month both are asked, apart; neither reads the other's answers."""
    begun = first_day_of(placement)
    for passed in (timedelta(days=8), timedelta(days=33)):
        year.go_to(begun + passed)
        answer_the_talk(
            year, "anna", placement=placement, overall="It goes really well", standing="It is a little hard"
        )
        answer_the_talk(year, "bente", placement=placement, overall="It goes really well")
    page = year.open("jonas", "follow_up", placement_id=placement).page
    expect(page.get_by_role("main")).not_to_contain_text("Early signals")


def _the_third_month_is_hard(year: Year, *, placement: UUID) -> None:
    """Anna says so; the signal names its reason, Jonas finds it on his list and does something."""
    year.go_to(first_day_of(placement) + timedelta(days=93))
    answer_the_talk(year, "anna", placement=placement, overall="It is very hard", standing="It is very hard")
    page = year.open("jonas", "worklist").page
    expect(page.get_by_role("main")).to_contain_text("Anna")
    page = year.open("jonas", "follow_up", placement_id=placement).page
    expect(page.get_by_role("heading", name="Early signals")).to_be_visible()
    press(page, re.compile("^I have seen it or done something"), role="link")
    year["jonas"].check()
    page.get_by_label("I have done something about it").check()
    page.get_by_label("What was done?").fill("Vi har talt med Bente om flere pauser.")
    press(page, "Save")
    page = year.open("anna", "follow_up", placement_id=placement).page
    expect(page.get_by_role("main")).to_contain_text("Vi har talt med Bente om flere pauser.")


def _illness_leads_to_an_agreement(year: Year, *, placement: UUID) -> None:
    """Twice ill in a few weeks: § 56 is offered with its reason, and an application is begun."""
    for _time in range(2):
        year.go_to(year.days.today + timedelta(days=12))
        page = year.open("anna", "sick_leave_add", placement_id=placement).page
        page.get_by_label("First day of the sick leave").fill((year.days.today - timedelta(days=3)).isoformat())
        page.locator("main [name=until_on]").fill((year.days.today - timedelta(days=1)).isoformat())
        press(page, "Save")
        year["anna"].check()
    page = year.open("jonas", "follow_up", placement_id=placement).page
    expect(page.get_by_role("main")).to_contain_text("2 sick leaves")
    expect(page.get_by_role("heading", name="Support that could help now")).to_be_visible()
    press(page, re.compile("^Begin an application"), role="link")
    year["jonas"].check()


def _the_buddy_stands_in(year: Year) -> None:
    """Jonas is away; Anna asks for help, and Mette, who stands in, answers."""
    page = year.open("lone", "absence_add", team_id=year.team.pk).page
    page.get_by_label("Who is away?").select_option(label=BROKER)
    page.get_by_label("First day away").fill(year.days.today.isoformat())
    page.get_by_label("Last day away").fill((year.days.today + timedelta(days=6)).isoformat())
    press(page, "Save")
    year["lone"].check()
    page = year.open("anna", "help_ask").page
    page.get_by_label("What is it about?").fill("Min stol er gået i stykker.")
    press(page, "Ask for help")
    year["anna"].check()
    page = year.open("mette", "worklist").page
    expect(page.get_by_role("main")).to_contain_text("Anna")
    (row,) = rows_of("select id from follow_up_helprequest where citizen_id = $1::uuid", value=year.anna.pk)
    page = year.open("mette", "help_answer", help_id=UUID(row.id)).page
    page.get_by_label("What was done?").fill("En ny stol kommer på mandag.")
    press(page, "It has been answered")
    year["mette"].check()
    page = year.open("anna", "help_request", help_id=UUID(row.id)).page
    expect(page.get_by_role("main")).to_contain_text("En ny stol kommer på mandag.")


def _more_hours_are_agreed(year: Year, *, placement: UUID) -> None:
    """After half a year both say that more hours would be fine: a new version, and three new signatures."""
    year.go_to(first_day_of(placement) + timedelta(days=185))
    for name in ("anna", "bente"):
        page = year.open(name, "talk_own", placement_id=placement).page
        while page.get_by_role("button", name="Send my answers").count() == 0:
            if page.get_by_label("More hours would be fine").count():
                page.get_by_label("More hours would be fine").check()
            press(page, "Save and go on")
        press(page, "Send my answers")
    page = year.open("jonas", "follow_up", placement_id=placement).page
    press(page, re.compile("^Write a new version with other hours"), role="link")
    year["jonas"].check()
    change = page.locator("main [name=change_note]")
    change.fill("Begge siger, at flere timer er godt.")
    page.get_by_label("Hours a week (row 3)").fill("16")
    press(page, "Save the agreement")
    year["jonas"].check()
    sign_by_all_three(year["jonas"], year["anna"], year["bente"], hours="16", version=2)


def _she_wishes_for_something_new(year: Year, *, placement: UUID) -> None:
    """Anna tells those who help her; her workplace cannot read it. What she learnt stands in her wish."""
    year.go_to(year.days.today + timedelta(days=60))
    page = year.open("anna", "mobility_wish", citizen_id=year.anna.pk).page
    page.get_by_label("Other tasks").check()
    page.get_by_label("As soon as possible").check()
    page.get_by_label("In your own words").fill(WISH)
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text(WISH)
    year["anna"].check()
    for address, arguments in (
        ("home", {}),
        ("our_onboarding", {"placement_id": placement}),
        ("our_follow_up", {}),
        ("our_introductions", {}),
    ):
        expect(main_of(year.open("bente", address, **arguments))).not_to_contain_text(WISH)
    answer = year["bente"].page.goto(reverse("mobility", args=[year.anna.pk]))
    assert answer is not None
    assert answer.status in (403, 404)
    page = year.open("anna", "experience_add", placement_id=placement).page
    page.locator("main [name=own_skills]").fill("Pakke brød")
    press(page, "Save")
    page = year.open("jonas", "worklist").page
    expect(page.get_by_role("main")).to_contain_text("Anna")


def _the_next_job_begins_where_the_last_ended(year: Year, *, placement: UUID) -> None:
    """Searched for from the job; notice is given, the last day comes, and Anna is never out of sight."""
    karla, opening = company_with_a_job(
        team=year.team, broker=year.jonas, name=NEXT_COMPANY, owner=NEXT_OWNER, title=NEXT_JOB
    )
    with acting(year.jonas) as actor:
        refresh_files(actor=actor, citizen_ids=[year.anna.pk], at=timezone.now())
    home, desk, cafe = year["anna"], year["jonas"], year.join("karla", user=karla)
    pick_the_job(home, anna=year.anna, opening=opening)
    give_a_card(home)
    plan_a_meeting(desk, anna=year.anna, title=NEXT_JOB)
    say_what_they_think(home, cafe, company=NEXT_COMPANY, title=NEXT_JOB)
    at_table = desk.page.url
    year.go_to(year.days.today + timedelta(days=4))
    desk.page.goto(at_table)
    meet_and_decide(desk)
    last_day = year.days.today + timedelta(days=30)
    write_the_agreement(desk, steps=((last_day + timedelta(days=3), "16"), (last_day + timedelta(days=90), "20")))
    sign_by_all_three(desk, home, cafe, hours="20", title=NEXT_JOB)
    page = year.open("jonas", "notice_add", placement_id=placement).page
    page.get_by_role("group", name="Who ended the job?").get_by_label("The citizen").check()
    page.get_by_label("Which day was notice given?").fill(year.days.today.isoformat())
    page.get_by_label("Which day is the last?").fill(last_day.isoformat())
    page.get_by_role("group", name="Where do you know the day from?").get_by_role("radio").first.check()
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("The last day is")
    year["jonas"].check()
    year.go_to(last_day + timedelta(days=1))
    with acting_as(SYSTEM_ACTOR):
        end_passed_jobs(on=year.days.today, at=timezone.now())
    states = rows_of("select id, state from placements_placement where citizen_id = $1::uuid", value=year.anna.pk)
    assert sorted(row.state for row in states) == ["agreed", "ended"]
    expect(main_of(year.open("anna", "home"))).to_contain_text(NEXT_JOB)


def _the_course_ends(year: Year) -> None:
    """A year after it began: what was reached, what stands and whom to call; and the door stays open."""
    year.go_to(year.begins_on + timedelta(days=365))
    page = year.open("jonas", "case_close", citizen_id=year.anna.pk).page
    page.get_by_label("In a job that lasts").check()
    for words in page.locator("main section.panel input[type=text], main section.panel textarea").all():
        words.fill("Karla Kok ringer selv, hvis der er noget.")
    for group in page.locator("main section.panel fieldset").all():
        group.get_by_role("radio").last.check()
    page.get_by_label("What was reached?").fill("Et job, der varer.")
    page.locator("main [name=contact_name]").fill(BROKER)
    page.locator("main [name=contact_phone]").fill("20 30 40 50")
    page.locator("main [name=contact_from_on]").fill(year.days.today.isoformat())
    press(page, "Close the course")
    year["jonas"].check()
    page = year.open("anna", "case_closed", citizen_id=year.anna.pk).page
    expect(page.get_by_role("main")).to_contain_text("Et job, der varer.")
    expect(page.get_by_role("main")).to_contain_text(BROKER)
    (row,) = rows_of("select state from cases_case where citizen_id = $1::uuid", value=year.anna.pk)
    assert row.state == "closed"
