"""What the worker does for the audit and for itself: seals every minute, the months ahead, old forms, lost jobs."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from .context import SYSTEM_ACTOR, acting_as
from .seals import seal

FORM_LIFE = timedelta(days=30)
# A job's row holds ids and times only; what failed is kept longer, so that somebody can look into it.
DONE_JOB_HOURS, FAILED_JOB_HOURS = 7 * 24, 90 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_logs", pass_context=False)
def seal_logs(timestamp: int) -> None:
    """Rows of finished transactions are under a seal at most a minute later."""
    with acting_as(SYSTEM_ACTOR):
        seal()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="tend_logs", pass_context=False)
def tend_logs(timestamp: int) -> None:
    """The logs have partitions for the months ahead; tokens of forms older than 30 days are gone."""
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select audit_add_month((now() + make_interval(months => ahead))::date) from generate_series(0, 14) ahead"
        )
        cursor.execute("select forget_forms_before(%s)", [timezone.now() - FORM_LIFE])


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="tend_queue", pass_context=True)
async def tend_queue(context: JobContext, timestamp: int) -> None:
    """What a worker that was killed had begun is begun again by another; jobs long done are gone."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
    await manager.delete_old_jobs(nb_hours=DONE_JOB_HOURS)
    await manager.delete_old_jobs(
        nb_hours=FAILED_JOB_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
