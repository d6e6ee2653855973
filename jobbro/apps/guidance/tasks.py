"""What the worker does for guidance: the rows of what is known follow the file, the dialogue and the calendar."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services import refresh_known

# A little longer than between two runs: a run that was late misses nothing.
LOOKS_BACK = timedelta(minutes=30)
MOST_AT_ONCE = 500


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="refresh_known_facts", pass_context=False)
def refresh_known_facts(timestamp: int) -> None:
    """A new course, benefit or dialogue answer, and a fact that ran out, are in the rows a few minutes later."""
    refresh_waiting(at=timezone.now())


def refresh_waiting(*, at: datetime) -> int:
    """The rows that wait are up to date, each in the name of somebody who works with the citizen; returns how many."""
    on = timezone.localdate(at)
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select citizen_id, user_id from guidance_to_refresh(%s::timestamptz, %s::date, %s::integer)",
            [at - LOOKS_BACK, on, MOST_AT_ONCE],
        )
        waiting: list[tuple[UUID, UUID]] = cursor.fetchall()
    for citizen_id, user_id in waiting:
        with acting_as(user_id):
            actor = actor_of(user=User.objects.get(pk=user_id), on=on)
            refresh_known(actor=actor, citizen_id=citizen_id, at=at, on=on)
    return len(waiting)
