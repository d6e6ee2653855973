"""Who acts in a transaction: one round trip sets it, and only for that transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from .ids import uuid7

# The worker's actor: has no position, so it sees no person unless a job acts for somebody.
SYSTEM_ACTOR = UUID("00000000-0000-7000-8000-000000000001")

_ENTER = "select set_config('app.actor_id', %s, true), set_config('app.request_id', %s, true)"


def enter(*, actor_id: UUID | None, request_id: UUID) -> None:
    """From here to the end of the transaction the database sees `actor_id`; None means nobody and shows nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [str(actor_id or ""), str(request_id)])


@contextmanager
def acting_as(actor_id: UUID | None, *, request_id: UUID | None = None) -> Iterator[None]:
    """One transaction of `actor_id`, for jobs, commands and tests; requests get theirs from the middleware."""
    with transaction.atomic():
        enter(actor_id=actor_id, request_id=request_id or uuid7())
        yield
