"""Writes of the audit: a look at persons, an act, a received form. All go through functions of the database owner."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from .enums import Kind, Outcome, Purpose, Tier, Verb

_LOOK = "select log_look(%s::uuid[], %s, %s, %s, %s, %s, %s, %s)"
_EVENT = "select log_event(%s, %s::uuid, %s, %s::jsonb)"
_EVENTS = "select count(log_event(%s, c, 'citizen:' || c, '{}'::jsonb)) from unnest(%s::uuid[]) c"
_RECEIVE = (
    "insert into audit_submission (key, actor_id, received_at, location) values (%s, %s, %s, '') on conflict do nothing"
)


def record_look(
    *,
    citizen_ids: Iterable[UUID],
    purpose: Purpose,
    view: str,
    kind: Kind = Kind.READ,
    tier: Tier = Tier.ORDINARY,
    outcome: Outcome = Outcome.SHOWN,
    purpose_text: str = "",
    criterion: bytes | None = None,
) -> None:
    """One row says who looked at these persons, in which role, and why."""
    values = [list(citizen_ids), purpose, purpose_text, view, kind, tier, outcome, criterion]
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)


def record_event(
    *, verb: Verb, citizen_id: UUID | None = None, subject: object = None, detail: dict[str, Any] | None = None
) -> None:
    """One row says what the actor did. `detail` holds codes and ids, never names or free text."""
    name = f"{subject._meta.model_name}:{subject.pk}" if hasattr(subject, "_meta") else str(subject or "")  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(_EVENT, [verb, citizen_id, name, json.dumps(detail or {})])


def record_events(*, verb: Verb, citizen_ids: Iterable[UUID]) -> None:
    """The same act with many citizens: one row for each, written at once."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [verb, list(citizen_ids)])


def receive_form(*, key: UUID, actor_id: UUID, at: datetime) -> bool:
    """True the first time this form arrives; a second arrival waits for the first to finish and gets False."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVE, [key, actor_id, at])
        return bool(cursor.rowcount == 1)


def answer_form(*, key: UUID, location: str) -> None:
    """A second arrival of the form is sent to `location`."""
    with connection.cursor() as cursor:
        cursor.execute("update audit_submission set location = %s where key = %s", [location, key])


def forget_form(*, key: UUID) -> None:
    """The form was refused, so it may be sent again."""
    with connection.cursor() as cursor:
        cursor.execute("delete from audit_submission where key = %s", [key])
