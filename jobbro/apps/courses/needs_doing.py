"""What of courses needs doing: somebody asked for a seat, was offered one, or has been at a course that is over."""

from datetime import date
from typing import Any

from django.db.models import DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, TruncDate

from jobbro.apps.accounts.actor import Actor

from .enums import SeatState
from .models import Enrolment


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any]", ...]:
    """`course_application`, `course_seat_offered`, `course_to_finish`, `course_outcome`."""
    rows = Enrolment.objects.visible_to(actor)
    return (
        _needs(rows.filter(state=SeatState.APPLIED), "course_application", "us", due_on=F("session__enrol_by")),
        _needs(
            rows.filter(state=SeatState.OFFERED, confirm_by__gte=on),
            "course_seat_offered",
            "citizen",
            due_on=F("confirm_by"),
        ),
        _needs(
            rows.filter(state=SeatState.SEAT, session__ends_at__date__lt=on),
            "course_to_finish",
            "us",
            due_on=TruncDate("session__ends_at"),
            user_id=F("session__responsible_id"),
        ),
        _needs(
            rows.filter(state__in=(SeatState.COMPLETED, SeatState.NOT_COMPLETED), outcomes__isnull=True),
            "course_outcome",
            "us",
            due_on=TruncDate("session__ends_at"),
        ),
    )


def _needs(rows: "QuerySet[Any]", need: str, waits_on: str, *, due_on: Any, user_id: Any = None) -> "QuerySet[Any]":
    nobody = Cast(Value(None), UUIDField())
    return rows.values(
        "citizen_id",
        need=Value(need),
        waits_on=Value(waits_on),
        due_on=Cast(due_on, DateField()),
        user_id=nobody if user_id is None else user_id,
        subject_id=F("pk"),
    )
