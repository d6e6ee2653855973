"""Whom somebody helps today, from the courses."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import CaseMember


def around_me(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """The citizens around whom the actor stands today, as a subquery."""
    return CaseMember.objects.standing(on=on).filter(user_id=actor.id).values("citizen_id")
