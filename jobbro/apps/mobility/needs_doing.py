"""What waits for somebody between jobs: a wish, the steps until a last day, an agreed end, and the time after it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Switch
from django.db.models import Exists, F, OuterRef, QuerySet, UUIDField, Value, When
from django.db.models.functions import TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.apps.screening.models import Answer

from .enums import ObservationState, StepOwner
from .models import ChangeWish, LastStep, Notice, Observation
from .over import ended_without_new, with_last_day

NEAR = timedelta(days=7)
# What comes after an agreed end is talked about this long before.
BEFORE_END = timedelta(days=42)


def needs_doing(*, actor: Actor, on: date) -> tuple[QuerySet[Any, Any], ...]:
    """The rows of every need, as the work list reads them; each narrowed to what the actor may see."""
    return (
        _between(actor=actor, on=on),
        _ends(actor=actor, on=on),
        _steps(actor=actor, on=on),
        _wishes(actor=actor),
        _to_answer(actor=actor),
        _to_talk_about(actor=actor),
    )


def _between(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """Persons whose jobs are all over while their course goes on: nobody falls out of sight."""
    rows = ended_without_new(Placement.objects.visible_to(actor), on=on).filter(_goes_on())
    return _told(rows, need="between_jobs", waits_on=Value("us"), due_on=F("last_on"))


def _ends(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """Agreed ends that come near without a notice: what comes after?"""
    notices = Notice.objects.filter(placement_id=OuterRef("pk"), withdrawn_on__isnull=True)
    rows = with_last_day(Placement.objects.visible_to(actor).filter(~Exists(notices), state=PlacementState.AGREED))
    near = rows.filter(last_on__gte=on, last_on__lte=on + BEFORE_END)
    return _told(near, need="term_ends", waits_on=Value("us"), due_on=F("last_on"))


def _steps(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """Steps until a last day that are due; `subject_id` is the notice's."""
    rows = LastStep.objects.visible_to(actor).filter(
        _goes_on(),
        done_on__isnull=True,
        dropped_on__isnull=True,
        due_on__lte=on + NEAR,
        notice__withdrawn_on__isnull=True,
    )
    waits_on = Switch(When(owner=StepOwner.CITIZEN, then=Value("citizen")), default=Value("us"))
    return _told(rows, need="last_step", waits_on=waits_on, due_on=F("due_on"), subject="notice_id")


def _wishes(*, actor: Actor) -> QuerySet[Any, Any]:
    """Wishes for something new that nobody has talked about yet."""
    rows = ChangeWish.objects.visible_to(actor).filter(_goes_on(), ended_on__isnull=True, talked_on__isnull=True)
    return _told(rows, need="change_wish", waits_on=Value("us"), due_on=TruncDate("told_at"))


def _to_answer(*, actor: Actor) -> QuerySet[Any, Any]:
    """What has gone well at work, and waits for the citizen's own yes or no."""
    rows = Observation.objects.visible_to(actor).filter(_goes_on(), state=ObservationState.PROPOSED)
    return _told(rows, need="observation_to_answer", waits_on=Value("citizen"), due_on=TruncDate("noted_at"))


def _to_talk_about(*, actor: Actor) -> QuerySet[Any, Any]:
    """What the citizen agrees has gone well, and nobody has taken up in the dialogue since."""
    later = Answer.objects.filter(
        citizen_id=OuterRef("citizen_id"), topic=OuterRef("area"), answered_at__gt=OuterRef("answered_at")
    )
    rows = Observation.objects.visible_to(actor).filter(_goes_on(), ~Exists(later), state=ObservationState.AGREED)
    return _told(rows, need="observation_to_talk_about", waits_on=Value("us"), due_on=TruncDate("answered_at"))


def _goes_on() -> Exists:
    return Exists(Case.objects.filter(citizen_id=OuterRef("citizen_id")).exclude(state=State.CLOSED))


def _told(rows: "QuerySet[Any]", *, need: str, waits_on: Any, due_on: Any, subject: str = "pk") -> QuerySet[Any, Any]:
    return rows.values("citizen_id").annotate(
        need=Value(need),
        waits_on=waits_on,
        due_on=due_on,
        user_id=Value(None, output_field=UUIDField()),
        subject_id=F(subject),
    )
