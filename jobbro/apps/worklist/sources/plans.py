"""Plans: one to make, one being written, a yes to come, and steps whose day is near."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Greatest, TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.plans.enums import ActionState, State, Who
from jobbro.apps.plans.models import Action, Plan
from jobbro.apps.screening.models import Agreement

from ..enums import WaitsOn
from .shape import need

AHEAD = timedelta(days=7)
_WHOSE = Case(
    When(who=Who.CITIZEN, then=Value(WaitsOn.CITIZEN.value)),
    When(who=Who.STAFF, then=Value(WaitsOn.US.value)),
    default=Value(WaitsOn.OTHER.value),
    output_field=CharField(),
)


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What a plan waits for."""
    plans = Plan.objects.visible_to(actor)
    proposed = plans.filter(state=State.PROPOSED)
    agreed = Agreement.objects.visible_to(actor).filter(citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False)
    any_plan = Plan.objects.filter(citizen_id=OuterRef("citizen_id"))
    newer = Agreement.objects.filter(citizen_id=OuterRef("citizen_id"), staff_agreed_at__gt=OuterRef("staff_agreed_at"))
    steps = (
        Action.objects.visible_to(actor)
        .filter(state__in=(ActionState.AGREED, ActionState.UNDER_WAY), due_on__lte=on + AHEAD)
        .filter(goal__plan__state=State.AGREED)
    )
    return (
        need(
            agreed.exclude(Exists(any_plan)).exclude(Exists(newer)),
            code="plan_to_make",
            waits_on=WaitsOn.US,
            due_on=TruncDate(Greatest("citizen_agreed_at", "staff_agreed_at")),
        ),
        need(plans.filter(state=State.DRAFT), code="plan_draft", waits_on=WaitsOn.US, due_on=F("started_on")),
        need(
            proposed.filter(citizen_agreed_at__isnull=True),
            code="plan_citizen_yes",
            waits_on=WaitsOn.CITIZEN,
            due_on=F("started_on"),
        ),
        need(
            proposed.filter(staff_agreed_at__isnull=True),
            code="plan_our_yes",
            waits_on=WaitsOn.US,
            due_on=F("started_on"),
        ),
        need(steps, code="plan_step_due", waits_on=_WHOSE, due_on=F("due_on"), user_id=F("responsible_id")),
    )
