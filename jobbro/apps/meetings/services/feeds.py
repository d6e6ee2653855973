"""The secret address of somebody's calendar: made, and dropped."""

import secrets
from datetime import datetime
from hashlib import sha256

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..models import CalendarFeed


def make_feed(*, actor: Actor, at: datetime) -> str:
    """The secret of the actor's calendar, told this once; one that was made before stops working."""
    CalendarFeed.objects.filter(user_id=actor.id, dropped_at__isnull=True).update(dropped_at=at)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(user_id=actor.id, token_hash=hash_of(secret), made_at=at)
    feed.save(force_insert=True)
    record_event(verb=Verb.CALENDAR_FEED_MADE, subject=feed)
    return secret


def drop_feed(*, actor: Actor, at: datetime) -> bool:
    """The address of the actor's calendar answers nobody any more; False when there was none."""
    dropped = CalendarFeed.objects.filter(user_id=actor.id, dropped_at__isnull=True).update(dropped_at=at)
    if dropped:
        record_event(verb=Verb.CALENDAR_FEED_DROPPED, subject=f"user:{actor.id}")
    return bool(dropped)


def hash_of(secret: str) -> bytes:
    """What is kept of the secret: it is long and random, so a plain hash is enough."""
    return sha256(secret.encode()).digest()
