"""What can need doing about work with partners outside the municipality."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, QuerySet, UUIDField, Value

from jobbro.apps.accounts.actor import Actor

from .enums import State
from .models import Engagement

# So many days before the last day somebody decides how it goes on.
SOON = timedelta(days=14)
_NOBODY = Value(None, output_field=UUIDField())


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any]", ...]:
    """The citizen's answer that is awaited, engagements that end soon or are over, and consents taken back."""
    rows = Engagement.objects.visible_to(actor)
    approved = rows.filter(state=State.APPROVED)
    standing = approved.filter(approval__consent__withdrawn_at__isnull=True)
    return (
        _needs(
            rows.filter(state=State.PROPOSED),
            need="engagement_waits_for_yes",
            waits_on="citizen",
            due_on=F("from_on"),
        ),
        _needs(
            standing.filter(until_on__gte=on, until_on__lte=on + SOON),
            need="engagement_ends_soon",
            waits_on="us",
            due_on=F("until_on"),
        ),
        _needs(standing.filter(until_on__lt=on), need="engagement_is_over", waits_on="us", due_on=F("until_on")),
        _needs(
            approved.filter(approval__consent__withdrawn_at__isnull=False),
            need="engagement_taken_back",
            waits_on="us",
            due_on=Value(None, output_field=DateField()),
        ),
    )


def _needs(rows: "QuerySet[Engagement]", *, need: str, waits_on: str, due_on: Any) -> "QuerySet[Any]":
    return rows.values(
        "citizen_id", need=Value(need), waits_on=Value(waits_on), due_on=due_on, user_id=_NOBODY, subject_id=F("pk")
    )
