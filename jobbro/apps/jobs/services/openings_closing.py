"""Jobs whose closing date has passed are closed at night, and those of places that have closed."""

from datetime import date, datetime

from django.db import connection

from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event


def close_passed_openings(*, on: date, at: datetime) -> int:
    """They are closed; returns how many. Every reader counts them as closed before that (`states.open_on`)."""
    with connection.cursor() as cursor:
        cursor.execute("select jobs_close_openings(%s::date, %s::timestamptz)", [on, at])
        count = int(cursor.fetchone()[0])
    if count:
        record_event(verb=Verb.OPENINGS_CLOSED, detail={"count": count})
    return count
