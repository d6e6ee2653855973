"""What every act with tasks begins with: the workplace or the row, the right to change it, and that it is open."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace

from ..models import CarvedTask, Holder, Task
from ..permissions import can_keep_tasks, is_closed
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_task
from ..task_checking import checked_name


def open_workplace(*, actor: Actor, workplace_id: UUID, on: date) -> Workplace:
    """The workplace, when tasks can be written there. Raises NotThere; Refused `closed`."""
    workplace: Workplace | None = (
        Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    )
    return _may_write(actor, workplace, on=on)


def locked_workplace(*, actor: Actor, workplace_id: UUID, on: date) -> Workplace:
    """The same; acts that first look at what is on the list take turns here."""
    rows = Workplace.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).select_related("company")
    return _may_write(actor, rows.filter(pk=workplace_id).first(), on=on)


def _may_write(actor: Actor, workplace: Workplace | None, *, on: date) -> Workplace:
    if workplace is None:
        raise NotThere
    if not can_keep_tasks(actor, workplace.company_id):
        raise PermissionDenied
    if is_closed(workplace, on=on):
        raise Refused("closed")
    return workplace


def locked_task(*, actor: Actor, task_id: UUID, on: date, seen: str | None = None) -> tuple[Task, Workplace]:
    """Every change of a task takes turns on its row; the workplace is open. Raises Changed when `seen` has passed.

    The turn of the workplace comes first: whoever makes a job of its tasks has it too, so that no task is changed or
    taken away beneath the job, and nobody waits for somebody who waits for them.
    """
    turn_of(Task.objects.visible_to(actor).filter(pk=task_id))
    row: Task | None = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=task_id).first()
    if row is None:
        raise NotThere
    workplace = open_workplace(actor=actor, workplace_id=row.workplace_id, on=on)
    if seen is not None and seen_task(row) != seen:
        raise Changed
    return row, workplace


def standing_task(*, actor: Actor, task_id: UUID, on: date, seen: str | None = None) -> tuple[Task, Workplace]:
    """A task that has not been removed. Raises NotNow when it has."""
    row, workplace = locked_task(actor=actor, task_id=task_id, on=on, seen=seen)
    if row.removed_on is not None:
        raise NotNow
    return row, workplace


def refuse_when_in_job(task: Task) -> None:
    """Refused: `in_job` with the name of the job, `in_draft` when it has not been shown to the actor yet."""
    given = CarvedTask.objects.filter(task=task, is_live=True).select_related("job").first()
    if given is not None:
        raise Refused("in_job", values={"job": given.job.title})
    with connection.cursor() as cursor:
        cursor.execute("select app_is_task_in_job(%s::uuid)", [task.pk])
        if cursor.fetchone()[0]:
            raise Refused("in_draft")


def holder_for(
    *, actor: Actor, workplace: Workplace, holder_id: UUID | None, new_holder: str, kept_id: UUID | None = None
) -> Holder | None:
    """Who does it today: a new post by name, one of the workplace's, or nobody. Refused: `holder_gone`, `too_long`."""
    if new_holder.strip():
        return holder_named(actor=actor, workplace=workplace, name=new_holder)
    if holder_id is None:
        return None
    holder = Holder.objects.visible_to(actor).filter(workplace=workplace, pk=holder_id).first()
    if holder is None or (holder.left_on is not None and holder.pk != kept_id):
        raise Refused("holder_gone", fields=("holder",))
    return holder


def holder_named(*, actor: Actor, workplace: Workplace, name: str, occupation: str = "") -> Holder:
    """The post of this name; a new one when there is none. Two who write the same name get the same post."""
    kept = checked_name(name)
    locked_turn(workplace)
    holder: Holder | None = Holder.objects.visible_to(actor).filter(workplace=workplace, name__iexact=kept).first()
    if holder is not None:
        if holder.left_on is not None:
            raise Refused("holder_left", fields=("new_holder",), values={"name": holder.name})
        return holder
    holder = Holder(company_id=workplace.company_id, workplace=workplace, name=kept, occupation=occupation)
    holder.save(force_insert=True)
    return holder


def locked_turn(workplace: Workplace) -> None:
    """Acts that look before they write take turns on the workplace."""
    list(Workplace.objects.select_for_update(no_key=True).filter(pk=workplace.pk).values_list("pk"))


def turn_of(rows: QuerySet[Any, Any]) -> None:
    """The same for the workplace of a row that is locked afterwards."""
    places = Workplace.objects.select_for_update(no_key=True).filter(pk__in=rows.values("workplace_id"))
    list(places.values_list("pk"))
