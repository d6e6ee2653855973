"""Dialogues: stopped on the way, and needs that one of the two has not said yes to."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import Case as Course
from jobbro.apps.screening.enums import Setting, State
from jobbro.apps.screening.models import Agreement, Dialogue

from ..enums import WaitsOn
from .shape import need

STOPPED_FOR = timedelta(days=7)
# At home it is the citizen's to go on, at a screen together it is ours to find the next time.
_WHOSE = Case(
    When(setting=Setting.HOME, then=Value(WaitsOn.CITIZEN.value)),
    default=Value(WaitsOn.US.value),
    output_field=CharField(),
)


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What a dialogue waits for."""
    dialogues = Dialogue.objects.visible_to(actor)
    # Every answer is a step of the course, which keeps the day of its last one.
    still = Course.objects.filter(citizen_id=OuterRef("citizen_id"), last_step_on__lt=on - STOPPED_FOR)
    stopped = dialogues.filter(state=State.OPEN).filter(Exists(still))
    finished = dialogues.filter(state=State.FINISHED)
    agreed = Agreement.objects.filter(dialogue_id=OuterRef("pk"))
    finished_on = TruncDate(Coalesce("finished_at", "started_at"))
    return (
        need(stopped, code="dialogue_open", waits_on=_WHOSE, due_on=TruncDate("started_at")),
        need(
            finished.exclude(Exists(agreed.filter(citizen_agreed_at__isnull=False))),
            code="needs_citizen_yes",
            waits_on=WaitsOn.CITIZEN,
            due_on=finished_on,
        ),
        need(
            finished.exclude(Exists(agreed.filter(staff_agreed_at__isnull=False))),
            code="needs_our_yes",
            waits_on=WaitsOn.US,
            due_on=finished_on,
        ),
    )
