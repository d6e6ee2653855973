"""What the secret calendar shows: moments and places of what its owner may see today, and nothing that says why."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from jobbro.apps.accounts.actor import Actor, actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import enter
from jobbro.apps.courses.enums import SeatState, SessionState
from jobbro.apps.courses.models import Enrolment, Lesson
from jobbro.apps.outbox.calendar import Event
from jobbro.apps.placements.enums import IntroductionState
from jobbro.apps.placements.models import Introduction

from ..models import Meeting, MeetingParticipant
from ..services.feeds import hash_of
from ..telling import DOMAIN, event_of
from .lists import TABLE_LASTS

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 500


def feed_of(*, secret: str, at: datetime, on: date, request_id: UUID) -> list[Event] | None:
    """The entries of the calendar with this secret, read as its owner; None when nobody's. From here on the transaction
    acts as the owner."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings_feed_user(%s::bytea)", [hash_of(secret)])
        (user_id,) = cursor.fetchone()
    if user_id is None:
        return None
    enter(actor_id=user_id, request_id=request_id)
    user = User.objects.get(pk=user_id)
    with translation.override(user.language):
        return events_of(actor=actor_of(user=user, on=on), at=at)


def events_of(*, actor: Actor, at: datetime) -> list[Event]:
    """What the actor is asked to come to: meetings, round-tables, course days."""
    events = [*_meetings(actor, at=at), *_tables(actor, at=at), *_lessons(actor, at=at)]
    return sorted(events, key=lambda event: (event.starts_at, event.uid))[:MOST]


def _meetings(actor: Actor, *, at: datetime) -> list[Event]:
    rows = Meeting.objects.visible_to(actor).filter(starts_at__gte=at - BACK, starts_at__lte=at + AHEAD)
    if actor.citizen_id is None:
        asked = MeetingParticipant.objects.filter(user_id=actor.id, left_at__isnull=True)
        rows = rows.filter(pk__in=asked.values("meeting_id"))
    return [event_of(row) for row in rows.order_by("starts_at", "pk")[:MOST]]


def _tables(actor: Actor, *, at: datetime) -> list[Event]:
    rows = Introduction.objects.visible_to(actor).filter(meets_at__gte=at - BACK, meets_at__lte=at + AHEAD)
    if actor.citizen_id is None and not actor.is_employer:
        rows = rows.filter(made_by_id=actor.id)
    return [table_event(row) for row in rows.order_by("meets_at", "pk")[:MOST]]


def table_event(row: Introduction) -> Event:
    """A round-table as a calendar has it, under the same name as in the file from its own page."""
    return Event(
        uid=f"{row.pk}@{DOMAIN}",
        sequence=int(row.changed_at.timestamp()),
        title=_("Meeting"),
        starts_at=row.meets_at,
        ends_at=row.meets_at + TABLE_LASTS,
        changed_at=row.changed_at,
        place=row.place,
        is_off=row.state == IntroductionState.CANCELLED,
    )


def _lessons(actor: Actor, *, at: datetime) -> list[Event]:
    """Days of courses where the person has a seat, or that the employee is responsible for."""
    open_ones = Lesson.objects.filter(
        session__state=SessionState.OPEN, begins_at__gte=at - BACK, begins_at__lte=at + AHEAD
    ).select_related("session")
    if actor.citizen_id is not None:
        seats = Enrolment.objects.visible_to(actor).filter(state__in=(SeatState.SEAT, SeatState.COMPLETED))
        rows = open_ones.filter(session_id__in=seats.values("session_id"))
    else:
        rows = open_ones.filter(Q(session__responsible_id=actor.id))
    return [
        Event(
            uid=f"{row.pk}@{DOMAIN}",
            sequence=int(row.session.changed_at.timestamp()),
            title=_("Course day"),
            starts_at=row.begins_at,
            ends_at=row.ends_at,
            changed_at=row.session.changed_at,
            place=row.session.place,
        )
        for row in rows.order_by("begins_at", "pk")[:MOST]
    ]
