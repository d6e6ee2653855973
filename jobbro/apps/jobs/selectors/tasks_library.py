"""Reads of where many tasks come from at once: the library by trade, starting sets, other workplaces."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.task_library import (
    ChainTemplate,
    LibraryTask,
    Named,
    TemplateTask,
    task_library,
    templates,
)

from ..models import Task
from ..prefilling import LIBRARY
from .tasks import TaskFormPage, task_form_for
from .tasks_shown import TaskShown, WorkplaceShown, as_shown, listed_tasks


@dataclass(frozen=True, kw_only=True)
class LibraryRow:
    """A task of the library, and whether it is on the list already."""

    task: LibraryTask
    is_listed: bool


@dataclass(frozen=True, kw_only=True)
class LibraryPage:
    """What can be chosen, and what is open to choose from now: at most one of `rows`, `set_rows`, `source_tasks`."""

    form: TaskFormPage
    groups: tuple[Named, ...]
    sets: tuple[ChainTemplate, ...]
    workplaces: tuple[WorkplaceShown, ...]
    group: Named | None
    rows: tuple[LibraryRow, ...]
    template: ChainTemplate | None
    set_rows: tuple[tuple[str, TemplateTask, bool], ...]
    source: WorkplaceShown | None
    source_tasks: tuple[TaskShown, ...]


def library_for(
    *, actor: Actor, workplace_id: UUID, group: str = "", template: str = "", source: str = "", on: date
) -> LibraryPage | None:
    """The page where many tasks are chosen; `source` is the id of another workplace of the same company."""
    form = task_form_for(actor=actor, workplace_id=workplace_id, on=on)
    if form is None:
        return None
    listed = _origins(actor=actor, workplace_id=workplace_id)
    chosen_group = next((one for one in task_library().groups if one.code == group), None)
    chosen_set = next((one for one in templates() if one.code == template), None)
    others = _others(actor=actor, workplace=form.workplace, on=on)
    chosen_source = next((one for one in others if str(one.id) == source), None)
    tasks = task_library().by_group[chosen_group.code] if chosen_group else ()
    return LibraryPage(
        form=form,
        groups=task_library().groups,
        sets=templates(),
        workplaces=others,
        group=chosen_group,
        rows=tuple(LibraryRow(task=task, is_listed=LIBRARY + task.code in listed) for task in tasks),
        template=chosen_set,
        set_rows=_set_rows(chosen_set, listed=listed),
        source=chosen_source,
        source_tasks=listed_tasks(actor=actor, workplace=chosen_source) if chosen_source else (),
    )


def _origins(*, actor: Actor, workplace_id: UUID) -> frozenset[str]:
    rows = Task.objects.visible_to(actor).filter(workplace_id=workplace_id, removed_on__isnull=True)
    return frozenset(rows.values_list("origin", flat=True))


def _others(*, actor: Actor, workplace: WorkplaceShown, on: date) -> tuple[WorkplaceShown, ...]:
    """The company's other workplaces that have tasks."""
    having = Task.objects.visible_to(actor).filter(company_id=workplace.company_id, removed_on__isnull=True)
    rows = Workplace.objects.visible_to(actor).filter(pk__in=having.values("workplace_id")).exclude(pk=workplace.id)
    return tuple(as_shown(row, actor=actor, on=on) for row in rows.select_related("company").order_by("name"))


def _set_rows(template: ChainTemplate | None, *, listed: frozenset[str]) -> tuple[tuple[str, TemplateTask, bool], ...]:
    if template is None:
        return ()
    return tuple((f"{one.post}:{one.task.code}", one, LIBRARY + one.task.code in listed) for one in template.tasks)
