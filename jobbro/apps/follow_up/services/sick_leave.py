"""Sick leave without a cause: noted, changed on the way back, ended. Two never overlap."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement

from ..answers import checked_words
from ..models import MOST_HOURS, SickLeave
from ..permissions import can_note_sick_leave
from ..reading import placement_for
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_sick_leave

LONGEST_AGO, FURTHEST = timedelta(days=365), timedelta(days=365)
HUNDREDTH = Decimal("0.01")
CHANGED = ("from_on", "until_on", "partial_from", "partial_hours", "plan", "changed_at")


@dataclass(frozen=True, kw_only=True)
class SickDraft:
    """Days, hours on the way back, and the plan for the return. Never why."""

    from_on: date
    until_on: date | None = None
    partial_from: date | None = None
    partial_hours: Decimal | None = None
    plan: str = ""


def note_sick_leave(*, actor: Actor, placement_id: UUID, draft: SickDraft, at: datetime, on: date) -> SickLeave:
    """The sick leave is noted. Raises NotThere, PermissionDenied, NotNow (the job has ended).

    Refused: `overlap` (with the days of the other one), `days`, `before_job`, `long_ago`, `far`, `partial`, `hours`,
    `too_long`, `cpr`.
    """
    placement = _placement(actor=actor, placement_id=placement_id)
    _check(draft, placement=placement, on=on)
    row = SickLeave(
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        placement=placement,
        noted_by_id=actor.id,
        noted_at=at,
    )
    _fill(row, draft, at=at)
    _saved(row, is_new=True)
    touch_case(citizen_id=row.citizen_id, on=on)
    record_event(verb=Verb.SICK_LEAVE_NOTED, citizen_id=row.citizen_id, subject=row)
    return row


def change_sick_leave(
    *, actor: Actor, sick_leave_id: UUID, draft: SickDraft, seen: str, at: datetime, on: date
) -> SickLeave:
    """Last day, hours and plan follow what happens. Raises NotThere, PermissionDenied, Changed; Refused as noted."""
    rows = SickLeave.objects.visible_to(actor).select_related("placement").select_for_update(of=("self",))
    row: SickLeave | None = rows.filter(pk=sick_leave_id).first()
    if row is None:
        raise NotThere
    if not can_note_sick_leave(actor, row.citizen_id):
        raise PermissionDenied
    if seen_sick_leave(row) != seen:
        raise Changed
    _check(draft, placement=row.placement, on=on, kept=row)
    _fill(row, draft, at=at)
    _saved(row, is_new=False)
    touch_case(citizen_id=row.citizen_id, on=on)
    record_event(verb=Verb.SICK_LEAVE_CHANGED, citizen_id=row.citizen_id, subject=row)
    return row


def _placement(*, actor: Actor, placement_id: UUID) -> Placement:
    placement = placement_for(actor=actor, placement_id=placement_id)
    if placement is None:
        raise NotThere
    if not can_note_sick_leave(actor, placement.citizen_id):
        raise PermissionDenied
    if placement.state != PlacementState.AGREED:
        raise NotNow
    return placement


def _check(draft: SickDraft, *, placement: Placement, on: date, kept: SickLeave | None = None) -> None:
    first = placement.starts_on
    if first is not None and draft.from_on < first:
        raise Refused("before_job", fields=("from_on",), values={"day": first})
    if kept is None and draft.from_on < on - LONGEST_AGO:
        raise Refused("long_ago", fields=("from_on",))
    if draft.from_on > on + FURTHEST:
        raise Refused("far", fields=("from_on",))
    if draft.until_on is not None and draft.until_on < draft.from_on:
        raise Refused("days", fields=("until_on",))
    if draft.until_on is not None and draft.until_on > on + FURTHEST:
        raise Refused("far", fields=("until_on",))
    _check_partial(draft)
    for other in placement.sick_leaves.order_by("from_on"):
        if (kept is None or other.pk != kept.pk) and _overlap(draft, other):
            raise Refused("overlap", fields=("from_on",), values={"from_on": other.from_on, "until_on": other.until_on})


def _check_partial(draft: SickDraft) -> None:
    if (draft.partial_from is None) != (draft.partial_hours is None):
        missing = "partial_from" if draft.partial_from is None else "partial_hours"
        raise Refused("partial", fields=(missing,))
    if draft.partial_from is None or draft.partial_hours is None:
        return
    if draft.partial_from < draft.from_on or (draft.until_on is not None and draft.partial_from > draft.until_on):
        raise Refused("partial_days", fields=("partial_from",))
    hours = draft.partial_hours
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS or hours != hours.quantize(HUNDREDTH):
        raise Refused("hours", fields=("partial_hours",), values={"most": MOST_HOURS})


def _overlap(draft: SickDraft, other: SickLeave) -> bool:
    ends_before = draft.until_on is not None and draft.until_on < other.from_on
    begins_after = other.until_on is not None and draft.from_on > other.until_on
    return not (ends_before or begins_after)


def _fill(row: SickLeave, draft: SickDraft, *, at: datetime) -> None:
    row.from_on, row.until_on = draft.from_on, draft.until_on
    row.partial_from, row.partial_hours = draft.partial_from, draft.partial_hours
    row.plan, row.changed_at = checked_words(draft.plan, field="plan"), at


def _saved(row: SickLeave, *, is_new: bool) -> None:
    """Two who note the same days at once: the second is told."""
    try:
        with transaction.atomic():
            row.save(force_insert=is_new, update_fields=None if is_new else CHANGED)
    except IntegrityError as error:
        if "sick_not_twice" not in str(error):
            raise
        raise Refused("overlap_now", fields=("from_on",)) from error
