"""Promises that somebody has to think of today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from jobbro.apps.accounts.actor import Actor

from ..enums import PartnerState, Promiser, PromiseState
from ..models import Promise
from ..permissions import can_keep_companies


@dataclass(frozen=True, kw_only=True)
class DuePromise:
    """A promise between us and a company whose day is near or has passed."""

    promise_id: UUID
    company_id: UUID
    company: str
    text: str
    is_ours: bool
    due_on: date
    days_late: int


def due_promises(*, actor: Actor, on: date, until: date, most: int) -> tuple[DuePromise, ...]:
    """Open promises with the companies that the actor or the actor's team holds, the most urgent first."""
    if not can_keep_companies(actor):
        return ()
    teams = [position.team_id for position in actor.positions if position.team_id]
    rows = (
        Promise.objects.visible_to(actor)
        .filter(
            Q(company__broker_id=actor.id) | Q(company__team_id__in=teams),
            state=PromiseState.OPEN,
            due_on__lte=until,
        )
        .exclude(company__state=PartnerState.CLOSED)
        .select_related("company")
        .order_by("due_on", "pk")
    )
    return tuple(
        DuePromise(
            promise_id=row.pk,
            company_id=row.company_id,
            company=row.company.name,
            text=row.text,
            is_ours=row.by == Promiser.US,
            due_on=row.due_on,
            days_late=max(0, (on - row.due_on).days),
        )
        for row in rows[:most]
    )
