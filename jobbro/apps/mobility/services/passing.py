"""Jobs whose last day has passed end at night, with the reason that was told."""

from datetime import date, datetime

from django.db import connection

from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event


def end_passed_jobs(*, on: date, at: datetime) -> int:
    """They have ended; returns how many. Every reader counts with the last day itself before that."""
    with connection.cursor() as cursor:
        cursor.execute("select citizen_id, placement_id from mobility_end_passed(%s::date, %s::timestamptz)", [on, at])
        found = cursor.fetchall()
    for citizen_id, placement_id in found:
        detail = {"by": "the last day"}
        record_event(
            verb=Verb.PLACEMENT_ENDED, citizen_id=citizen_id, subject=f"placement:{placement_id}", detail=detail
        )
    return len(found)
