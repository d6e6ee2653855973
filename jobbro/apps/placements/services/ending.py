"""A job or a trial ends: the last day, whose decision it was, and why - between the citizen and the municipality."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import OFTEN_BY, EndedBy, EndReason, PlacementState
from ..models import Ending, Placement
from ..permissions import can_lay_table
from ..refusals import NotNow, NotThere, Refused
from ..wording import checked_words


def end_placement(
    *,
    actor: Actor,
    placement_id: UUID,
    ended_on: date,
    reason: EndReason,
    note: str,
    on: date,
    at: datetime,
    decided_by: EndedBy | None = None,
) -> Placement:
    """The placement has ended with this last day; told twice it is told once. The company reads it 12 weeks more.

    Raises NotThere, PermissionDenied, NotNow (not agreed, or ended with another day or reason). Refused: `ahead` (a
    last day to come is noted as a notice), `before_start`, `needed` (a note to "something else"), `too_long`, `cpr`.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    rows = Placement.objects.visible_to(actor).select_for_update(of=("self",))
    row: Placement | None = rows.filter(pk=placement_id).first()
    if row is None:
        raise NotThere
    if row.state == PlacementState.ENDED and is_told(row, ended_on=ended_on, reason=reason):
        return row
    if row.state != PlacementState.AGREED:
        raise NotNow
    _check_day(row, ended_on=ended_on, on=on)
    ending = Ending(
        citizen_id=row.citizen_id,
        placement=row,
        reason=reason,
        decided_by=decided_by or OFTEN_BY.get(reason, EndedBy.TOGETHER),
        note=checked_words(note, field="note", is_needed=reason == EndReason.OTHER),
        written_by_id=actor.id,
        written_at=at,
    )
    ending.save(force_insert=True)
    row.state, row.state_on, row.ended_on = PlacementState.ENDED, on, ended_on
    row.save(update_fields=["state", "state_on", "ended_on"])
    record_event(verb=Verb.PLACEMENT_ENDED, citizen_id=row.citizen_id, subject=row, detail={"reason": str(reason)})
    return row


def is_told(row: Placement, *, ended_on: date, reason: EndReason) -> bool:
    """Whether the placement ended with this day and reason already."""
    return row.ended_on == ended_on and Ending.objects.filter(placement=row, reason=reason).exists()


def _check_day(row: Placement, *, ended_on: date, on: date) -> None:
    if ended_on > on:
        raise Refused("ahead", fields=("ended_on",))
    # One that never began ends on the day that is told, which is before its first.
    assert row.starts_on is not None
    if ended_on < min(row.starts_on, on):
        raise Refused("before_start", fields=("ended_on",))
