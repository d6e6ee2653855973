"""The pages of outreach: the two questions, efforts, contacts and figures; who opens them and how many queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.outreach.enums import Reply
from tests.factories import accounts, citizens, organisations, outreach
from tests.factories.outreach import today
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db


class Desk:
    def __init__(self) -> None:
        self.team = organisations.team()
        self.lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.team.unit, name="Lone Lead")
        self.caseworker = accounts.employee(team=self.team)
        self.analyst = accounts.employee(role=Role.ANALYST, unit=self.team.unit)
        self.citizen = citizens.citizen(team=self.team, has_login=True)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def browser_of(user: object) -> Client:
    return accounts.log_in(Client(), user)


def test_the_citizen_answers_at_home_and_staff_read_it(desk: Desk) -> None:
    path = reverse("opening_questions", args=[desk.citizen.pk])
    home = browser_of(desk.citizen.user)
    page = home.get(path).content.decode()
    assert 'name="is_raised"' not in page and "diagnos" in page
    assert home.post(path, {"harder": "yes", "talk": "yes"}).status_code == 302
    (row,) = rows_of("select is_own, talk from outreach_openinganswer")
    assert row.is_own and row.talk == "yes"
    assert reverse("dialogue", args=[desk.citizen.pk]) in browser_of(desk.caseworker).get(path).content.decode()


def test_a_not_now_is_told_to_staff_who_ask_and_nothing_is_written(desk: Desk) -> None:
    path = reverse("opening_questions", args=[desk.citizen.pk])
    outreach.opening(citizen=desk.citizen, by=desk.caseworker, talk=Reply.NOT_NOW)
    staff = browser_of(desk.caseworker)
    refused = staff.post(path, {"harder": "yes", "talk": "yes"})
    assert refused.status_code == 409
    assert staff.post(path, {"harder": "yes", "talk": "yes", "is_raised": "on"}).status_code == 302
    assert rows_of("select count(*) as n from outreach_openinganswer")[0].n == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"talk": "yes"}, "harder"),
        ({"harder": "no", "talk": "maybe"}, "talk"),
        ({"harder": "no", "talk": "not_now", "ask_again_on": "2020-01-01"}, "ask_again_on"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(desk: Desk, sent: dict, field: str) -> None:
    answer = browser_of(desk.citizen.user).post(reverse("opening_questions", args=[desk.citizen.pk]), sent)
    assert answer.status_code == 422 and f'id="id_{field}_error"' in answer.content.decode()


def test_an_effort_from_start_to_end(desk: Desk) -> None:
    lead, staff = browser_of(desk.lead), browser_of(desk.caseworker)
    sent = {
        "name": "Alle bliver spurgt",
        "purpose": "At spørge alle.",
        "facts": ["not_asked"],
        "why": "Ingen har spurgt dem.",
        "from_on": today().isoformat(),
        "until_on": today().replace(year=today().year + 1).isoformat(),
    }
    assert staff.post(reverse("outreach_effort_add"), sent).status_code == 403
    started = lead.post(reverse("outreach_effort_add"), sent)
    assert started.status_code == 302
    effort = started.url
    listing = f"{effort}people/add/"
    assert "Anna Lund" in staff.get(listing).content.decode()
    assert staff.post(listing, {}).status_code == 422
    assert staff.post(listing, {"people": [str(desk.citizen.pk)]}).status_code == 302
    assert "Anna Lund" not in staff.get(listing).content.decode()
    page = staff.get(effort)
    (person,) = page.context["page"].people
    contact = reverse("outreach_contact", args=[person.id])
    said = {"channel": "phone", "contacted_on": today().isoformat(), "response": "no"}
    assert staff.post(contact, said).status_code == 302
    assert staff.post(contact, {**said, "response": "yes"}).status_code == 409
    assert lead.post(f"{effort}end/").status_code == 302
    (look,) = rows_of("select citizen_ids from audit_look where view = 'outreach_effort' and citizen_ids <> '{}'")
    assert look.citizen_ids == [str(desk.citizen.pk)]


def test_an_analyst_reads_results_and_figures_and_nobody(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    outreach.listed(effort=effort, citizen=desk.citizen, by=desk.lead)
    analyst = browser_of(desk.analyst)
    for name, args in (("outreach_efforts", []), ("outreach_effort", [effort.pk]), ("identification", [])):
        page = analyst.get(reverse(name, args=args))
        assert page.status_code == 200 and "Anna" not in page.content.decode(), name
    assert analyst.get(reverse("outreach_list", args=[effort.pk])).status_code == 403
    assert browser_of(desk.caseworker).get(reverse("identification")).status_code == 403


def test_a_stranger_gets_the_answer_of_nothing(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    person = outreach.listed(effort=effort, citizen=desk.citizen, by=desk.lead)
    team = organisations.team()
    stranger = browser_of(accounts.employee(team=team))
    neighbour = browser_of(accounts.employee(team=organisations.team(unit=desk.team.unit, name="Team Bakke")))
    for name, key in (
        ("opening_questions", desk.citizen.pk),
        ("outreach_effort", effort.pk),
        ("outreach_list", effort.pk),
        ("outreach_contact", person.pk),
    ):
        assert stranger.get(reverse(name, args=[key])).status_code == 404, name
    assert neighbour.get(reverse("outreach_contact", args=[person.pk])).status_code == 404
    assert "Anna" not in neighbour.get(reverse("outreach_effort", args=[effort.pk])).content.decode()


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("who", "name", "queries"),
    [
        ("citizen", "opening_questions", 12),
        ("caseworker", "outreach_efforts", 9),
        ("caseworker", "outreach_effort", 14),
        ("caseworker", "outreach_list", 14),
        ("lead", "identification", 10),
    ],
)
def test_the_number_of_queries_is_the_same_for_one_and_for_many(
    desk: Desk, who: str, name: str, queries: int, many: bool
) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    outreach.opening(citizen=desk.citizen, by=desk.citizen.user)
    for number in range(8 if many else 1):
        person = citizens.citizen(team=desk.team, given_name=f"Nr{number}")
        citizens.citizen(team=desk.team, given_name=f"Ny{number}")
        outreach.opening(citizen=person, by=desk.caseworker)
        outreach.contact(person=outreach.listed(effort=effort, citizen=person, by=desk.lead), by=desk.lead)
        outreach.effort(team=desk.team, lead=desk.lead)
    user = {"citizen": desk.citizen.user, "caseworker": desk.caseworker, "lead": desk.lead}[who]
    args = {
        "opening_questions": [desk.citizen.pk],
        "outreach_effort": [effort.pk],
        "outreach_list": [effort.pk],
    }.get(name, [])
    browser = browser_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(reverse(name, args=args)).status_code == 200
    assert len(captured) == queries
