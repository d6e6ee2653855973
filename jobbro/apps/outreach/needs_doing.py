"""What can need doing about the opening questions: never asked, to be asked again, and a yes that waits for us."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, UUIDField, Value

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.screening.models import Dialogue

from .enums import Reply
from .models import OpeningAnswer

# Everybody new is asked within two weeks, and who says yes is met within one.
ASKED_WITHIN, MET_WITHIN = timedelta(days=14), timedelta(days=7)
_NOBODY = Value(None, output_field=UUIDField())
_GOES_ON = Exists(Case.objects.filter(citizen_id=OuterRef("citizen_id")).exclude(state=State.CLOSED))


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any, Any]", ...]:
    """The rows of every need, as the worklist reads them; a no and a not now are respected.

    By absence and not by the newest answer of each course: with 50,000 courses that is ten times as fast.
    """
    answers = OpeningAnswer.objects.filter(citizen_id=OuterRef("citizen_id"))
    told = Dialogue.objects.filter(citizen_id=OuterRef("citizen_id"))
    # Whoever has begun to tell in the dialogue has been asked.
    unasked = Case.objects.visible_to(actor).exclude(state=State.CLOSED).exclude(Exists(answers)).exclude(Exists(told))
    later = answers.filter(
        Q(recorded_at__gt=OuterRef("recorded_at")) | Q(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    )
    newest = OpeningAnswer.objects.visible_to(actor).exclude(Exists(later)).filter(_GOES_ON)
    since = told.filter(started_at__date__gte=OuterRef("asked_on"))
    return (
        _needs(unasked, need="opening_questions_not_asked", due_on=_after("opened_on", ASKED_WITHIN)),
        _needs(newest.filter(ask_again_on__lte=on), need="opening_questions_again", due_on=F("ask_again_on")),
        _needs(
            newest.filter(talk=Reply.YES).exclude(Exists(since)),
            need="wants_to_talk",
            due_on=_after("asked_on", MET_WITHIN),
        ),
    )


def _after(field: str, time: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(F(field) + Value(time.days), output_field=DateField())


def _needs(rows: "QuerySet[Any, Any]", *, need: str, due_on: Any) -> "QuerySet[Any, Any]":
    return rows.values(
        "citizen_id", need=Value(need), waits_on=Value("us"), due_on=due_on, user_id=_NOBODY, subject_id=F("citizen_id")
    )
