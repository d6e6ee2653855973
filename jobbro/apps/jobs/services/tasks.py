"""Writes of single tasks: add, change, remove and bring back."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.models import Workplace

from ..models import Task
from ..prefilling import Prefill, best_prefill
from ..refusals import NotNow, Refused
from ..task_checking import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    MOST_LISTED,
    TaskDraft,
    checked_hours,
    checked_name,
    checked_skills,
    checked_slots,
    checked_text,
)
from .tasks_locking import holder_for, locked_task, open_workplace, refuse_when_in_job, standing_task

__all__ = [
    "TaskDraft",
    "add_task",
    "begin",
    "change_task",
    "new_task",
    "next_position",
    "refuse_full",
    "remove_task",
    "restore_task",
]


def add_task(*, actor: Actor, workplace_id: UUID, draft: TaskDraft, origin: str = "", at: datetime, on: date) -> Task:
    """The task is last on the list, with demands prefilled where something is known. `origin`: `library:<code>`.

    Refused as in `task_checking`, and `closed`, `list_full`, `holder_gone`, `holder_left`.
    """
    workplace = open_workplace(actor=actor, workplace_id=workplace_id, on=on)
    refuse_full(workplace, adding=1)
    row = new_task(actor=actor, workplace=workplace, draft=draft, position=next_position(workplace), at=at)
    row.holder = holder_for(actor=actor, workplace=workplace, holder_id=draft.holder_id, new_holder=draft.new_holder)
    occupation = row.holder.occupation if row.holder else ""
    begin(row, prefill=best_prefill(origin=origin, name=row.name, occupation=occupation))
    row.save(force_insert=True)
    record_event(verb=Verb.TASK_ADDED, subject=row, detail={"source": row.demand_source})
    return row


def change_task(*, actor: Actor, task_id: UUID, draft: TaskDraft, seen: str, at: datetime, on: date) -> Task:
    """The task says this now. Raises Changed, NotNow (removed); Refused as `add_task`, and `in_job`, `in_draft`."""
    row, workplace = standing_task(actor=actor, task_id=task_id, on=on, seen=seen)
    before = (row.hours, list(row.slots), row.is_core)
    _write(row, draft=draft, workplace=workplace)
    if (row.hours, row.slots, row.is_core) != before:
        refuse_when_in_job(row)
    row.holder = holder_for(
        actor=actor,
        workplace=workplace,
        holder_id=draft.holder_id,
        new_holder=draft.new_holder,
        kept_id=row.holder_id,
    )
    row.changed_by_id, row.changed_at = actor.id, at
    row.save(
        update_fields=[
            *("name", "note", "hours", "slots", "place", "requires", "is_core", "holder", "changed_by", "changed_at"),
        ]
    )
    record_event(verb=Verb.TASK_CHANGED, subject=row)
    return row


def remove_task(*, actor: Actor, task_id: UUID, at: datetime, on: date) -> Task:
    """The task is off the list and can be brought back. Refused: `in_job`, `in_draft`; NotNow when it is off."""
    row, _ = standing_task(actor=actor, task_id=task_id, on=on)
    refuse_when_in_job(row)
    _set_removed(row, removed_on=on, actor=actor, at=at)
    record_event(verb=Verb.TASK_REMOVED, subject=row)
    return row


def restore_task(*, actor: Actor, task_id: UUID, at: datetime, on: date) -> Task:
    """The task is on the list again, as it was. NotNow when it is there already."""
    row, workplace = locked_task(actor=actor, task_id=task_id, on=on)
    if row.removed_on is None:
        raise NotNow
    refuse_full(workplace, adding=1)
    _set_removed(row, removed_on=None, actor=actor, at=at)
    record_event(verb=Verb.TASK_RESTORED, subject=row)
    return row


def refuse_full(workplace: Workplace, *, adding: int) -> None:
    """Refused: `list_full`. A list that grows without end would make its pages slow for everybody."""
    listed = Task.objects.filter(workplace=workplace, removed_on__isnull=True).count()
    if adding and listed + adding > MOST_LISTED:
        raise Refused("list_full", values={"most": MOST_LISTED})


def next_position(workplace: Workplace) -> int:
    """After the last one; two who add at the same moment share a number, and the older id comes first."""
    last = Task.objects.filter(workplace=workplace).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def new_task(*, actor: Actor, workplace: Workplace, draft: TaskDraft, position: int, at: datetime) -> Task:
    """A task of nobody that asks nothing yet, ready to be saved; raises Refused when it cannot stand on the list."""
    row = Task(
        company_id=workplace.company_id,
        workplace=workplace,
        position=position,
        changed_by_id=actor.id,
        changed_at=at,
    )
    _write(row, draft=draft, workplace=workplace)
    return row


def begin(row: Task, *, prefill: Prefill | None) -> None:
    """The task has levels to begin with, when something is known."""
    if prefill is not None:
        row.demand, row.demand_source, row.origin = dict(prefill.demand), prefill.source, prefill.origin


def _write(row: Task, *, draft: TaskDraft, workplace: Workplace) -> None:
    # Everything is looked at before the first row is written: what is refused leaves nothing behind.
    row.name = checked_name(draft.name)
    row.slots = checked_slots(draft.slots, workplace=workplace)
    row.hours = checked_hours(draft.hours, slots=row.slots, workplace=workplace)
    row.place = checked_text(" ".join(draft.place.split()), most=LONGEST_PLACE, field="place")
    row.note = checked_text(draft.note, most=LONGEST_NOTE, field="note")
    row.requires = checked_skills(draft.requires)
    row.is_core = draft.is_core


def _set_removed(row: Task, *, removed_on: date | None, actor: Actor, at: datetime) -> None:
    row.removed_on, row.changed_by_id, row.changed_at = removed_on, actor.id, at
    row.save(update_fields=["removed_on", "changed_by", "changed_at"])
