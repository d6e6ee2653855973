"""What can need doing about the opening questions: never asked, to be asked again, and a yes that waits for us."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, UUIDField, Value

from jobbro.apps.accounts.actor import Actor

from .enums import Reply
from .facts import dialogue_since, open_cases

# Everybody new is asked within two weeks, and who says yes is met within one.
ASKED_WITHIN, MET_WITHIN = timedelta(days=14), timedelta(days=7)
_NOBODY = Value(None, output_field=UUIDField())


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any, Any]", ...]:
    """The rows of every need, as the worklist reads them; a no and a not now are respected."""
    cases = open_cases(actor)
    return (
        _needs(
            cases.filter(last_talk__isnull=True),
            need="opening_questions_not_asked",
            due_on=_after("opened_on", ASKED_WITHIN),
        ),
        _needs(cases.filter(ask_again_on__lte=on), need="opening_questions_again", due_on=F("ask_again_on")),
        _needs(
            cases.filter(last_talk=Reply.YES).exclude(dialogue_since()),
            need="wants_to_talk",
            due_on=_after("last_asked_on", MET_WITHIN),
        ),
    )


def _after(field: str, time: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(F(field) + Value(time.days), output_field=DateField())


def _needs(rows: "QuerySet[Any, Any]", *, need: str, due_on: Any) -> "QuerySet[Any, Any]":
    return rows.values(
        "citizen_id", need=Value(need), waits_on=Value("us"), due_on=due_on, user_id=_NOBODY, subject_id=F("citizen_id")
    )
