"""The shape that every source has: six columns, whatever the table."""

from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, UUIDField, Value
from django.db.models.expressions import Combinable, CombinedExpression, ExpressionWrapper

from ..enums import WaitsOn

COLUMNS = ("citizen_id", "need", "waits_on", "due_on", "user_id", "subject_id")


def need(
    rows: "QuerySet[Any]",
    *,
    code: str,
    waits_on: "WaitsOn | Combinable",
    due_on: Combinable | None = None,
    user_id: Combinable | None = None,
    subject_id: Combinable | None = None,
) -> "QuerySet[Any]":
    """One row a thing that needs doing. `user_id` null: the turn of the contact person, when it is ours."""
    shaped: QuerySet[Any] = rows.order_by().values_list(
        "citizen_id",
        Value(code, output_field=CharField()),
        waits_on if isinstance(waits_on, Combinable) else Value(waits_on.value, output_field=CharField()),
        due_on if due_on is not None else Value(None, output_field=DateField()),
        user_id if user_id is not None else Value(None, output_field=UUIDField()),
        subject_id if subject_id is not None else F("pk"),
    )
    return shaped


def days_after(day: str | Combinable, days: int) -> Combinable:
    """The day so many days after a column."""
    column = F(day) if isinstance(day, str) else day
    moved: CombinedExpression = column + Value(days)
    return ExpressionWrapper(moved, output_field=DateField())
