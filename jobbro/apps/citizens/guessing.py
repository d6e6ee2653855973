"""Guessing of CPR numbers slowed down: whoever meets many that they do not know waits an hour."""

from datetime import datetime, timedelta

from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event

MISSES = 10
PERIOD = timedelta(hours=1)


class TooManyGuesses(RuntimeError):
    """So many numbers in an hour are no work with a citizen any more. Nothing was looked up."""


def refuse_guessing(*, actor: Actor, at: datetime) -> None:
    """Raises TooManyGuesses after ten numbers in an hour that opened nothing."""
    missed = Q(verb=Verb.GLASS_BROKEN, citizen_id__isnull=True) | Q(verb=Verb.REGISTRATION_REFUSED)
    if Event.objects.filter(missed, actor_id=actor.id, at__gt=at - PERIOD).count() >= MISSES:
        raise TooManyGuesses
