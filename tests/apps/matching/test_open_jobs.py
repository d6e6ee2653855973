"""The pool of open jobs in a process: right after every commit, private before it, and by the day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching import market
from jobbro.apps.matching.facts import person_of
from jobbro.apps.matching.market import open_jobs
from tests.factories import accounts, citizens, employers, openings, organisations
from tests.factories.rows import run

ON = date(2026, 11, 23)
PERSON = person_of(
    {
        "id": "p",
        "capacity": {"standing": 4, "lifting": 1},
        "x": 0.0,
        "y": 0.0,
        "max_km": 50,
        "hours": [5, 37],
        "slots": ["mon_am"],
        "measures": [],
    }
)


@pytest.fixture(autouse=True)
def begin_anew():
    market.forget()
    yield
    market.forget()


def listed(actor_id=SYSTEM_ACTOR, *, on=ON, top=20):
    with acting_as(actor_id):
        return open_jobs(on=on).list_for(person=PERSON, top=top)


def ids(found):
    return [one.job for one in found.jobs]


@pytest.mark.django_db
def test_only_open_jobs_that_are_kept_for_nobody_are_in_the_pool():
    place = employers.workplace(company=employers.company(), x=0.0, y=0.0)
    here = openings.opening(workplace=place)
    openings.draft_opening(workplace=place)
    openings.opening(workplace=place, state="closed")
    assert ids(listed()) == [str(here.pk)]


@pytest.mark.django_db
def test_a_job_is_there_through_its_closing_date_and_not_the_day_after():
    last = openings.opening(closes_on=ON)
    assert ids(listed()) == [str(last.pk)]
    after = listed(on=ON + timedelta(days=1))
    assert ids(after) == [] and dict(after.none) == {}


@pytest.mark.django_db
def test_whoever_has_nothing_to_do_with_jobs_reads_no_pool():
    company = employers.company()
    openings.opening(company=company)
    for actor_id in (None, employers.employer_user(company=company).pk):
        with pytest.raises(PermissionDenied):
            listed(actor_id)


@pytest.mark.django_db
def test_everybody_who_seeks_or_helps_reads_the_same_pool():
    team = organisations.team()
    job = openings.opening()
    person = citizens.citizen(team=team, has_login=True)
    for user in (accounts.employee(team=team).pk, person.user_id):
        assert ids(listed(user)) == [str(job.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_in_the_next_list_and_a_rollback_never():
    first = openings.opening()
    assert ids(listed()) == [str(first.pk)]
    kept = market._kept.snapshot
    assert kept is not None
    second = openings.opening(workplace=first.workplace)
    assert sorted(ids(listed())) == sorted([str(first.pk), str(second.pk)])
    run("update jobs_opening set state = 'closed' where id = $1::uuid", value=first.pk)
    assert ids(listed()) == [str(second.pk)]
    with acting_as(SYSTEM_ACTOR):
        run("update jobs_opening set state = 'closed'")
        assert ids(listed_here()) == []
        connection.set_rollback(True)
    assert ids(listed()) == [str(second.pk)]


def listed_here():
    return open_jobs(on=ON).list_for(person=PERSON)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_when_nothing_has_changed(django_assert_num_queries):
    openings.opening()
    listed()
    listed()
    with acting_as(SYSTEM_ACTOR), django_assert_num_queries(1):
        listed_here()


@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_that_began_earlier_is_not_missed():
    """Its number is lower than those of transactions that were finished and read before it."""
    import psycopg

    from jobbro.cli.database import owner_url

    slow, quick = openings.opening(), openings.opening()
    with psycopg.connect(owner_url()) as other:
        other.execute("select set_config('app.actor_id', %s, true)", [str(SYSTEM_ACTOR)])
        other.execute("update jobs_opening set title = 'Anden' where id = %s", [slow.pk])
        run("update jobs_opening set state = 'closed' where id = $1::uuid", value=quick.pk)
        assert ids(listed()) == [str(slow.pk)]
        other.execute("update jobs_opening set state = 'closed' where id = %s", [slow.pk])
    assert ids(listed()) == []


@pytest.mark.django_db(transaction=True)
def test_many_changes_are_carried_and_folded_without_a_difference(monkeypatch):
    monkeypatch.setattr(market, "LOOK_FOR_FILE", 3)
    monkeypatch.setattr(market, "MAKE_ANEW", 5)
    place = employers.workplace(company=employers.company(), x=0.0, y=0.0)
    rows = [openings.opening(workplace=place, demand={"lifting": at % 4}) for at in range(12)]
    listed()
    for at, row in enumerate(rows):
        change = "state = 'closed'" if at % 2 else "closes_on = '2026-11-22'" if at % 3 else "hours_max = 60"
        run(f"update jobs_opening set {change} where id = $1::uuid", value=row.pk)
        followed = listed(top=4)
        kept = market._kept.snapshot
        market.forget()
        assert listed(top=4) == followed
        market._kept.snapshot = kept
        with acting_as(SYSTEM_ACTOR):
            whole = market.read_whole(market.ask(since=None)).on(ON)
            assert len(open_jobs(on=ON)) == len(whole)
            assert list(open_jobs(on=ON).whole().ids) == list(whole.whole().ids)


@pytest.mark.django_db(transaction=True)
def test_threads_see_their_own_commits_at_once():
    """Each closes and opens a job of its own, and finds it gone and back in its very next list."""
    place = employers.workplace(company=employers.company(), x=0.0, y=0.0)
    rows = [openings.opening(workplace=place) for _ in range(4)]
    listed()

    def turned(row) -> list[str]:
        faults = []
        try:
            for turn in range(8):
                state = "open" if turn % 2 else "closed"
                run(f"update jobs_opening set state = '{state}' where id = $1::uuid", value=row.pk)
                if (str(row.pk) in ids(listed())) != (state == "open"):
                    faults.append(f"turn {turn}")
        finally:
            connection.close()
        return faults

    with ThreadPoolExecutor(max_workers=len(rows)) as pool:
        assert [faults for faults in pool.map(turned, rows) if faults] == []
    assert sorted(ids(listed())) == sorted(str(row.pk) for row in rows)
    market.forget()
    assert sorted(ids(listed())) == sorted(str(row.pk) for row in rows)
