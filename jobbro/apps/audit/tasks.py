"""What the worker does for the audit: seals every minute, the months ahead, and forms that are long done."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from .context import SYSTEM_ACTOR, acting_as
from .seals import seal

FORM_LIFE = timedelta(days=30)


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
