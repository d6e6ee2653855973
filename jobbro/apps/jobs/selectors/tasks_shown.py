"""A workplace and its tasks as pages show them, with how the hours of a week lie."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace
from jobbro.kernel.vocabulary import SLOTS

from ..enums import DemandSource
from ..models import CarvedTask, Holder, Task
from ..permissions import can_keep_tasks, is_closed
from ..stamps import seen_demand, seen_task

NO_HOURS = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class WorkplaceShown:
    """A workplace with its week; `may_keep` when the actor can write here today."""

    id: UUID
    name: str
    company_id: UUID
    company: str
    slots: tuple[str, ...]
    slot_hours: Decimal
    is_closed: bool
    may_keep: bool

    @property
    def week_hours(self) -> Decimal:
        """The hours of the working week."""
        return len(self.slots) * self.slot_hours


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """One task. `holder` is empty when nobody does it today; `has_left` when who did it has left the post.

    `job` names the carved job that holds it, as far as the actor has been shown the job.
    """

    id: UUID
    workplace_id: UUID
    name: str
    note: str
    hours: Decimal
    slots: tuple[str, ...]
    place: str
    requires: tuple[str, ...]
    is_core: bool
    holder_id: UUID | None
    holder: str
    occupation: str
    has_left: bool
    demand: Mapping[str, int]
    source: DemandSource
    origin: str
    job: str
    is_removed: bool
    is_outside: bool
    seen: str
    seen_demand: str

    @property
    def is_ready(self) -> bool:
        """Whether somebody has said what the task asks; without that nothing is carved from it."""
        return bool(self.demand) and self.source != DemandSource.NONE

    @property
    def is_confirmed(self) -> bool:
        return self.is_ready and self.source == DemandSource.CONFIRMED


@dataclass(frozen=True, kw_only=True)
class HolderSum:
    """A post with the hours of its tasks: all, and by half-day when each task is spread evenly over its half-days."""

    id: UUID | None
    name: str
    has_left: bool
    count: int
    hours: Decimal
    by_slot: tuple[tuple[str, Decimal], ...]
    is_over: bool


def workplace_shown(*, actor: Actor, workplace_id: UUID, on: date) -> WorkplaceShown | None:
    """The workplace, when the actor sees it."""
    row = Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    return None if row is None else as_shown(row, actor=actor, on=on)


def as_shown(row: Workplace, *, actor: Actor, on: date) -> WorkplaceShown:
    """The row as pages show it; a workplace that has not told its week has all of it."""
    has_closed = is_closed(row, on=on)
    return WorkplaceShown(
        id=row.pk,
        name=row.name,
        company_id=row.company_id,
        company=row.company.name,
        slots=tuple(slot for slot in SLOTS if slot in row.slots) or SLOTS,
        slot_hours=row.slot_hours,
        is_closed=has_closed,
        may_keep=not has_closed and can_keep_tasks(actor, row.company_id),
    )


def listed_tasks(*, actor: Actor, workplace: WorkplaceShown) -> tuple[TaskShown, ...]:
    """All tasks of the workplace that have not been removed, in the order of the list."""
    rows = Task.objects.visible_to(actor).filter(workplace_id=workplace.id, removed_on__isnull=True)
    return tasks_shown(rows.select_related("holder").order_by("position", "id"), workplace=workplace)


def tasks_shown(rows: Iterable[Task], *, workplace: WorkplaceShown) -> tuple[TaskShown, ...]:
    """The rows as shown, with the jobs that hold them; one query more."""
    given = CarvedTask.objects.filter(task__workplace_id=workplace.id, is_live=True).values_list(
        "task_id", "job__title"
    )
    jobs = dict(given)
    return tuple(_task_shown(row, workplace=workplace, job=jobs.get(row.pk, "")) for row in rows)


def _task_shown(row: Task, *, workplace: WorkplaceShown, job: str) -> TaskShown:
    holder = row.holder
    return TaskShown(
        id=row.pk,
        workplace_id=row.workplace_id,
        name=row.name,
        note=row.note,
        hours=row.hours,
        slots=tuple(row.slots),
        place=row.place,
        requires=tuple(row.requires),
        is_core=row.is_core,
        holder_id=row.holder_id,
        holder=holder.name if holder else "",
        occupation=holder.occupation if holder else "",
        has_left=holder is not None and holder.left_on is not None,
        demand=row.demand,
        source=DemandSource(row.demand_source),
        origin=row.origin,
        job=job,
        is_removed=row.removed_on is not None,
        is_outside=not set(row.slots) <= set(workplace.slots),
        seen=seen_task(row),
        seen_demand=seen_demand(row),
    )


def holder_sums(
    *, tasks: tuple[TaskShown, ...], holders: Iterable[Holder], workplace: WorkplaceShown
) -> tuple[HolderSum, ...]:
    """One line a post that has tasks or can have them, and one for tasks that nobody does today."""
    by_holder: dict[UUID | None, list[TaskShown]] = defaultdict(list)
    for task in tasks:
        by_holder[task.holder_id].append(task)
    sums = [
        _sum(by_holder[row.pk], id=row.pk, name=row.name, has_left=row.left_on is not None, workplace=workplace)
        for row in holders
        if by_holder[row.pk] or row.left_on is None
    ]
    if by_holder[None]:
        sums.append(_sum(by_holder[None], id=None, name="", has_left=False, workplace=workplace))
    return tuple(sums)


def _sum(tasks: list[TaskShown], *, id: UUID | None, name: str, has_left: bool, workplace: WorkplaceShown) -> HolderSum:
    hours = sum((task.hours for task in tasks), NO_HOURS)
    by_slot: dict[str, Decimal] = dict.fromkeys(workplace.slots, NO_HOURS)
    for task in tasks:
        within = [slot for slot in task.slots if slot in by_slot]
        for slot in within:
            by_slot[slot] += task.hours / len(within)
    return HolderSum(
        id=id,
        name=name,
        has_left=has_left,
        count=len(tasks),
        hours=hours,
        by_slot=tuple(by_slot.items()),
        is_over=id is not None and hours > workplace.week_hours,
    )
