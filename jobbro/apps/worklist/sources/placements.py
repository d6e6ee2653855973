"""Round-tables, support to arrange, and agreements that wait for somebody's signature."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import IntroductionState, Outcome, Party, PlacementState
from jobbro.apps.placements.models import (
    AgreementVersion,
    Arrangement,
    Introduction,
    OnboardingTask,
    Placement,
    Signature,
)

from ..enums import WaitsOn
from .shape import need

AHEAD = timedelta(days=7)
ALIVE = (PlacementState.AGREEING, PlacementState.AGREED)
UNDECIDED = (Outcome.NONE, Outcome.THINK)
SIDES = {Party.MUNICIPALITY: WaitsOn.US, Party.CITIZEN: WaitsOn.CITIZEN, Party.EMPLOYER: WaitsOn.EMPLOYER}
_WHOSE = Case(
    *(When(party=party, then=Value(whose.value)) for party, whose in SIDES.items()),
    default=Value(WaitsOn.OTHER.value),
    output_field=CharField(),
)


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What tables and agreements wait for."""
    return (*_tables(actor=actor, on=on), _support(actor=actor, on=on), *_signatures(actor=actor))


def _tables(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    rows = Introduction.objects.visible_to(actor)
    meets_on = TruncDate("meets_at")
    come = rows.filter(state=IntroductionState.PLANNED).alias(meets_on=meets_on).filter(meets_on__lte=on)
    held = rows.filter(state=IntroductionState.HELD, outcome__in=UNDECIDED)
    return (
        need(come, code="table_to_write_up", waits_on=WaitsOn.US, due_on=meets_on),
        need(held, code="meeting_outcome", waits_on=WaitsOn.US, due_on=meets_on),
    )


def _support(*, actor: Actor, on: date) -> "QuerySet[Any]":
    """Support with a day that is near; what is a task of the way in is told there, and a job that ended needs none."""
    planned = OnboardingTask.objects.filter(
        placement__proposal_id=OuterRef("proposal_id"), measure=OuterRef("measure"), is_arranging=True
    )
    rows = Arrangement.objects.visible_to(actor).filter(done_on__isnull=True, due_on__lte=on + AHEAD)
    ended = Placement.objects.filter(proposal_id=OuterRef("proposal_id"), state=PlacementState.ENDED)
    alive = rows.exclude(proposal__state=ProposalState.DECLINED).exclude(Exists(planned)).exclude(Exists(ended))
    return need(alive, code="support_to_arrange", waits_on=_WHOSE, due_on=F("due_on"))


def _signatures(*, actor: Actor) -> "tuple[QuerySet[Any], ...]":
    """The newest wording of each agreement that is alive, once for each of the three who has not signed it."""
    newer = AgreementVersion.objects.filter(placement_id=OuterRef("placement_id"), number__gt=OuterRef("number"))
    rows = AgreementVersion.objects.visible_to(actor).filter(placement__state__in=ALIVE).exclude(Exists(newer))
    signed = Signature.objects.filter(version_id=OuterRef("pk"))
    return tuple(
        need(
            rows.exclude(Exists(signed.filter(party=party))),
            code="agreement_to_sign",
            waits_on=whose,
            due_on=TruncDate("written_at"),
        )
        for party, whose in SIDES.items()
    )
