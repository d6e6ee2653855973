"""What the worker does for courses: offers nobody answered in time go on to the next, also when nobody logs in."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services.sessions import settle_session, unsettled_sessions


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="settle_course_seats", lock="settle_course_seats", pass_context=False)
def settle_course_seats(timestamp: int) -> None:
    """Every session is as the rules say."""
    settle_all(at=timezone.now())


def settle_all(*, at: datetime) -> int:
    """How many people were told; one transaction a session, so that one in trouble does not hold up the others."""
    with acting_as(SYSTEM_ACTOR):
        sessions = unsettled_sessions(at=at)
    told = 0
    for session_id in sessions:
        with acting_as(SYSTEM_ACTOR):
            told += settle_session(session_id=session_id, at=at)
    return told
