"""Guessing of passwords slowed down: five failures from one address with one name, then a wait."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection

from .models import LoginAttempt

FAILURES = 5
PERIOD = timedelta(minutes=15)


def attempt_key(*, username: str, address: str) -> bytes:
    """What failures are counted by: a keyed hash, so that the table tells neither names nor addresses."""
    text = f"{username.strip().lower()}\n{address}"
    return hmac.new(settings.SECRET_KEY.encode(), b"login\n" + text.encode(), sha256).digest()


def waiting_time(*, key: bytes, at: datetime) -> timedelta | None:
    """How long until the next try, or None when there may be one now. Tries with one key wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s::bigint)", [int.from_bytes(key[:8], "big", signed=True)])
    recent = list(
        LoginAttempt.objects.filter(key=key, at__gt=at - PERIOD).order_by("-at").values_list("at", flat=True)[:FAILURES]
    )
    return recent[-1] + PERIOD - at if len(recent) == FAILURES else None


def note_failure(*, key: bytes, at: datetime) -> None:
    """One more failure; those too old to count are cleared away."""
    LoginAttempt.objects.filter(at__lte=at - PERIOD).delete()
    LoginAttempt.objects.create(key=key, at=at)


def forget_failures(*, key: bytes) -> None:
    """The right password came."""
    LoginAttempt.objects.filter(key=key).delete()
