"""The wall around files, lists and runs, as the application role, in the name of everybody who might try."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching import market
from jobbro.apps.matching.enums import RunState
from jobbro.apps.matching.models import JobList, MatchRun, PersonFile
from jobbro.apps.matching.running import nightly_run
from tests.factories import accounts, citizens, employers, organisations
from tests.factories.nights import Town, a_night
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
TABLES = {"file": PersonFile, "list": JobList, "run": MatchRun}


@pytest.fixture
def town(settings, tmp_path) -> Town:
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    town = Town(people=2, jobs=2)
    town.own = citizens.citizen(team=town.team, lead=town.staff, has_login=True)
    a_night()
    return town


def seen(actor_id) -> dict[str, int]:
    with acting_as(actor_id):
        return {name: model.objects.count() for name, model in TABLES.items()}


def refused(statement: str, *values: object) -> bool:
    """Whether the database says no, or does nothing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return cursor.rowcount == 0
    except DatabaseError:
        return True


def test_who_sees_what(town):
    key_person = accounts.employee(team=town.team, role=Role.KEY_PERSON)
    company = employers.company()
    assert seen(SYSTEM_ACTOR) == {"file": 2, "list": 2, "run": 1}
    assert seen(town.staff.pk) == seen(town.lead.pk) == {"file": 2, "list": 2, "run": 1}
    assert seen(accounts.employee(team=organisations.team()).pk) == {"file": 0, "list": 0, "run": 1}
    assert seen(key_person.pk) == {"file": 0, "list": 0, "run": 1}
    assert seen(town.own.user_id) == {"file": 0, "list": 0, "run": 1}
    assert seen(employers.employer_user(company=company).pk) == {"file": 0, "list": 0, "run": 0}
    assert seen(None) == {"file": 0, "list": 0, "run": 0}


def test_nobody_but_the_worker_writes_what_a_run_comes_to(town):
    for user in (town.staff, town.lead):
        with acting_as(user.pk):
            assert refused("update matching_matchrun set spread = '{}' where state = 'done'")
            assert refused("update matching_joblist set entries = '[]'")
            assert refused("delete from matching_joblist")
            assert refused("delete from matching_matchrun")
            assert refused("update matching_matchrun set top = 1")


def test_whoever_stops_a_run_changes_nothing_else_of_it(town):
    nightly_run(at=timezone.now())
    run("update matching_matchrun set state = 'running', progress_at = now() where state = 'waiting'")
    with acting_as(town.lead.pk):
        for change in (
            "state = 'done', ended_at = now()",
            "shards = 99",
            "spread = '{\"gini\": 0}', stop_asked = true",
        ):
            assert refused(f"update matching_matchrun set {change} where state = 'running'")
        assert not refused("update matching_matchrun set stop_asked = true where state = 'running'")
    with acting_as(town.staff.pk):
        assert refused("update matching_matchrun set stop_asked = true where state = 'running'")


def test_a_run_is_ordered_in_ones_own_name_and_waits(town):
    order = (
        "insert into matching_matchrun (id, state, asked_by_id, started_at, stop_asked, rule_version, market_digest,"
        " top, per_place, per_person, persons, openings, shards, shards_done, spread, failure)"
        " values (gen_random_uuid(), %s, %s, now(), false, 'r', '', 20, 3, 3, 0, 0, 0, 0, '{}', '')"
    )
    with acting_as(town.lead.pk):
        assert refused(order, RunState.RUNNING, town.lead.pk)
        assert refused(order, RunState.WAITING, town.staff.pk)
        assert not refused(order, RunState.WAITING, town.lead.pk)
    with acting_as(town.staff.pk):
        assert refused(order, RunState.WAITING, town.staff.pk)


def test_only_the_worker_is_told_whose_file_is_old(town):
    ask = "select count(*) from matching_to_refresh(null, current_date, null, 99)"
    for actor_id, told in ((SYSTEM_ACTOR, 3), (town.lead.pk, 0), (town.staff.pk, 0), (None, 0)):
        with acting_as(actor_id), connection.cursor() as cursor:
            cursor.execute(ask)
            assert cursor.fetchone() == (told,)


def test_the_history_of_open_jobs_is_told_to_those_who_read_the_pool(town):
    company = employers.company()
    for actor_id, is_told in (
        (town.staff.pk, True),
        (employers.employer_user(company=company).pk, False),
        (None, False),
    ):
        with acting_as(actor_id), connection.cursor() as cursor:
            cursor.execute("select place, openings from app_pool_since(0)")
            place, found = cursor.fetchone()
            assert (place is not None, bool(found)) == (is_told, is_told)
