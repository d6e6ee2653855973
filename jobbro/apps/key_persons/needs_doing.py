"""What needs doing about questions: answer those that wait, read an answer. No citizen stands in them."""

from datetime import date

from django.db.models import DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from jobbro.apps.accounts.actor import Actor

from .enums import QuestionState
from .models import Question
from .permissions import reach_of
from .selectors.questions import waiting_for


def needs_doing(*, actor: Actor, on: date) -> tuple[QuerySet, ...]:
    """Questions that wait for the actor, with the day an answer is due; and answers to the actor's own, without a day."""
    reach = reach_of(actor)
    waiting = waiting_for(actor=actor, reach=reach)
    answered = Question.objects.visible_to(actor).filter(asker_id=actor.id, state=QuestionState.ANSWERED)
    return (
        waiting.values(
            citizen_id=_nobody(),
            need=Value("question_to_answer"),
            waits_on=Value("us"),
            due_on=F("due_on"),
            user_id=F("taken_by_id"),
            subject_id=F("pk"),
        ),
        answered.values(
            citizen_id=_nobody(),
            need=Value("question_answered"),
            waits_on=Value("us"),
            due_on=Cast(Value(None), DateField()),
            user_id=F("asker_id"),
            subject_id=F("pk"),
        ),
    )


def _nobody() -> Cast:
    return Cast(Value(None), UUIDField())
