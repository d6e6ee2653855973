"""Reads of the task inventory: the list, one task, and what there is to choose from when one is written."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from ..models import Holder, Task
from .tasks_shown import (
    NO_HOURS,
    HolderSum,
    TaskShown,
    WorkplaceShown,
    holder_sums,
    listed_tasks,
    tasks_shown,
    workplace_shown,
)

REMOVED_SHOWN = 20
# In the address beside the id of a post: tasks that nobody does today, that say nothing, that nobody has confirmed.
NOBODY, NOT_READY, PREFILLED = "none", "not_ready", "prefilled"


@dataclass(frozen=True, kw_only=True)
class TasksPage:
    """The list of a workplace: its tasks (of one post, when asked for), sums, and what was taken off lately."""

    workplace: WorkplaceShown
    tasks: tuple[TaskShown, ...]
    sums: tuple[HolderSum, ...]
    removed: tuple[TaskShown, ...]
    total: int
    hours: Decimal
    not_ready: int
    prefilled: int
    without_holder: int


@dataclass(frozen=True, kw_only=True)
class HolderChoice:
    """A post to choose for a task."""

    id: UUID
    name: str
    has_left: bool


@dataclass(frozen=True, kw_only=True)
class TaskFormPage:
    """What the form of a task needs: the workplace, its posts and the places named so far; the task when it exists."""

    workplace: WorkplaceShown
    holders: tuple[HolderChoice, ...]
    places: tuple[str, ...]
    count: int
    task: TaskShown | None


def tasks_of(*, actor: Actor, workplace_id: UUID, show: str = "", on: date) -> TasksPage | None:
    """The list of tasks. `show`: the id of a post, `none`, `not_ready` or `prefilled`; anything else shows all."""
    workplace = workplace_shown(actor=actor, workplace_id=workplace_id, on=on)
    if workplace is None:
        return None
    tasks = listed_tasks(actor=actor, workplace=workplace)
    holders = Holder.objects.visible_to(actor).filter(workplace_id=workplace_id).order_by("name", "id")
    return TasksPage(
        workplace=workplace,
        tasks=_chosen(tasks, show=show),
        sums=holder_sums(tasks=tasks, holders=holders, workplace=workplace),
        removed=_removed(actor=actor, workplace=workplace),
        total=len(tasks),
        hours=sum((task.hours for task in tasks), NO_HOURS),
        not_ready=sum(not task.is_ready for task in tasks),
        prefilled=sum(task.is_ready and not task.is_confirmed for task in tasks),
        without_holder=sum(task.holder_id is None or task.has_left for task in tasks),
    )


def _chosen(tasks: tuple[TaskShown, ...], *, show: str) -> tuple[TaskShown, ...]:
    if show == NOBODY:
        return tuple(task for task in tasks if task.holder_id is None or task.has_left)
    if show == NOT_READY:
        return tuple(task for task in tasks if not task.is_ready)
    if show == PREFILLED:
        return tuple(task for task in tasks if task.is_ready and not task.is_confirmed)
    chosen = tuple(task for task in tasks if str(task.holder_id) == show)
    if chosen:
        return chosen
    return tuple(sorted(tasks, key=lambda task: (task.holder == "", task.holder.casefold())))


def _removed(*, actor: Actor, workplace: WorkplaceShown) -> tuple[TaskShown, ...]:
    rows = Task.objects.visible_to(actor).filter(workplace_id=workplace.id, removed_on__isnull=False)
    return tasks_shown(rows.select_related("holder").order_by("-changed_at", "id")[:REMOVED_SHOWN], workplace=workplace)


def task_form_for(*, actor: Actor, workplace_id: UUID, on: date) -> TaskFormPage | None:
    """What the form of a new task needs."""
    workplace = workplace_shown(actor=actor, workplace_id=workplace_id, on=on)
    return None if workplace is None else _form_page(actor=actor, workplace=workplace, task=None)


def task_for(*, actor: Actor, task_id: UUID, on: date) -> TaskFormPage | None:
    """One task with what its form needs."""
    row = Task.objects.visible_to(actor).select_related("holder").filter(pk=task_id).first()
    workplace = workplace_shown(actor=actor, workplace_id=row.workplace_id, on=on) if row else None
    if row is None or workplace is None:
        return None
    (task,) = tasks_shown([row], workplace=workplace)
    return _form_page(actor=actor, workplace=workplace, task=task)


def _form_page(*, actor: Actor, workplace: WorkplaceShown, task: TaskShown | None) -> TaskFormPage:
    rows = Holder.objects.visible_to(actor).filter(workplace_id=workplace.id).order_by("name", "id")
    listed = Task.objects.visible_to(actor).filter(workplace_id=workplace.id, removed_on__isnull=True)
    places = [place for (place,) in listed.values_list("place")]
    kept = task.holder_id if task else None
    return TaskFormPage(
        workplace=workplace,
        holders=tuple(
            HolderChoice(id=row.pk, name=row.name, has_left=row.left_on is not None)
            for row in rows
            if row.left_on is None or row.pk == kept
        ),
        places=tuple(sorted({place for place in places if place}, key=str.casefold)),
        count=len(places),
        task=task,
    )
