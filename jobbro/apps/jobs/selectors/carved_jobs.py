"""Reads of carved jobs for staff: those of a workplace, one whole with what it breaks, and the file for matching."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace
from jobbro.engines.carving.model import Break
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.kernel.vocabulary import AREAS, SLOTS

from ..carved_asks import DemandChange, asks_of, demand_changes
from ..carving_check import checked_by_hand, limits_of, person_of_job
from ..carving_input import Inventory, inventory_of, number
from ..enums import LIVE, CarvedState
from ..models import CarvedFor, CarvedJob
from ..permissions import can_carve, is_for_unseen
from ..refusals import NotThere, Refused
from ..services.carved_jobs import JobDraft
from ..stamps import seen_carved_job
from .carved_parts import BusinessCase, CarvedTaskShown, case_of, job_for, moves_for, week_of


@dataclass(frozen=True, kw_only=True)
class CarvedRow:
    """A carved job in a list."""

    id: UUID
    title: str
    state: CarvedState
    hours: Decimal
    tasks: int


@dataclass(frozen=True, kw_only=True)
class SupportShown:
    """A measure that belongs to the job, and whether the employer sees it."""

    entry: CatalogueMeasure
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class CarvedJobPage:
    """A carved job as staff see it. `breaks` is empty when every rule holds; `capacity` is its person's, if any.

    `is_known` is False to whoever may not see all that the job was made with: the week is as saved, nothing is judged.
    `demand` is what the tasks ask today, `demand_changes` where that is not what the living job was saved with.
    """

    job: CarvedJob
    workplace: Workplace
    citizen_id: UUID | None
    name: str
    tasks: tuple[CarvedTaskShown, ...]
    free_tasks: tuple[CarvedTaskShown, ...]
    supports: tuple[SupportShown, ...]
    other_measures: tuple[CatalogueMeasure, ...]
    breaks: tuple[Break, ...]
    case: BusinessCase
    moves: tuple[str, ...]
    seen: str
    may_change: bool
    is_for_unseen: bool
    is_known: bool
    title: str
    description: str
    demand: Mapping[str, int] = field(hash=False)
    demand_changes: tuple[DemandChange, ...]
    requires: tuple[str, ...]
    capacity: Mapping[str, int] | None = field(hash=False)
    names: Mapping[str, str] = field(hash=False)

    @property
    def week(self) -> dict[str, Decimal]:
        """Hours of the job in each half-day."""
        return week_of(self.tasks)


def carved_jobs_at(*, actor: Actor, workplace_id: UUID) -> tuple[Workplace, tuple[CarvedRow, ...]]:
    """The workplace and its carved jobs, those that are alive first. Raises NotThere. Three queries."""
    workplace: Workplace | None = (
        Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    )
    if workplace is None:
        raise NotThere
    rows = CarvedJob.objects.visible_to(actor).filter(workplace=workplace).prefetch_related("tasks")
    found = [
        CarvedRow(id=row.pk, title=row.title, state=CarvedState(row.state), hours=row.hours, tasks=len(row.tasks.all()))
        for row in rows.order_by("-made_at", "pk")
    ]
    return workplace, tuple(sorted(found, key=lambda row: row.state not in LIVE))


def carved_job_page(*, actor: Actor, job_id: UUID, draft: JobDraft | None = None) -> CarvedJobPage:
    """The job, or what it would be as `draft`: nothing is stored, and the page says what breaks. Raises NotThere."""
    job = job_for(actor=actor, job_id=job_id)
    inventory = inventory_of(job.workplace, beside=job.pk)
    supports = list(job.supports.order_by("measure"))
    whom = CarvedFor.objects.filter(job=job).select_related("citizen").first()
    now = draft or JobDraft(
        title=job.title,
        description=job.description,
        task_ids=tuple(job.tasks.values_list("task_id", flat=True)),
        measures=tuple(row.measure for row in supports),
        wage=job.wage,
    )
    citizen_id = whom.citizen_id if whom else None
    is_unseen = whom is None and is_for_unseen(job.pk)
    job.wage = now.wage
    person = person_of_job(job, inventory=inventory, measures=now.measures, citizen_id=citizen_id)
    made = checked_by_hand(inventory=inventory, person=person, draft=now, limits=limits_of(job))
    is_known = whom is not None or (can_carve(actor) and not is_unseen)
    placed = {each.task: each.slots for found in made.jobs for each in found.tasks} if is_known else _kept_slots(job)
    chosen = set(now.task_ids)
    asks = asks_of([task for task in inventory.tasks if task.pk in chosen])
    shown = {str(task.id): task for task in tasks_shown(inventory, placed=placed)}
    entries = {entry.code: entry for entry in catalogue().entries}
    seen_by_employer = {row.measure for row in supports if row.is_shown}
    tasks = tuple(task for task in shown.values() if task.id in chosen)
    return CarvedJobPage(
        job=job,
        workplace=job.workplace,
        citizen_id=citizen_id,
        name=whom.citizen.name if whom else "",
        tasks=tasks,
        free_tasks=tuple(task for pk, task in shown.items() if task.id not in chosen and pk not in inventory.left_out),
        supports=tuple(
            SupportShown(entry=entries[code], is_shown=code in seen_by_employer)
            for code in now.measures
            if code in entries
        ),
        other_measures=tuple(entry for code, entry in sorted(entries.items()) if code not in now.measures),
        breaks=made.breaks,
        case=case_of(tasks, job=job, wages=inventory.wages),
        moves=tuple(move for move in moves_for(actor=actor, job=job) if not (is_unseen and move == "propose")),
        seen=seen_carved_job(job),
        may_change=can_carve(actor) and job.state == CarvedState.DRAFT and not is_unseen,
        is_for_unseen=is_unseen,
        is_known=is_known,
        title=now.title,
        description=now.description,
        demand=asks.demand,
        demand_changes=demand_changes(job, asks=asks) if draft is None and job.state in LIVE else (),
        requires=asks.requires,
        capacity=person["capacity"] if citizen_id else None,
        names={
            **{str(holder.pk): holder.name for holder in inventory.holders},
            **{str(task.pk): task.name for task in inventory.tasks},
        },
    )


def _kept_slots(job: CarvedJob) -> dict[str, dict[str, Decimal]]:
    return {
        str(row.task_id): {slot: Decimal(str(hours)) for slot, hours in row.slots.items()} for row in job.tasks.all()
    }


def carved_job_file(*, actor: Actor, job_id: UUID) -> dict[str, object]:
    """The job as matching reads it (contracts, section 3). Raises NotThere; Refused `no_place` when it is on no map.

    The occupation is that of the post that gives most hours, empty when no post has one.
    """
    job = job_for(actor=actor, job_id=job_id)
    workplace = job.workplace
    if workplace.x is None or workplace.y is None:
        raise Refused("no_place")
    rows = list(job.tasks.select_related("task__holder").order_by("task__pk"))
    hours: dict[str, Decimal] = {}
    for row in rows:
        code = row.task.holder.occupation if row.task.holder else ""
        hours[code] = hours.get(code, Decimal(0)) + row.task.hours
    slots = {slot for row in rows for slot in row.slots}
    return {
        "id": str(job.pk),
        "demand": {area: job.demand[area] for area in AREAS if job.demand.get(area)},
        "x": workplace.x,
        "y": workplace.y,
        "hours": [number(job.hours), number(job.hours)],
        "slots": [slot for slot in SLOTS if slot in slots],
        "occupation": max(sorted(hours), key=lambda code: (code != "", hours[code]), default=""),
        "requires": list(job.requires),
        "places": job.places,
        "measures": sorted({*job.supports.values_list("measure", flat=True), *workplace.measures}),
    }


def tasks_shown(inventory: Inventory, *, placed: Mapping[str, Mapping[str, Decimal]]) -> tuple[CarvedTaskShown, ...]:
    """All tasks of the workplace, with the hours that are placed in each half-day."""
    names = {holder.pk: holder.name for holder in inventory.holders}
    return tuple(
        CarvedTaskShown(
            id=task.pk,
            name=task.name,
            note=task.note,
            place=task.place,
            holder=names.get(task.holder_id, "") if task.holder_id else "",
            holder_id=task.holder_id,
            hours=task.hours,
            slots=dict(placed.get(str(task.pk), {})),
        )
        for task in inventory.tasks
    )
