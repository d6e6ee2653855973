"""Writes of what a task asks: begin from the library or an occupation, and confirm at the workplace."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.kernel.vocabulary import VocabularyError, check_demand

from ..enums import DemandSource
from ..models import Task
from ..prefilling import prefill_from
from ..refusals import Changed, Refused
from ..stamps import seen_demand
from .tasks_locking import standing_task


def confirm_demand(
    *, actor: Actor, task_id: UUID, levels: Mapping[str, int], seen: str, at: datetime, on: date
) -> Task:
    """The task asks this: somebody at the workplace has looked. Raises Changed, NotNow; Refused: `demand_none`."""
    row = _read(actor=actor, task_id=task_id, seen=seen, on=on)
    try:
        demand = {area: level for area, level in check_demand(dict(levels)).items() if level}
    except VocabularyError as error:
        raise Refused("demand_unknown") from error
    if not demand:
        raise Refused("demand_none")
    was_changed = demand != row.demand
    row.demand, row.demand_source = demand, DemandSource.CONFIRMED
    row.confirmed_by_id, row.confirmed_at = actor.id, at
    _save(row, actor=actor, at=at)
    record_event(verb=Verb.DEMAND_CONFIRMED, subject=row, detail={"changed": was_changed})
    return row


def prefill_demand(*, actor: Actor, task_id: UUID, origin: str, seen: str, at: datetime, on: date) -> Task:
    """The task has levels to begin with, from `library:<code>` or `occupation:<code>`; nobody has confirmed them.

    Raises Changed, NotNow; Refused: `demand_confirmed`, `prefill_unknown`.
    """
    row = _read(actor=actor, task_id=task_id, seen=seen, on=on)
    if row.demand_source == DemandSource.CONFIRMED:
        # What somebody saw at the workplace is not replaced by what is usual.
        raise Refused("demand_confirmed")
    prefill = prefill_from(origin)
    if prefill is None:
        raise Refused("prefill_unknown")
    row.demand, row.demand_source, row.origin = dict(prefill.demand), prefill.source, prefill.origin
    _save(row, actor=actor, at=at)
    record_event(verb=Verb.DEMAND_PREFILLED, subject=row, detail={"source": prefill.source})
    return row


def _read(*, actor: Actor, task_id: UUID, seen: str, on: date) -> Task:
    row, _ = standing_task(actor=actor, task_id=task_id, on=on)
    if seen_demand(row) != seen:
        raise Changed
    return row


def _save(row: Task, *, actor: Actor, at: datetime) -> None:
    row.changed_by_id, row.changed_at = actor.id, at
    fields = ["demand", "demand_source", "origin", "confirmed_by", "confirmed_at", "changed_by", "changed_at"]
    row.save(update_fields=fields)
