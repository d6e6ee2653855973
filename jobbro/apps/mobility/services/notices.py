"""A job gets a last day: noted with its plan, moved, or taken back; and the steps until then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.placements.enums import EndedBy, EndReason, PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.apps.placements.wording import checked_line, checked_words

from ..enums import NoticeBasis, StepOwner
from ..models import LastStep, Notice
from ..permissions import can_help, can_speak_for
from ..proposing import proposed_steps
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_notice, seen_step

# A last day further ahead is a slip of the year.
FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True, kw_only=True)
class NoticeDraft:
    """Who gave notice, when, why, and the last day with where it is known from; `period_text`: in the words there."""

    given_by: EndedBy
    reason: EndReason
    given_on: date
    last_on: date
    basis: NoticeBasis
    period_text: str = ""
    note: str = ""


def note_notice(*, actor: Actor, placement_id: UUID, draft: NoticeDraft, at: datetime, on: date) -> Notice:
    """The job has a last day, and what is done until then is laid out in steps.

    Raises NotThere, PermissionDenied, NotNow (not running, or there is a notice already). Refused: `given_ahead`,
    `last_before`, `last_past` (end the job instead), `last_far`, `needed`, `too_long`, `cpr`.
    """
    placement = _locked_job(actor=actor, placement_id=placement_id)
    if Notice.objects.filter(placement=placement, withdrawn_on__isnull=True).exists():
        raise NotNow
    row = Notice(citizen_id=placement.citizen_id, placement=placement, told_by_id=actor.id, told_at=at)
    _write(row, draft=draft, actor=actor, at=at, on=on)
    # Whoever notes it at the same moment as somebody else finds theirs there.
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    if not Notice.objects.filter(pk=row.pk).exists():
        raise NotNow
    for step in proposed_steps(given_on=row.given_on, last_on=row.last_on, on=on):
        LastStep(
            citizen_id=row.citizen_id,
            notice=row,
            code=step.code,
            title=dict(step.title),
            owner=step.owner,
            due_on=step.due_on,
            made_at=at,
            changed_by_id=actor.id,
            changed_at=at,
        ).save(force_insert=True)
    record_event(
        verb=Verb.NOTICE_NOTED, citizen_id=row.citizen_id, subject=row, detail={"given_by": str(draft.given_by)}
    )
    return row


def change_notice(*, actor: Actor, notice_id: UUID, draft: NoticeDraft, seen: str, at: datetime, on: date) -> Notice:
    """The notice is like this now; steps that count from the last day move with it. Raises and refused as above."""
    row = _locked_notice(actor=actor, notice_id=notice_id, seen=seen)
    _write(row, draft=draft, actor=actor, at=at, on=on)
    row.save(
        update_fields=[
            *("given_by", "reason", "given_on", "last_on", "basis", "period_text", "note"),
            *("changed_by", "changed_at"),
        ]
    )
    days = {step.code: step.due_on for step in proposed_steps(given_on=row.given_on, last_on=row.last_on, on=on)}
    steps = row.steps.filter(done_on__isnull=True, dropped_on__isnull=True)
    # A citizen moves the last day; the municipality's steps follow when the municipality looks at it.
    for step in steps if can_help(actor) else steps.filter(owner=StepOwner.CITIZEN):
        if step.due_on != days.get(step.code, step.due_on):
            step.due_on, step.changed_by_id, step.changed_at = days[step.code], actor.id, at
            step.save(update_fields=["due_on", "changed_by", "changed_at"])
    record_event(verb=Verb.NOTICE_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "changed"})
    return row


def withdraw_notice(*, actor: Actor, notice_id: UUID, reason: str, seen: str, at: datetime, on: date) -> Notice:
    """The notice was taken back, and the job goes on. Raises NotThere, PermissionDenied, Changed, NotNow."""
    row = _locked_notice(actor=actor, notice_id=notice_id, seen=seen)
    row.withdrawn_reason = checked_line(reason, field="reason", is_needed=True)
    row.withdrawn_on, row.changed_by_id, row.changed_at = on, actor.id, at
    row.save(update_fields=["withdrawn_on", "withdrawn_reason", "changed_by", "changed_at"])
    record_event(verb=Verb.NOTICE_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "withdrawn"})
    return row


def finish_last_step(*, actor: Actor, step_id: UUID, seen: str, at: datetime, on: date) -> LastStep:
    """The step is done; also after the last day. Raises NotThere, PermissionDenied, Changed, NotNow."""
    row = _locked_step(actor=actor, step_id=step_id, seen=seen)
    row.done_on, row.done_name = on, actor.name
    return _kept(row, actor=actor, at=at, fields=["done_on", "done_name"], what="done")


def drop_last_step(*, actor: Actor, step_id: UUID, reason: str, seen: str, at: datetime, on: date) -> LastStep:
    """The step is not to be done, and why. Raises as above. Refused: `needed`, `too_long`, `cpr`."""
    row = _locked_step(actor=actor, step_id=step_id, seen=seen)
    row.dropped_on, row.dropped_reason = on, checked_line(reason, field="reason", is_needed=True)
    return _kept(row, actor=actor, at=at, fields=["dropped_on", "dropped_reason"], what="dropped")


def _kept(row: LastStep, *, actor: Actor, at: datetime, fields: list[str], what: str) -> LastStep:
    row.changed_by_id, row.changed_at = actor.id, at
    row.save(update_fields=[*fields, "changed_by", "changed_at"])
    record_event(verb=Verb.LAST_STEP_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": what})
    return row


def _write(row: Notice, *, draft: NoticeDraft, actor: Actor, at: datetime, on: date) -> None:
    if draft.given_on > on:
        raise Refused("given_ahead", fields=("given_on",))
    if draft.last_on < draft.given_on:
        raise Refused("last_before", fields=("last_on",))
    if draft.last_on < on:
        raise Refused("last_past", fields=("last_on",))
    if draft.last_on > on + FARTHEST:
        raise Refused("last_far", fields=("last_on",))
    row.given_by, row.reason, row.basis = draft.given_by, draft.reason, draft.basis
    row.given_on, row.last_on = draft.given_on, draft.last_on
    row.period_text = checked_line(draft.period_text, field="period_text")
    row.note = checked_words(draft.note, field="note", is_needed=draft.reason == EndReason.OTHER)
    row.changed_by_id, row.changed_at = actor.id, at


def _locked_job(*, actor: Actor, placement_id: UUID) -> Placement:
    """The running job. Citizens change no placement, so only staff lock it; one notice a job is the database's rule."""
    rows = Placement.objects.visible_to(actor)
    row: Placement | None = (
        (rows.select_for_update(of=("self",)) if can_help(actor) else rows).filter(pk=placement_id).first()
    )
    if row is None or actor.is_employer:
        raise NotThere
    if not can_speak_for(actor, citizen_id=row.citizen_id):
        raise PermissionDenied
    if row.state != PlacementState.AGREED:
        raise NotNow
    return row


def _locked_notice(*, actor: Actor, notice_id: UUID, seen: str) -> Notice:
    rows = Notice.objects.visible_to(actor).select_related("placement").select_for_update(of=("self",))
    row: Notice | None = rows.filter(pk=notice_id).first()
    if row is None:
        raise NotThere
    if not can_speak_for(actor, citizen_id=row.citizen_id):
        raise PermissionDenied
    if row.withdrawn_on or row.placement.state != PlacementState.AGREED:
        raise NotNow
    if seen_notice(row) != seen:
        raise Changed
    return row


def _locked_step(*, actor: Actor, step_id: UUID, seen: str) -> LastStep:
    rows = LastStep.objects.visible_to(actor).select_related("notice").select_for_update(of=("self",))
    row: LastStep | None = rows.filter(pk=step_id).first()
    if row is None:
        raise NotThere
    if not (can_help(actor) or (actor.citizen_id == row.citizen_id and row.owner == StepOwner.CITIZEN)):
        raise PermissionDenied
    if row.done_on or row.dropped_on or row.notice.withdrawn_on:
        raise NotNow
    if seen_step(row) != seen:
        raise Changed
    return row
