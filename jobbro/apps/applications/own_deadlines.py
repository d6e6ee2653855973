"""A municipality's own deadline for a decision: what it has set itself, else what we have read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure, Reference

from .models import OwnDeadline


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The deadline that holds on a day. `own_id` names the municipality's own row; None: it comes with the rules."""

    deadline: DecisionDeadline
    own_id: UUID | None = None


def newest_first(rows: QuerySet[OwnDeadline, OwnDeadline]) -> QuerySet[OwnDeadline, OwnDeadline]:
    """The rows in the order in which the first that has begun is the one that counts."""
    return rows.order_by("municipality_id", "scheme", "-from_on", "-recorded_at", "-id")


def in_force(*, rows: Iterable[OwnDeadline], procedure: Procedure, municipality: str, on: date) -> InForce | None:
    """The deadline of a day: of the municipality's rows (newest first), else of the rules; None when neither has one.

    A municipality that has set one itself is taken by its word: after its last day there is none.
    """
    for row in rows:
        if (row.municipality_id, row.scheme) == (municipality, procedure.scheme) and row.from_on <= on:
            is_over = row.until_on is not None and row.until_on < on
            return None if is_over else InForce(deadline=as_told(row), own_id=row.pk)
    told = procedure.deadline_for(municipality=municipality, on=on)
    return InForce(deadline=told) if told else None


def in_force_on(*, procedure: Procedure, municipality: str, on: date) -> InForce | None:
    """The same, with the rows fetched. One query."""
    rows = OwnDeadline.objects.filter(municipality_id=municipality, scheme=procedure.scheme)
    return in_force(rows=newest_first(rows), procedure=procedure, municipality=municipality, on=on)


def as_told(row: OwnDeadline) -> DecisionDeadline:
    """A row in the shape in which the rules tell deadlines; the municipality itself is the source."""
    reference = Reference(
        title=row.source, url=row.url or None, checked_on=timezone.localdate(row.recorded_at), mark="V"
    )
    return DecisionDeadline(
        municipality=row.municipality_id,
        value=row.value,
        unit=row.unit,
        from_on=row.from_on,
        until_on=row.until_on,
        reference=reference,
    )


def last_day(*, row: OwnDeadline, next_row: OwnDeadline | None) -> date | None:
    """The last day on which the row counts: its own, or the day before the one that takes its place; None: open."""
    ends = [day for day in (row.until_on, next_row and next_row.from_on - timedelta(days=1)) if day]
    return min(ends, default=None)
