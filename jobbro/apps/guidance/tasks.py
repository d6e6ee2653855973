"""What the worker does for guidance: the rows of what is known follow the file, the dialogue and the calendar."""

import logging
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services import refresh_known

log = logging.getLogger(__name__)

# A little longer than between two runs: a run that was late misses nothing. At night a whole day is looked through.
LOOKS_BACK, LOOKS_BACK_AT_NIGHT = timedelta(minutes=12), timedelta(hours=26)
MOST_AT_ONCE, MOST_ROUNDS_AT_NIGHT = 500, 100


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="refresh_known_facts", pass_context=False)
def refresh_known_facts(timestamp: int) -> None:
    """A new course, benefit or dialogue answer, and a fact that ran out, are in the rows a few minutes later."""
    refresh_waiting(at=timezone.now(), looks_back=LOOKS_BACK)


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="refresh_known_facts_at_night", pass_context=False)
def refresh_known_facts_at_night(timestamp: int) -> None:
    """What the day's runs did not reach is done, as far as the night is long."""
    for _round in range(MOST_ROUNDS_AT_NIGHT):
        if not refresh_waiting(at=timezone.now(), looks_back=LOOKS_BACK_AT_NIGHT):
            return


def refresh_waiting(*, at: datetime, looks_back: timedelta) -> int:
    """The rows that wait are up to date, each in the name of somebody who works with the citizen; returns how many."""
    on = timezone.localdate(at)
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select citizen_id, user_id from guidance_to_refresh(%s::timestamptz, %s::date, %s::integer)",
            [at - looks_back, on, MOST_AT_ONCE],
        )
        waiting: list[tuple[UUID, UUID]] = cursor.fetchall()
    return sum(_is_refreshed(citizen_id=person, user_id=user, at=at, on=on) for person, user in waiting)


def _is_refreshed(*, citizen_id: UUID, user_id: UUID, at: datetime, on: date) -> bool:
    """Whether the row could be brought up to date: one that cannot be read must not stop all that wait behind it."""
    try:
        with acting_as(user_id):
            actor = actor_of(user=User.objects.get(pk=user_id), on=on)
            refresh_known(actor=actor, citizen_id=citizen_id, at=at, on=on)
    except OperationalError:
        raise
    except Exception:
        log.exception("known facts could not be brought up to date")
        return False
    return True
