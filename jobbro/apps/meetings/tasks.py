"""What the worker does for meetings: reminders of round-tables about jobs, which are planned elsewhere."""

from datetime import datetime, timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.outbox.recipients import Recipient

from .telling import remind_one

AHEAD = timedelta(days=2)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="remind_of_tables", lock="remind_of_tables", pass_context=False)
def remind_of_tables(timestamp: int) -> None:
    """Reminders of the round-tables of the next two days wait; those of tables that were moved are called off."""
    queue_table_reminders(at=timezone.now())


def queue_table_reminders(*, at: datetime) -> int:
    """How many round-tables begin soon. A table that was moved has another key, so that its new time is told too."""
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute("select meetings_forget_tables()")
        cursor.execute("select * from meetings_tables_soon(%s, %s)", [at, at + AHEAD])
        tables = cursor.fetchall()
        for introduction_id, citizen_id, meets_at in tables:
            remind_one(
                to=Recipient(citizen_id=citizen_id),
                key=f"table:{introduction_id}:{int(meets_at.timestamp())}",
                link=reverse("introduction", args=[introduction_id]),
                starts_at=meets_at,
                at=at,
            )
    return len(tables)
