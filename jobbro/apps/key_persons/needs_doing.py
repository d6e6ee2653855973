"""What needs doing about questions: answer those that wait, read an answer. No citizen stands in them."""

from datetime import date

from django.db.models import DateField, F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from jobbro.apps.accounts.actor import Actor

from .enums import QuestionState, TurnKind
from .models import Question, Turn
from .permissions import reach_of
from .selectors.questions import waiting_for

COLUMNS = ("citizen_id", "need", "waits_on", "due_on", "user_id", "subject_id")


def needs_doing(*, actor: Actor, on: date) -> tuple[QuerySet, ...]:
    """Questions that wait for the actor, with the day an answer is due; answers to the actor's own, without a day."""
    waiting = waiting_for(actor=actor, reach=reach_of(actor)).annotate(
        citizen_id=_nobody(),
        need=Value("question_to_answer"),
        waits_on=Value("us"),
        user_id=F("taken_by_id"),
        subject_id=F("pk"),
    )
    own = Question.objects.visible_to(actor).filter(asker_id=actor.id, state=QuestionState.ANSWERED)
    answers = Turn.objects.filter(kind=TurnKind.ANSWER, question_id__in=own.values("pk")).annotate(
        citizen_id=_nobody(),
        need=Value("question_answered"),
        waits_on=Value("us"),
        due_on=Cast(Value(None), DateField()),
        user_id=F("question__asker_id"),
        subject_id=F("question_id"),
    )
    return waiting.values(*COLUMNS), answers.values(*COLUMNS).distinct()


def _nobody() -> Cast:
    return Cast(Value(None), UUIDField())
