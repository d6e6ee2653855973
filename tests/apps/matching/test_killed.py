"""A worker that is killed in the middle of a night: another goes on, and it ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from uuid import UUID

import pytest
from django.utils import timezone

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching import market, night
from jobbro.apps.matching.enums import RunState
from jobbro.apps.matching.models import JobList
from jobbro.apps.matching.running import nightly_run, run_everybody, waiting_runs
from jobbro.cli.database import PROJECT
from tests.factories import accounts
from tests.factories.nights import Town, a_night, followed, kept
from tests.factories.rows import run

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PATIENCE = 6, 120
# A worker of its own that writes one person at a time, slowly enough to be killed in between.
WORKER = """
import sys, time, django
django.setup()
from uuid import UUID
from jobbro.apps.matching import night, running
night.SHARD = 1
write = running._write_shard
def slowly(outcome, *, shard, teller):
    write(outcome, shard=shard, teller=teller)
    time.sleep(0.5)
running._write_shard = slowly
running.run_everybody(run_id=UUID(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def begin_anew(settings, tmp_path):
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    yield
    market.forget()


def lists(town: Town) -> dict:
    with accounts.acting(town.staff):
        return {row.citizen_id: (row.entries, row.refused, row.changes) for row in JobList.objects.all()}


def killed_after(run_id: UUID, *, shards: int, folder: str) -> None:
    """A worker has begun, written so many parts, and is no more."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "JOBBRO_MARKET": folder}
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(run_id)], cwd=PROJECT, env=environment)
    give_up_at = time.monotonic() + PATIENCE
    while kept(run_id).shards_done < shards:
        assert worker.poll() is None and time.monotonic() < give_up_at, "the worker did not come so far"
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_a_worker_is_killed_twice_and_the_night_ends_the_same(monkeypatch, tmp_path):
    monkeypatch.setattr(night, "SHARD", 1)
    town = Town(people=PEOPLE, jobs=3)
    wanted_spread = a_night().spread
    wanted = lists(town)
    with acting_as(SYSTEM_ACTOR):
        JobList.objects.all().delete()
    followed()
    run_id = nightly_run(at=timezone.now())
    for shards in (1, 3):
        killed_after(run_id, shards=shards, folder=str(tmp_path / "market"))
        assert kept(run_id).state == RunState.RUNNING
        assert shards <= len(lists(town)) < PEOPLE
        assert run_everybody(run_id=run_id) is None, "nobody knows yet that it is lost"
        run("update matching_matchrun set progress_at = now() - interval '6 minutes' where state = 'running'")
        assert waiting_runs(at=timezone.now()) == [run_id]
    assert run_everybody(run_id=run_id) == RunState.DONE
    assert lists(town) == wanted
    assert (kept(run_id).spread, kept(run_id).shards_done) == (wanted_spread, PEOPLE)
