"""Writes of many tasks at once: from the task library, from a starting set, from another workplace of the company."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.task_library import LibraryTask, TemplateTask, Texts, task_library, templates
from jobbro.kernel.vocabulary import SLOTS

from ..enums import DemandSource
from ..models import Holder, Task
from ..prefilling import COPY, LIBRARY, Prefill, prefill_from
from ..refusals import NotThere, Refused
from ..task_checking import HUNDREDTH, TaskDraft
from .tasks import begin, new_task, next_position, refuse_full
from .tasks_locking import holder_for, holder_named, locked_workplace

MOST_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """How many tasks came on the list, were there already, and had to be fitted into the week of the workplace."""

    added: int
    skipped: int
    fitted: int


@dataclass(frozen=True, kw_only=True)
class Gatherable:
    """A task on its way to the list, with where it comes from."""

    draft: TaskDraft
    holder: Holder | None
    prefill: Prefill | None
    origin: str


def add_from_library(
    *,
    actor: Actor,
    workplace_id: UUID,
    codes: tuple[str, ...],
    holder_id: UUID | None = None,
    new_holder: str = "",
    language: str,
    at: datetime,
    on: date,
) -> Gathered:
    """These tasks of the library are on the list, done by this post. Refused: `nothing_chosen`, `closed`."""
    workplace = locked_workplace(actor=actor, workplace_id=workplace_id, on=on)
    chosen = [task for code in dict.fromkeys(codes) if (task := task_library().by_code.get(code))]
    if not chosen:
        raise Refused("nothing_chosen")
    holder = holder_for(actor=actor, workplace=workplace, holder_id=holder_id, new_holder=new_holder)
    found = [_of_library(task, task.hours_a_week, task.slots, holder=holder, language=language) for task in chosen]
    return _gather(actor=actor, workplace=workplace, found=found, at=at)


def add_from_template(
    *, actor: Actor, workplace_id: UUID, code: str, chosen: tuple[str, ...], language: str, at: datetime, on: date
) -> Gathered:
    """The chosen tasks (`post:task`) of a starting set are on the list, with the posts that have them."""
    workplace = locked_workplace(actor=actor, workplace_id=workplace_id, on=on)
    template = next((one for one in templates() if one.code == code), None)
    if template is None:
        raise Refused("template_unknown")
    wanted = [one for one in template.tasks if template_key(one) in chosen]
    if not wanted:
        raise Refused("nothing_chosen")
    names = {post.code: post.name for post in template.posts}
    posts = {
        code: _post(actor=actor, workplace=workplace, name=names[code], language=language)
        for code in dict.fromkeys(one.post for one in wanted)
    }
    found = [
        _of_library(one.task, one.hours_a_week, one.slots, holder=posts[one.post], language=language) for one in wanted
    ]
    return _gather(actor=actor, workplace=workplace, found=found, at=at)


def copy_tasks(
    *, actor: Actor, workplace_id: UUID, source_id: UUID, task_ids: tuple[UUID, ...], at: datetime, on: date
) -> Gathered:
    """Tasks of another workplace of the company are on the list; what they ask must be confirmed here again."""
    workplace = locked_workplace(actor=actor, workplace_id=workplace_id, on=on)
    rows = Task.objects.visible_to(actor).filter(
        company_id=workplace.company_id, workplace_id=source_id, removed_on__isnull=True
    )
    if source_id == workplace.pk:
        raise NotThere
    wanted = [row for row in rows.select_related("holder").order_by("position", "id") if row.pk in set(task_ids)]
    if not wanted:
        raise Refused("nothing_chosen")
    posts: dict[UUID, Holder | None] = {}
    for row in wanted:
        if row.holder is not None and row.holder.pk not in posts:
            posts[row.holder.pk] = _same_post(row.holder, actor=actor, workplace=workplace)
    found = [_copied(row, holder=posts.get(row.holder_id) if row.holder_id else None) for row in wanted]
    return _gather(actor=actor, workplace=workplace, found=found, at=at)


def template_key(one: TemplateTask) -> str:
    """What tells a task of a starting set from the others."""
    return f"{one.post}:{one.task.code}"


def _of_library(
    task: LibraryTask, hours: float, slots: tuple[str, ...], *, holder: Holder | None, language: str
) -> Gatherable:
    places = {place.code: place.name for place in task_library().places}
    draft = TaskDraft(
        name=task.name.in_language(language),
        hours=Decimal(str(hours)).quantize(HUNDREDTH),
        slots=slots,
        place=places[task.place].in_language(language),
        requires=task.requires,
        is_core=task.core,
    )
    origin = LIBRARY + task.code
    return Gatherable(draft=draft, holder=holder, prefill=prefill_from(origin), origin=origin)


def _copied(row: Task, *, holder: Holder | None) -> Gatherable:
    origin = f"{COPY}{row.pk}"
    draft = TaskDraft(
        name=row.name,
        hours=row.hours,
        slots=tuple(row.slots),
        place=row.place,
        note=row.note,
        requires=tuple(row.requires),
        is_core=row.is_core,
    )
    prefill = Prefill(demand=row.demand, source=DemandSource.COPIED, origin=origin) if row.demand else None
    return Gatherable(draft=draft, holder=holder, prefill=prefill, origin=origin)


def _post(*, actor: Actor, workplace: Workplace, name: Texts, language: str) -> Holder | None:
    try:
        return holder_named(actor=actor, workplace=workplace, name=name.in_language(language))
    except Refused:
        # Somebody ended the post of this name here: its tasks come without a post, and the list says so.
        return None


def _same_post(holder: Holder, *, actor: Actor, workplace: Workplace) -> Holder | None:
    if holder.left_on is not None:
        return None
    try:
        return holder_named(actor=actor, workplace=workplace, name=holder.name, occupation=holder.occupation)
    except Refused:
        return None


def _gather(*, actor: Actor, workplace: Workplace, found: Iterable[Gatherable], at: datetime) -> Gathered:
    listed = Task.objects.filter(workplace=workplace, removed_on__isnull=True).exclude(origin="")
    there: set[tuple[str, UUID | None]] = set(listed.values_list("origin", "holder_id"))
    rows: list[Task] = []
    skipped = fitted = 0
    position = next_position(workplace)
    for one in found:
        key = (one.origin, one.holder.pk if one.holder else None)
        if key in there:
            skipped += 1
            continue
        draft = fitted_draft(one.draft, workplace=workplace)
        fitted += draft != one.draft
        row = new_task(actor=actor, workplace=workplace, draft=draft, position=position + len(rows), at=at)
        row.holder, row.origin = one.holder, one.origin
        begin(row, prefill=one.prefill)
        rows.append(row)
        there.add(key)
    refuse_full(workplace, adding=len(rows))
    Task.objects.bulk_create(rows, batch_size=MOST_AT_ONCE)
    record_event(verb=Verb.TASKS_GATHERED, subject=workplace, detail={"added": len(rows), "skipped": skipped})
    return Gathered(added=len(rows), skipped=skipped, fitted=fitted)


def fitted_draft(draft: TaskDraft, *, workplace: Workplace) -> TaskDraft:
    """The task in the workplace's own week: half-days that are there, as many as its hours need."""
    week = tuple(workplace.slots) or SLOTS
    slots = tuple(slot for slot in draft.slots if slot in week) or week
    if draft.hours > len(slots) * workplace.slot_hours:
        slots = week
    hours = min(draft.hours, len(slots) * workplace.slot_hours)
    if (slots, hours) == (draft.slots, draft.hours):
        return draft
    return TaskDraft(
        name=draft.name,
        hours=hours,
        slots=slots,
        place=draft.place,
        note=draft.note,
        requires=draft.requires,
        is_core=draft.is_core,
    )
