"""The schemes over a caseload on the screen: names for those who work with them, numbers for key persons."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Tier
from jobbro.apps.audit.models import Look
from tests.factories import accounts, citizens, guidance, organisations

pytestmark = pytest.mark.django_db
OVERVIEW, SCHEME = "/caseload/schemes/", "/caseload/schemes/fortrinsadgang/"
LACKING = {
    "post_advertised": True,
    "employer_sector": "public",
    "application_route": "direct_stated",
    "meets_formal_requirements": True,
    "work_hard_to_get": True,
}


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def mette(team):
    return accounts.employee(team=team)


@pytest.fixture
def anna(team, mette):
    made = citizens.citizen(team=team, lead=mette)
    guidance.known_facts(citizen=made, **LACKING)
    return made


def text_of(answer) -> str:
    return answer.content.decode()


def looks_of(team) -> list[Look]:
    with accounts.acting(accounts.employee(role=Role.TEAM_LEAD, team=team)):
        return list(Look.objects.order_by("id"))


def test_the_overview_counts_and_looks_at_nobody(team, mette, anna) -> None:
    page = accounts.log_in(Client(), mette).get(OVERVIEW)
    assert page.status_code == 200
    assert "Stillingen går til en, der allerede er ansat" in text_of(page) or "allerede er ansat" in text_of(page)
    assert "Lund" not in text_of(page)
    assert looks_of(team) == []


def test_the_list_names_own_citizens_and_records_the_look(team, mette, anna) -> None:
    page = accounts.log_in(Client(), mette).get(SCHEME)
    assert "Anna Lund" in text_of(page)
    (look,) = looks_of(team)
    assert (look.citizen_ids, look.tier) == ([anna.pk], Tier.HEALTH)


def test_a_key_person_sees_numbers_and_colleagues_but_no_name(team, anna) -> None:
    nora = accounts.employee(role=Role.KEY_PERSON, unit=team.unit, name="Nora Key")
    desk = accounts.log_in(Client(), nora)
    for address in (OVERVIEW, SCHEME, f"{SCHEME}?who=all&stage=one_fact", f"{SCHEME}?who=mine&page=2"):
        page = desk.get(address)
        assert page.status_code == 200
        assert "Lund" not in text_of(page)
        assert str(anna.pk) not in text_of(page)
    assert "Mette Holm" in text_of(desk.get(SCHEME))
    assert "færre end 5" in text_of(desk.get(SCHEME))
    assert looks_of(team) == []


def test_others_are_refused(team) -> None:
    analyst = accounts.employee(role=Role.ANALYST, unit=team.unit)
    assert accounts.log_in(Client(), analyst).get(OVERVIEW).status_code == 403


@pytest.mark.parametrize(
    "query", ["who=everyone", "stage=soon", "fact=nothing", "fact=%00", "page=0", "page=99999", "page=-1", "who=unit"]
)
def test_odd_filters_count_as_not_chosen(mette, anna, query: str) -> None:
    desk = accounts.log_in(Client(), mette)
    assert desk.get(f"{SCHEME}?{query}").status_code == 200
    assert desk.get(f"{OVERVIEW}?{query}").status_code == 200


def test_a_scheme_that_is_none_is_not_there(mette) -> None:
    assert accounts.log_in(Client(), mette).get("/caseload/schemes/lottery/").status_code == 404


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_number_of_queries_is_the_same_whatever_the_data(team, mette, anna) -> None:
    desk = accounts.log_in(Client(), mette)
    nora = accounts.log_in(Client(), accounts.employee(role=Role.KEY_PERSON, unit=team.unit))
    before = [_queries(desk, OVERVIEW), _queries(desk, SCHEME), _queries(nora, OVERVIEW), _queries(nora, SCHEME)]
    for _ in range(12):
        guidance.known_facts(citizen=citizens.citizen(team=team, lead=mette), **LACKING)
    after = [_queries(desk, OVERVIEW), _queries(desk, SCHEME), _queries(nora, OVERVIEW), _queries(nora, SCHEME)]
    assert after == before == [9, 12, 11, 14]
