"""How matching stands: who was not reached by name, what could help, and its runs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.matching import market
from jobbro.apps.matching.enums import RunState
from jobbro.apps.matching.models import MatchRun
from tests.factories import accounts, employers, organisations
from tests.factories.nights import Town, a_night
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
OVERVIEW, RUNS = reverse("matching_overview"), reverse("match_runs")


@pytest.fixture(autouse=True)
def begin_anew(settings, tmp_path):
    settings.MARKET_FOLDER = tmp_path / "market"
    settings.LANGUAGE_CODE = "en"
    market.forget()
    yield
    market.forget()


@pytest.fixture
def town() -> Town:
    town = Town(people=2, jobs=2)
    town.far = town.person(given_name="Viggo", hours_min=40, hours_max=45)
    town.job(hours_min=46, hours_max=50)
    return town


def seen(user, url=OVERVIEW) -> str:
    client = accounts.log_in(Client(), user)
    client.cookies["django_language"] = "en"
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_has_nothing_is_told_by_name_with_what_would_help(town):
    a_night()
    html = seen(town.lead)
    assert "Viggo" in html and "Anna" not in html
    assert "1 hour more a week" in html and "opens 1 job" in html
    assert "other hours (3)" in html
    assert "2 of 2 citizens with a list got a proposal" in html
    assert "1 job was proposed to nobody" in html
    assert reverse("jobs_for", args=[town.far.pk]) in html


def test_the_look_is_recorded_for_those_who_are_named_and_nobody_else(town):
    a_night()
    seen(town.lead)
    looks = rows_of("select citizen_ids, purpose, kind, tier from audit_look where view = 'matching_overview'")
    assert [(one.citizen_ids, one.purpose, one.kind, one.tier) for one in looks] == [
        ([str(town.far.pk)], "worklist", "list", "health")
    ]


def test_a_stranger_sees_numbers_of_the_run_and_nobody(town):
    a_night()
    html = seen(accounts.employee(team=organisations.team(), role=Role.TEAM_LEAD))
    assert "Viggo" not in html and "2 of 2 citizens" in html
    client = accounts.log_in(Client(), employers.employer_user(company=employers.company()))
    assert client.get(OVERVIEW).status_code == 403
    assert client.get(RUNS).status_code == 403


def test_before_the_first_night_there_is_something_to_do(town):
    assert "No run has been made yet" in seen(town.lead)
    assert "Start a run now" in seen(town.lead, RUNS)
    assert "Start a run now" not in seen(town.staff, RUNS)


def test_a_run_is_started_followed_and_stopped(town):
    client = accounts.log_in(Client(), town.lead)
    client.cookies["django_language"] = "en"
    assert client.post(reverse("match_run_start")).status_code == 302
    html = client.get(RUNS).content.decode()
    assert "A run is under way" in html and "The run begins in a moment" in html
    assert "A run is under way already" in client.post(reverse("match_run_start"), follow=True).content.decode()
    with accounts.acting(town.lead):
        run = MatchRun.objects.get()
    stop = reverse("match_run_stop", args=[run.pk])
    assert accounts.log_in(Client(), town.staff).post(stop).status_code == 403
    assert "The run stops" in client.post(stop, follow=True).content.decode()
    assert "had ended already" in client.post(stop, follow=True).content.decode()
    with accounts.acting(town.lead):
        assert MatchRun.objects.get().state == RunState.STOPPED
    assert client.get(stop).status_code == 302
    assert client.post(reverse("match_run_stop", args=[town.far.pk])).status_code == 404


def test_a_run_of_somebody_elsewhere_is_not_told_as_the_nights(town):
    client = accounts.log_in(Client(), town.lead)
    client.post(reverse("match_run_start"))
    elsewhere = accounts.employee(team=organisations.team(), role=Role.TEAM_LEAD, name="Fremmed Leder")
    html = seen(elsewhere, RUNS)
    assert "The night" not in html
    assert town.lead.display_name in html or "A colleague elsewhere" in html


def test_junk_in_the_address_is_no_error(town):
    a_night()
    for query in ("?who=x&page=99999999", "?page=%C3%A6", "?who=unproposed&page=0", "?page=-1"):
        seen(town.lead, OVERVIEW + query)


def test_the_number_of_queries_does_not_grow(town):
    a_night()
    client = accounts.log_in(Client(), town.lead)
    client.get(OVERVIEW)
    with CaptureQueriesContext(connection) as few:
        client.get(OVERVIEW)
    for _ in range(3):
        town.person(given_name="Ida", hours_min=40, hours_max=45)
    a_night()
    with CaptureQueriesContext(connection) as many:
        client.get(OVERVIEW)
    assert len(many) == len(few) == 16
