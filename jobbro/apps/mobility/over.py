"""When a job is over: it has ended, its last day has passed by a notice, or the agreed time has run out."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import AgreementVersion, Placement

from .models import Notice


def with_last_day(rows: "QuerySet[Placement]") -> "QuerySet[Any]":
    """Jobs that are or were agreed, each with `last_on`: the day it ended or ends, None when no day is known.

    A notice goes before the agreed end; the newest wording says when the time runs out.
    """
    notice = Notice.objects.filter(placement_id=OuterRef("pk"), withdrawn_on__isnull=True)
    wording = AgreementVersion.objects.filter(placement_id=OuterRef("pk")).order_by("-number")
    told: QuerySet[Any] = rows.filter(state__in=(PlacementState.AGREED, PlacementState.ENDED)).annotate(
        last_on=Coalesce("ended_on", Subquery(notice.values("last_on")[:1]), Subquery(wording.values("ends_on")[:1]))
    )
    return told


def is_over(*, on: date) -> Q:
    """Of jobs with their last day: those that are over, whether or not the night has ended them."""
    return Q(state=PlacementState.ENDED) | Q(last_on__lt=on)


def ended_without_new(rows: "QuerySet[Placement]", *, on: date) -> "QuerySet[Any]":
    """The newest job of each person whose jobs are all over."""
    own = with_last_day(Placement.objects.filter(citizen_id=OuterRef("citizen_id"))).exclude(pk=OuterRef("pk"))
    running = own.filter(Q(last_on__isnull=True) | Q(last_on__gte=on), state=PlacementState.AGREED)
    later = own.filter(Q(last_on__gt=OuterRef("last_on")) | Q(last_on=OuterRef("last_on"), pk__gt=OuterRef("pk")))
    over = with_last_day(rows).filter(is_over(on=on))
    found: QuerySet[Any] = over.filter(~Exists(running), ~Exists(later))
    return found
