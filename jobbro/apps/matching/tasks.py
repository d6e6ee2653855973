"""What the worker does for matching: files and market follow the day, lists are made at night or when somebody asks."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from .following import follow_people
from .market import keep_market
from .night_start import looks_back
from .running import nightly_run, run_everybody, waiting_runs

# A little longer than between two runs: a run that was late misses nothing.
LOOKS_BACK = timedelta(minutes=12)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="follow_people", pass_context=False)
def follow_people_by_day(timestamp: int) -> None:
    """New needs, wishes and addresses are in the files that matching reads a few minutes later."""
    now = timezone.now()
    follow_people(since=now - LOOKS_BACK, at=now)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="keep_market", pass_context=False)
def keep_market_by_day(timestamp: int) -> None:
    """Web processes that begin find the open jobs in a file, and carry few changes beside it."""
    keep_market()


@app.periodic(cron="11 3 * * *")
@app.task(queueing_lock="match_at_night", pass_context=False)
def match_at_night(timestamp: int) -> None:
    """Files of everybody that the day's runs may have missed, then lists and proposals for everybody."""
    now = timezone.now()
    follow_people(since=looks_back(at=now), at=now)
    keep_market()
    run_everybody(run_id=nightly_run(at=now))


@app.task(pass_context=False)
def run_matching(run_id: str) -> None:
    """Lists and proposals for everybody, because somebody asked."""
    run_everybody(run_id=UUID(run_id))


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="take_up_matching", pass_context=False)
def take_up_matching(timestamp: int) -> None:
    """A run whose worker was killed goes on."""
    for run_id in waiting_runs(at=timezone.now()):
        run_everybody(run_id=run_id)
