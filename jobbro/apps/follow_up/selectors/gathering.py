"""Everything about some placements in a fixed number of queries."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.placements.models import Arrangement, Placement

from ..facts import Rows, signed_wordings
from ..models import HelpRequest, SickLeave, Talk

# Sick leave of the last year counts in the schemes.
SICK_BACK = timedelta(days=365)


def rows_of(*, actor: Actor, placements: "QuerySet[Any]", on: date) -> Rows:
    """Talks, sick leave, wordings, support and calls for help of these placements (a query of them). Five queries."""
    rows = Rows()
    ids = placements.values("pk")
    for talk in Talk.objects.visible_to(actor).filter(placement__in=ids).order_by("due_on", "pk"):
        rows.talks[talk.placement_id].append(talk)
    recent = SickLeave.objects.visible_to(actor).filter(placement__in=ids).order_by("from_on", "pk")
    for leave in recent.exclude(until_on__lt=on - SICK_BACK):
        rows.sick[leave.placement_id].append(leave)
    for version in signed_wordings(actor).filter(placement__in=ids):
        rows.versions[version.placement_id].append(version)
    proposals = placements.values("proposal_id")
    for row in Arrangement.objects.visible_to(actor).filter(proposal__in=proposals).order_by("due_on", "measure"):
        rows.arrangements[row.proposal_id].append(row)
    asked = HelpRequest.objects.visible_to(actor).filter(placement__in=ids).order_by("-asked_at", "pk")
    for one in asked.select_related("done_by"):
        if one.placement_id is not None:
            rows.help[one.placement_id].append(one)
    return rows


def only(placement: Placement) -> "QuerySet[Any]":
    """The one placement as a query."""
    found: QuerySet[Any] = Placement.objects.filter(pk=placement.pk)
    return found
