"""Round-tables that were held and came to nothing yet; what else waits around a job is told by the app itself."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.placements.enums import IntroductionState, Outcome
from jobbro.apps.placements.models import Introduction

from ..enums import WaitsOn
from .shape import need

UNDECIDED = (Outcome.NONE, Outcome.THINK)


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """A table without a decision."""
    held = Introduction.objects.visible_to(actor).filter(state=IntroductionState.HELD, outcome__in=UNDECIDED)
    return (need(held, code="meeting_outcome", waits_on=WaitsOn.US, due_on=TruncDate("meets_at")),)
