"""The pages of the municipality's own deadlines."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications.enums import State
from jobbro.apps.applications.models import OwnDeadline
from jobbro.apps.audit.context import acting_as
from tests.factories import accounts, applications, citizens, organisations

pytestmark = pytest.mark.django_db
SCHEME = "personlig_assistance"
GOOD = {
    "value": "6,0",
    "unit": "weeks",
    "from_on": "1.1.2026",
    "until_on": "",
    "source": "Byrådet 3. december",
    "url": "https://www.proevekoebing.dk/frister",
}


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def lead(team):
    return accounts.employee(role=Role.TEAM_LEAD, team=team, name="Line Leder")


@pytest.fixture
def desk(lead) -> Client:
    return accounts.log_in(Client(), lead)


@pytest.fixture
def address(team) -> str:
    return reverse("own_deadline_set", args=[organisations.municipality_of(team).code, SCHEME])


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def kept(lead) -> list[OwnDeadline]:
    with acting_as(lead.pk):
        return list(OwnDeadline.objects.order_by("recorded_at"))


def test_it_is_set_on_its_page_and_told_with_its_source(desk, lead, team, address):
    page = desk.get(reverse("own_deadlines"))
    assert 'class="empty"' in main_of(page)
    assert address in main_of(page)
    answer = desk.post(address, GOOD | {"seen": seen_on(desk.get(address))})
    assert answer.status_code == 302
    (row,) = kept(lead)
    assert (row.value, row.unit, row.recorded_by_id) == (6, "weeks", lead.pk)
    page = main_of(desk.get(answer.headers["Location"]))
    assert "6 uger" in page or "6 weeks" in page
    assert 'href="https://www.proevekoebing.dk/frister"' in page
    assert 'class="empty"' not in page
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff)
    sent = applications.application(citizen=citizen, started_by=staff, state=State.SENT)
    case = accounts.log_in(Client(), staff)
    for name, values in (("application", [sent.pk]), ("application_move", [sent.pk, "acknowledge"])):
        assert "Byrådet 3. december" in main_of(case.get(reverse(name, args=values))), name
    assert "tirsdag den 14. april 2026" in main_of(case.get(reverse("deadlines")))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "seks"}, "value"),
        ({"value": ""}, "value"),
        ({"value": "6,5"}, "value"),
        ({"value": "105"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "1e3"}, "value"),
        ({"unit": "years"}, "unit"),
        ({"from_on": "31.2.2026"}, "from_on"),
        ({"until_on": "31.12.2025"}, "until_on"),
        ({"source": ""}, "source"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://"}, "url"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_comes_back(desk, lead, address, changes, field):
    typed = GOOD | changes | {"seen": seen_on(desk.get(address))}
    answer = desk.post(address, typed)
    assert answer.status_code == 422
    assert "error-summary" in main_of(answer)
    assert f"#id_{field}" in main_of(answer)
    assert "Byrådet 3. december" in main_of(answer) or field == "source"
    assert kept(lead) == []


def test_two_at_once_overwrite_nothing(desk, lead, address):
    older = seen_on(desk.get(address))
    assert desk.post(address, GOOD | {"seen": older}).status_code == 302
    answer = desk.post(address, GOOD | {"seen": older, "value": "8"})
    assert answer.status_code == 409
    assert 'value="8"' in main_of(answer)
    assert len(kept(lead)) == 1
    assert desk.post(address, GOOD | {"seen": seen_on(answer), "value": "8"}).status_code == 302
    assert [row.value for row in kept(lead)] == [6, 8]


def test_a_form_sent_twice_is_one_deadline(desk, lead, address):
    form = GOOD | {"seen": seen_on(desk.get(address)), "form_token": "0190a5b0-0000-7000-8000-00000000abcf"}
    assert [desk.post(address, form).status_code for _ in range(2)] == [302, 302]
    assert len(kept(lead)) == 1


def test_who_reads_and_who_sets(team, desk, address):
    foreign = accounts.log_in(Client(), accounts.employee(role=Role.TEAM_LEAD, team=organisations.team()))
    assert foreign.get(address).status_code == 404
    assert foreign.post(address, GOOD).status_code == 404
    for role, reads, sets in (
        (Role.CASEWORKER, 200, 403),
        (Role.KEY_PERSON, 200, 403),
        (Role.ADMINISTRATOR, 200, 200),
        (Role.ANALYST, 403, 403),
    ):
        browser = accounts.log_in(Client(), accounts.employee(role=role, team=team))
        page = browser.get(reverse("own_deadlines"))
        assert (page.status_code, browser.get(address).status_code) == (reads, sets), role
        if reads == 200:
            assert (address in main_of(page)) == (sets == 200)
    other = organisations.municipality_of(organisations.team()).code
    assert desk.get(reverse("own_deadlines") + f"?municipality={other}").status_code == 404
    assert desk.get(address.replace(SCHEME, "nothing")).status_code == 404
    assert desk.get(address.replace(SCHEME, "fortrinsadgang")).status_code == 404
