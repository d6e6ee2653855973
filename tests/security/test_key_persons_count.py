"""Key persons count their unit: facts without names, only in a statement that says so, and nobody else gains by it."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from tests.factories import accounts, applications, citizens, guidance, organisations

pytestmark = pytest.mark.django_db
BEHIND = (
    *("citizens_citizen", "citizens_contact", "cases_case", "cases_note", "cases_casemember", "screening_answer"),
    *("guidance_toldfact", "guidance_guidanceanswer", "applications_application", "applications_decision"),
)


@pytest.fixture
def unit():
    team = organisations.team()
    staff = accounts.employee(team=team)
    for number in range(2):
        citizen = citizens.citizen(team=team, lead=staff, given_name=f"Kanarie{number}", has_login=not number)
        guidance.known_facts(citizen=citizen, unemployed=True)
        guidance.told_fact(citizen=citizen, by=staff, code="unemployed", value=True)
        applications.granted(citizen=citizen, staff=staff)
    team.unit.citizen = citizen
    return team.unit


def _seen(user, table: str, *, counting: str) -> int:
    with accounts.acting(user), connection.cursor() as cursor:
        cursor.execute("select set_config('app.counting', %s, true)", [counting])
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_only_the_row_of_facts_and_only_while_counting(unit) -> None:
    key = accounts.employee(role=Role.KEY_PERSON, unit=unit)
    assert _seen(key, "guidance_knownfacts", counting="schemes") == 2
    assert [_seen(key, "guidance_knownfacts", counting=word) for word in ("", "x", "SCHEMES")] == [0, 0, 0]
    assert {table: n for table in BEHIND if (n := _seen(key, table, counting="schemes"))} == {}


def test_nobody_else_gains_by_saying_that_they_count(unit) -> None:
    other = organisations.team()
    strangers = (
        accounts.employee(team=organisations.team(unit=unit)),
        accounts.employee(role=Role.ADMINISTRATOR, unit=unit),
        accounts.employee(role=Role.ANALYST, unit=unit),
        accounts.employee(role=Role.KEY_PERSON, unit=other.unit),
        citizens.citizen(team=other, has_login=True).user,
    )
    for user in strangers:
        assert _seen(user, "guidance_knownfacts", counting="schemes") == 0


def test_counting_opens_nothing_for_writing(unit) -> None:
    with accounts.acting(accounts.employee(role=Role.KEY_PERSON, unit=unit)), connection.cursor() as cursor:
        cursor.execute("select set_config('app.counting', 'schemes', true)")
        cursor.execute("update guidance_knownfacts set unemployed = false")
        assert cursor.rowcount == 0


def test_the_pages_of_the_unit_name_nobody_and_leave_the_door_shut(unit) -> None:
    browser = accounts.log_in(Client(), accounts.employee(role=Role.KEY_PERSON, unit=unit))
    for path in (reverse("scheme_caseload"), reverse("scheme_people", args=["isbryder"])):
        for who in ("unit", "all", "mine", ""):
            answer = browser.get(path, {"who": who, "stage": "yes", "fact": "unemployed", "page": "2"})
            assert "Kanarie" not in answer.content.decode()
            assert str(unit.citizen.pk) not in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.counting', true), '')")
        assert cursor.fetchone() == ("",)
