"""What the worker does between jobs: a job whose last day has passed ends."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services.passing import end_passed_jobs


@app.periodic(cron="17 0 * * *")
@app.task(queueing_lock="end_passed_jobs", pass_context=False)
def end_jobs(timestamp: int) -> None:
    """Jobs whose last day has passed end; done already, they are not ended again."""
    with acting_as(SYSTEM_ACTOR):
        end_passed_jobs(on=timezone.localdate(), at=timezone.now())
