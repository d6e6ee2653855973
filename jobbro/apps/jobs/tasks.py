"""What the worker does for jobs: searches for carved jobs, and closes jobs whose day has passed."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services.carving_runs import run_search
from .services.openings_closing import close_passed_openings


@app.task(pass_context=False)
def run_carving(carving_id: str, user_id: str) -> None:
    """Think in the name of whoever asked, until it is proven, the time is up or somebody stops it."""
    run_search(carving_id=UUID(carving_id), user_id=UUID(user_id))


@app.periodic(cron="11 0 * * *")
@app.task(queueing_lock="close_openings", pass_context=False)
def close_openings(timestamp: int) -> None:
    """Jobs whose closing date has passed are closed."""
    with acting_as(SYSTEM_ACTOR):
        close_passed_openings(on=timezone.localdate(), at=timezone.now())
