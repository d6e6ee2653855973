"""A run over everybody: files, lists, the fair spread; stopped, killed, begun twice; and what the worker may see."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching import market, night, running
from jobbro.apps.matching.enums import RunState
from jobbro.apps.matching.following import follow_people
from jobbro.apps.matching.models import JobList, ListedOpening, PersonFile
from jobbro.apps.matching.refusals import Refused
from jobbro.apps.matching.running import nightly_run, run_everybody, waiting_runs
from jobbro.apps.matching.selectors.lists import list_for_citizen
from jobbro.apps.matching.services.runs import start_run, stop_run
from tests.factories import accounts, openings, organisations
from tests.factories.nights import Town, a_night, followed, kept
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def begin_anew(settings, tmp_path):
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    yield
    market.forget()


def lists_of(town: Town) -> dict:
    """Of each person the staff see, their list."""
    with accounts.acting(town.staff):
        return {row.citizen_id: row for row in JobList.objects.all()}


def followed_by_day() -> int:
    now = timezone.now()
    return follow_people(since=now - timedelta(minutes=12), at=now)


def test_everybody_gets_a_list_and_one_proposal_before_anybody_gets_two():
    town = Town(people=3, jobs=2)
    done = a_night()
    assert (done.state, done.persons, done.openings, done.shards, done.shards_done) == (RunState.DONE, 3, 2, 1, 1)
    assert done.spread["persons_with"] == done.spread["persons_listed"] == 3
    assert [one["gap_percent"] for one in done.spread["rounds"]] == [0, 0, 0]
    lists = lists_of(town)
    assert set(lists) == {one.pk for one in town.people}
    for row in lists.values():
        assert sorted(entry.get("proposed", 0) for entry in row.entries) in ([0, 1], [1, 2])
    per_job = [entry["job"] for row in lists.values() for entry in row.entries if "proposed" in entry]
    assert max(per_job.count(str(job.pk)) for job in town.jobs) <= done.per_place


def test_the_list_of_the_night_is_the_live_list():
    town = Town()
    a_night()
    for person in town.people:
        with accounts.acting(town.staff) as actor:
            live = list_for_citizen(actor=actor, citizen_id=person.pk, on=timezone.localdate())
        row = lists_of(town)[person.pk]
        assert [entry["job"] for entry in row.entries] == [one.job for one in live.listed.jobs]
        assert [entry["km"] for entry in row.entries] == [one.km for one in live.listed.jobs]
        assert live.last_run.is_of_this_file
        assert set(live.last_run.proposed.values()) <= {1, 2, 3}
        assert row.refused == {str(reason): many for reason, many in live.listed.none.items()}


def test_only_lists_that_say_something_new_are_written():
    town = Town()
    a_night()
    before = {pk: (row.run_id, row.made_at) for pk, row in lists_of(town).items()}
    a_night()
    assert {pk: (row.run_id, row.made_at) for pk, row in lists_of(town).items()} == before
    run("update jobs_workwish set hours_min = 40, hours_max = 45 where citizen_id = $1::uuid", value=town.people[0].pk)
    last = a_night()
    after = {pk: (row.run_id, row.made_at) for pk, row in lists_of(town).items()}
    assert after[town.people[0].pk][0] == last.pk
    assert lists_of(town)[town.people[0].pk].refused == {"hours": 2}


def test_files_follow_what_was_told_and_go_with_the_course():
    town = Town(people=2, jobs=1)
    assert followed_by_day() == 2
    assert followed_by_day() == followed() == 0
    run("update jobs_workwish set max_km = 7 where citizen_id = $1::uuid", value=town.people[0].pk)
    assert followed_by_day() == 1
    with acting_as(SYSTEM_ACTOR):
        assert sorted(row.content["max_km"] for row in PersonFile.objects.all()) == [7, 1000]
    run(
        "update cases_case set state = 'closed', closed_on = current_date where citizen_id = $1::uuid",
        value=town.people[0].pk,
    )
    a_night()
    assert set(lists_of(town)) == {town.people[1].pk}
    events = rows_of("select actor_id from audit_event where verb = 'person_file_refreshed'")
    assert {one.actor_id for one in events} == {str(town.staff.pk)}


def test_a_killed_run_is_taken_up_and_ends_as_if_nothing_had_happened(monkeypatch):
    monkeypatch.setattr(night, "SHARD", 2)
    town = Town(people=5, jobs=3)
    whole = a_night()
    wanted = {pk: (row.entries, row.refused) for pk, row in lists_of(town).items()}
    run("delete from matching_joblist")
    run_id = nightly_run(at=timezone.now())

    class Killed(BaseException):
        """The process is gone."""

    write, written = running._write_shard, []

    def until_the_second(outcome, *, shard, teller):
        if shard == 1:
            raise Killed
        write(outcome, shard=shard, teller=teller)
        written.append(shard)

    monkeypatch.setattr(running, "_write_shard", until_the_second)
    with pytest.raises(Killed):
        run_everybody(run_id=run_id)
    monkeypatch.setattr(running, "_write_shard", write)
    assert (kept(run_id).state, kept(run_id).shards_done) == (RunState.RUNNING, 1)
    assert len(lists_of(town)) == 2
    assert run_everybody(run_id=run_id) is None, "it is not lost yet"
    assert waiting_runs(at=timezone.now()) == []
    run("update matching_matchrun set progress_at = now() - interval '6 minutes' where state = 'running'")
    assert waiting_runs(at=timezone.now()) == [run_id]
    before = {pk: row.made_at for pk, row in lists_of(town).items()}
    assert run_everybody(run_id=run_id) == RunState.DONE
    assert {pk: (row.entries, row.refused) for pk, row in lists_of(town).items()} == wanted
    assert {pk: row.made_at for pk, row in lists_of(town).items() if pk in before} == before
    assert kept(run_id).spread == whole.spread


def test_a_run_that_is_taken_up_over_other_persons_begins_its_writing_anew(monkeypatch):
    monkeypatch.setattr(night, "SHARD", 1)
    town = Town(people=3, jobs=2)
    followed()
    run_id = nightly_run(at=timezone.now())
    run(
        "update matching_matchrun set state = 'running', shards = 3, shards_done = 2, market_digest = 'another',"
        " progress_at = now() - interval '6 minutes'"
    )
    assert run_everybody(run_id=run_id) == RunState.DONE
    assert set(lists_of(town)) == {one.pk for one in town.people}


def test_a_run_stops_when_somebody_says_so_and_leaves_whole_lists(monkeypatch):
    monkeypatch.setattr(night, "SHARD", 1)
    town = Town(people=3, jobs=2)
    followed()
    with accounts.acting(town.lead) as actor:
        asked = start_run(actor=actor, at=timezone.now())
        with pytest.raises(Refused, match="under_way"):
            start_run(actor=actor, at=timezone.now())
    write = running._write_shard

    def then_somebody_stops(outcome, *, shard, teller):
        write(outcome, shard=shard, teller=teller)
        with accounts.acting(town.lead) as actor:
            stop_run(actor=actor, run_id=asked.pk, at=timezone.now())

    monkeypatch.setattr(running, "_write_shard", then_somebody_stops)
    assert run_everybody(run_id=asked.pk) == RunState.STOPPED
    assert kept(asked.pk).shards_done == 1
    assert len(lists_of(town)) == 1
    with accounts.acting(town.lead) as actor, pytest.raises(Refused, match="ended"):
        stop_run(actor=actor, run_id=asked.pk, at=timezone.now())


def test_a_run_that_waits_is_stopped_at_once():
    town = Town(people=1, jobs=1)
    with accounts.acting(town.lead) as actor:
        asked = start_run(actor=actor, at=timezone.now())
        assert stop_run(actor=actor, run_id=asked.pk, at=timezone.now()).state == RunState.STOPPED
    assert run_everybody(run_id=asked.pk) is None


def test_two_runs_never_run_at_once():
    Town(people=1, jobs=1)
    one, other = nightly_run(at=timezone.now()), nightly_run(at=timezone.now())
    assert running._claimed(one)
    assert run_everybody(run_id=other) is None
    run("update matching_matchrun set progress_at = now() - interval '6 minutes' where state = 'running'")
    assert run_everybody(run_id=other) == RunState.DONE
    assert (kept(one).state, kept(one).failure) == (RunState.FAILED, "lost")


def test_what_goes_wrong_is_told_and_leaves_the_lists_alone(monkeypatch):
    town = Town(people=2, jobs=1)
    a_night()
    before = {pk: row.entries for pk, row in lists_of(town).items()}
    monkeypatch.setattr(running, "computed", lambda *args, **kwargs: 1 / 0)
    failed = a_night()
    assert (failed.state, failed.failure) == (RunState.FAILED, "engine")
    assert {pk: row.entries for pk, row in lists_of(town).items()} == before


def test_a_night_without_anybody_or_without_jobs_is_done():
    assert (a_night().state, a_night().persons) == (RunState.DONE, 0)
    town = Town(people=2, jobs=1)
    run("update jobs_opening set state = 'closed'")
    done = a_night()
    assert (done.state, done.openings, done.spread["persons_listed"]) == (RunState.DONE, 0, 0)
    assert {row.entries == [] for row in lists_of(town).values()} == {True}


def test_a_row_that_no_engine_can_read_stops_nobody_else(caplog):
    town = Town(people=2, jobs=2)
    followed()
    run("update jobs_opening set demand = '{\"standing\": 9}' where id = $1::uuid", value=town.jobs[0].pk)
    run(
        "update matching_personfile set content = jsonb_set(content, '{slots}', '[\"moon_am\"]')"
        " where citizen_id = $1::uuid",
        value=town.people[0].pk,
    )
    run_id = nightly_run(at=timezone.now())
    assert run_everybody(run_id=run_id) == RunState.DONE
    assert (kept(run_id).persons, kept(run_id).openings) == (1, 1)
    assert set(lists_of(town)) == {town.people[1].pk}
    assert str(town.jobs[0].pk) in caplog.text


def test_at_night_the_worker_sees_files_and_no_person():
    town = Town(people=1, jobs=1)
    followed()
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        counts = {}
        for table in ("citizens_citizen", "citizens_contact", "jobs_workwish", "screening_agreement", "cases_case"):
            cursor.execute(f"select count(*) from {table}")
            counts[table] = cursor.fetchone()[0]
        assert set(counts.values()) == {0}
        assert PersonFile.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            PersonFile.objects.create(citizen_id=town.people[0].pk, content={}, digest="", changed_at=timezone.now())
        assert PersonFile.objects.update(digest="x") == 0


def test_only_leaders_start_and_stop():
    town = Town(people=1, jobs=1)
    with accounts.acting(town.staff) as actor:
        with pytest.raises(PermissionDenied):
            start_run(actor=actor, at=timezone.now())
        with pytest.raises(PermissionDenied):
            stop_run(actor=actor, run_id=nightly_run(at=timezone.now()), at=timezone.now())


def test_nobody_writes_lists_but_the_worker():
    town = Town(people=1, jobs=1)
    a_night()
    with accounts.acting(town.lead):
        assert JobList.objects.count() == 1
        assert JobList.objects.update(entries=[]) == 0
        assert JobList.objects.all().delete()[0] == 0
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(stranger):
        assert (JobList.objects.count(), PersonFile.objects.count()) == (0, 0)


def test_a_process_that_begins_finds_the_jobs_in_a_file(settings, monkeypatch):
    town = Town(people=1, jobs=3)
    assert market.keep_market()
    assert not market.keep_market(), "nothing has changed"
    fresh = openings.opening(workplace=town.jobs[0].workplace, x=0.0, y=0.0)
    run("update jobs_opening set state = 'closed' where id = $1::uuid", value=town.jobs[0].pk)
    market.forget()
    monkeypatch.setattr(market, "read_whole", lambda standing: pytest.fail("the table was read"))
    wanted = sorted(str(pk) for pk in (fresh.pk, *(job.pk for job in town.jobs[1:])))
    with acting_as(SYSTEM_ACTOR):
        found = market.open_jobs(on=timezone.localdate())
        assert sorted(found.whole().ids) == wanted
        assert not found.base.market.jobs.x.flags.writeable
    monkeypatch.undo()
    (folder,) = settings.MARKET_FOLDER.iterdir()
    for path in (folder / "market", folder / "closes.npy", folder / "about.json"):
        path.write_bytes(path.read_bytes()[:-9])
        market.forget()
        with acting_as(SYSTEM_ACTOR):
            assert sorted(market.open_jobs(on=timezone.localdate()).whole().ids) == wanted


def test_each_job_has_a_number_of_lists_that_the_next_run_counts_anew() -> None:
    town = Town(people=3, jobs=2)
    assert a_night().state == RunState.DONE
    entries = [entry for row in lists_of(town).values() for entry in row.entries]
    with accounts.acting(town.staff):
        counted = {str(one.opening_id): (one.persons, one.proposed) for one in ListedOpening.objects.all()}
    assert counted == {
        job: (
            sum(entry["job"] == job for entry in entries),
            sum(entry["job"] == job and "proposed" in entry for entry in entries),
        )
        for job in {entry["job"] for entry in entries}
    }
    run("delete from matching_personfile")
    run_everybody(run_id=nightly_run(at=timezone.now() + timedelta(days=1)))
    with accounts.acting(town.staff):
        assert not ListedOpening.objects.exists()
