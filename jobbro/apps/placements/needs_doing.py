"""What waits for somebody on the way into a job: a plan, a task, a workplace that has closed."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, QuerySet, UUIDField, Value, When

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.enums import PartnerState

from .enums import PlacementState, TaskOwner
from .models import OnboardingPlan, OnboardingTask, Placement

# What lies further ahead needs nothing yet.
NEAR = timedelta(days=7)
# A plan for the way in is made this long before the first day; a job that began long ago was begun without.
PLAN_BEFORE, PLAN_AFTER = timedelta(days=21), timedelta(days=90)


def needs_doing(*, actor: Actor, on: date) -> tuple[QuerySet[Any, Any], ...]:
    """The rows of every need, as the work list reads them; each narrowed to what the actor may see."""
    return (_plans(actor=actor, on=on), _tasks(actor=actor, on=on), _closing(actor=actor))


def _plans(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """Agreed jobs whose way in nobody has planned."""
    rows = Placement.objects.visible_to(actor).filter(
        ~Exists(OnboardingPlan.objects.filter(placement_id=OuterRef("pk"))),
        state=PlacementState.AGREED,
        starts_on__lte=on + PLAN_BEFORE,
        starts_on__gte=on - PLAN_AFTER,
    )
    return _told(rows, need="onboarding_to_plan", waits_on=Value("us"), due_on=F("starts_on"))


def _tasks(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """Tasks of the way in that are due, by whose they are; `subject_id` is the job's."""
    rows = OnboardingTask.objects.visible_to(actor).filter(
        done_on__isnull=True, dropped_on__isnull=True, due_on__lte=on + NEAR, placement__state=PlacementState.AGREED
    )
    waits_on = Case(
        When(owner=TaskOwner.CITIZEN, then=Value("citizen")),
        When(owner=TaskOwner.MUNICIPALITY, then=Value("us")),
        default=Value("employer"),
    )
    return _told(rows, need="onboarding_task", waits_on=waits_on, due_on=F("due_on"), subject="placement_id")


def _closing(*, actor: Actor) -> QuerySet[Any, Any]:
    """Jobs at a company that has closed: what happens now is to be planned."""
    rows = Placement.objects.visible_to(actor).filter(state=PlacementState.AGREED, company__state=PartnerState.CLOSED)
    return _told(rows, need="workplace_closed", waits_on=Value("us"), due_on=Value(None, output_field=DateField()))


def _told(
    rows: "QuerySet[Any]", *, need: str, waits_on: Value | Case, due_on: F | Value, subject: str = "pk"
) -> QuerySet[Any, Any]:
    return rows.values("citizen_id").annotate(
        need=Value(need),
        waits_on=waits_on,
        due_on=due_on,
        user_id=Value(None, output_field=UUIDField()),
        subject_id=F(subject),
    )
