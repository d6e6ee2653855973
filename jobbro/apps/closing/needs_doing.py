"""What of endings and moves needs doing: a citizen says what goes along, a team lead receives somebody."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from jobbro.apps.accounts.actor import Actor

from .enums import MoveState
from .models import Move


def needs_doing(*, actor: Actor, on: date) -> tuple["QuerySet[Any]", ...]:
    """`move_answer`, `move_take`."""
    rows = Move.objects.visible_to(actor)
    return (
        _needs(rows.filter(state=MoveState.PROPOSED), "move_answer", "citizen"),
        _needs(rows.filter(state=MoveState.ANSWERED), "move_take", "other"),
    )


def _needs(rows: "QuerySet[Any]", need: str, waits_on: str) -> "QuerySet[Any]":
    return rows.values(
        "citizen_id",
        need=Value(need),
        waits_on=Value(waits_on),
        due_on=F("moves_on"),
        user_id=Cast(Value(None), UUIDField()),
        subject_id=F("pk"),
    )
