"""Who waits for a new file: told to the worker by the history, done in the name of those who work with the person."""

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db import OperationalError, connection
from django.utils import timezone

from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services.refreshing import refresh_files

log = logging.getLogger(__name__)
ASKED_AT_ONCE, DONE_AT_ONCE = 5000, 200


def follow_people(*, since: datetime | None, at: datetime) -> int:
    """All files that wait are up to date, of everybody without `since`; returns how many have changed."""
    changed, beyond = 0, None
    while waiting := _waiting(since=since, at=at, beyond=beyond):
        beyond = max(citizen_id for citizen_id, _ in waiting)
        by_user = sorted(((user_id, citizen_id) for citizen_id, user_id in waiting))
        for user_id, theirs in groupby(by_user, key=itemgetter(0)):
            changed += _refreshed(user_id=user_id, citizen_ids=[citizen_id for _, citizen_id in theirs], at=at)
    return changed


def _waiting(*, since: datetime | None, at: datetime, beyond: UUID | None) -> list[tuple[UUID, UUID]]:
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select citizen_id, user_id from matching_to_refresh(%s::timestamptz, %s::date, %s::uuid, %s::integer)",
            [since, timezone.localdate(at), beyond, ASKED_AT_ONCE],
        )
        found: list[tuple[UUID, UUID]] = cursor.fetchall()
    return found


def _refreshed(*, user_id: UUID, citizen_ids: Iterable[UUID], at: datetime) -> int:
    """Many at a time; when one of them cannot be read, one at a time, so that it stops nobody else."""
    changed = 0
    for some in _parts(list(citizen_ids), size=DONE_AT_ONCE):
        done = _done(user_id=user_id, citizen_ids=some, at=at)
        if done is None:
            done = sum(_done(user_id=user_id, citizen_ids=[one], at=at) or 0 for one in some)
        changed += done
    return changed


def _parts(ids: list[UUID], *, size: int) -> Iterable[list[UUID]]:
    return (ids[first : first + size] for first in range(0, len(ids), size))


def _done(*, user_id: UUID, citizen_ids: list[UUID], at: datetime) -> int | None:
    """How many have changed, in one transaction; None when something in them cannot be read."""
    try:
        with acting_as(user_id):
            actor = actor_of(user=User.objects.get(pk=user_id), on=timezone.localdate(at))
            return refresh_files(actor=actor, citizen_ids=citizen_ids, at=at)
    except OperationalError:
        raise
    except Exception:
        log.exception("files for matching could not be brought up to date")
        return None
