"""Reads of carved jobs: those of a workplace, one whole with what it breaks, and what the employer is shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import ContactPerson, Workplace
from jobbro.engines.carving.model import Break
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.kernel.vocabulary import AREAS, SLOTS

from ..carved_asks import DemandChange, asks_of, demand_changes
from ..carving_check import checked_by_hand, limits_of, person_of_job
from ..carving_input import Inventory, inventory_of, number
from ..enums import LIVE, CarvedState
from ..models import CarvedFor, CarvedJob, CarvedSupport, CarvedTask, HolderWage
from ..permissions import can_answer_proposal, can_carve, is_for_unseen
from ..refusals import NotThere, Refused
from ..services.carved_jobs import JobDraft
from ..stamps import seen_carved_job
from ..states import COMPANY_MOVES, MOVES, was_proposed


@dataclass(frozen=True, kw_only=True)
class CarvedRow:
    """A carved job in a list."""

    id: UUID
    title: str
    state: CarvedState
    hours: Decimal
    tasks: int


@dataclass(frozen=True, kw_only=True)
class CarvedTaskShown:
    """A task of the job, with its hours in each half-day."""

    id: UUID
    name: str
    note: str
    place: str
    holder: str
    holder_id: UUID | None
    hours: Decimal
    slots: Mapping[str, Decimal] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class SupportShown:
    """A measure that belongs to the job, and whether the employer sees it."""

    entry: CatalogueMeasure
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class FreedHours:
    """Hours a week that a post gets free, and what they cost today; no wage when the actor may not see it."""

    holder: str
    hours: Decimal
    wage: Decimal | None

    @property
    def worth(self) -> Decimal | None:
        """Kroner a week."""
        return self.hours * self.wage if self.wage is not None else None


@dataclass(frozen=True, kw_only=True)
class BusinessCase:
    """A normal week for the employer in kroner: what is freed, and what the job costs before any subsidy."""

    freed: tuple[FreedHours, ...]
    hours: Decimal
    wage: Decimal

    @property
    def cost(self) -> Decimal:
        """Wage of the job a week, before any subsidy."""
        return self.hours * self.wage

    @property
    def freed_hours(self) -> Decimal:
        return sum((one.hours for one in self.freed), Decimal(0))

    @property
    def worth(self) -> Decimal | None:
        """What the freed hours cost today; None when a wage is missing or not for this actor."""
        parts = [one.worth for one in self.freed]
        return sum((part for part in parts if part is not None), Decimal(0)) if None not in parts else None

    @property
    def difference(self) -> Decimal | None:
        """Freed hours' worth less the job's wage."""
        return self.worth - self.cost if self.worth is not None else None


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


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """A carved job as the employer sees it: the work and what it gives, never whom it is for.

    `contact` is the name and telephone of whoever holds the relation.
    """

    job: CarvedJob
    workplace: Workplace
    tasks: tuple[CarvedTaskShown, ...]
    supports: tuple[CatalogueMeasure, ...]
    case: BusinessCase
    contact: tuple[str, str]
    moves: tuple[str, ...]
    seen: str

    @property
    def week(self) -> dict[str, Decimal]:
        """Hours of the job in each half-day."""
        return week_of(self.tasks)


def week_of(tasks: tuple[CarvedTaskShown, ...]) -> dict[str, Decimal]:
    """Hours in each half-day over the tasks."""
    week: dict[str, Decimal] = {}
    for task in tasks:
        for slot, hours in task.slots.items():
            week[slot] = week.get(slot, Decimal(0)) + hours
    return week


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
    job = _job(actor=actor, job_id=job_id)
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
    shown = {str(task.id): task for task in _tasks(inventory, placed=placed)}
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
        case=_case(tasks, job=job, wages=inventory.wages),
        moves=tuple(move for move in _moves(actor=actor, job=job) if not (is_unseen and move == "propose")),
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


def proposal_page(*, actor: Actor, job_id: UUID, shown: Collection[str] | None = None) -> ProposalPage:
    """What the employer is shown, for the employer and for staff before they send it. Raises NotThere. Six queries.

    `shown`: the support that staff think of showing; what is kept when it is None.
    """
    job = _job(actor=actor, job_id=job_id)
    rows = job.tasks.select_related("task__holder").order_by("task__position", "task__pk")
    tasks = tuple(
        _kept_task(row, holder=row.task.holder.name if row.task.holder else "", holder_id=row.task.holder_id)
        for row in rows
    )
    supports = CarvedSupport.objects.filter(job=job).values_list("measure", "is_shown")
    told = [code for code, is_shown in supports if (is_shown if shown is None else code in shown)]
    broker = User.objects.filter(pk=job.workplace.company.broker_id).first()
    entries = {entry.code: entry for entry in catalogue().entries}
    wages = _wages_for_company(actor=actor, job=job).values_list("holder_id", "hourly")
    return ProposalPage(
        job=job,
        workplace=job.workplace,
        tasks=tasks,
        supports=tuple(entries[code] for code in sorted(told) if code in entries),
        case=_case(tasks, job=job, wages={str(holder): hourly for holder, hourly in wages}),
        contact=(broker.display_name, broker.phone) if broker else ("", ""),
        moves=tuple(move for move in _moves(actor=actor, job=job) if move in COMPANY_MOVES),
        seen=seen_carved_job(job),
    )


def _wages_for_company(*, actor: Actor, job: CarvedJob) -> "QuerySet[HolderWage]":
    """Wages that may stand in what goes to the company: none unless one of its contacts sees wages there.

    Kroner by hours of one post is its wage, for whoever gets the paper.
    """
    wages = HolderWage.objects.filter(holder__workplace=job.workplace)
    if actor.is_employer:
        return wages
    told = ContactPerson.objects.filter(sees_wages=True, until_on__isnull=True)
    return wages.filter(company_id__in=told.values("company_id"))


@dataclass(frozen=True, kw_only=True)
class OfferedPage:
    """A carved job as the citizen sees whom it is for: the work, when, where and the support; no wage but their own."""

    job: CarvedJob
    workplace: Workplace
    tasks: tuple[CarvedTaskShown, ...]
    supports: tuple[CatalogueMeasure, ...]


def offered_job_page(*, actor: Actor, job_id: UUID) -> OfferedPage:
    """The job for the citizen it is for, once it has been proposed. Raises NotThere. Four queries."""
    whom = CarvedFor.objects.visible_to(actor).filter(job_id=job_id)
    if actor.citizen_id is None or not whom.exists():
        raise NotThere
    job = _job(actor=actor, job_id=job_id)
    entries = {entry.code: entry for entry in catalogue().entries}
    rows = job.tasks.select_related("task").order_by("task__position", "task__pk")
    return OfferedPage(
        job=job,
        workplace=job.workplace,
        tasks=tuple(_kept_task(row, holder="", holder_id=None) for row in rows),
        supports=tuple(
            entries[code]
            for code in job.supports.order_by("measure").values_list("measure", flat=True)
            if code in entries
        ),
    )


def _kept_slots(job: CarvedJob) -> dict[str, dict[str, Decimal]]:
    return {
        str(row.task_id): {slot: Decimal(str(hours)) for slot, hours in row.slots.items()} for row in job.tasks.all()
    }


def _kept_task(row: CarvedTask, *, holder: str, holder_id: UUID | None) -> CarvedTaskShown:
    return CarvedTaskShown(
        id=row.task_id,
        name=row.task.name,
        note=row.task.note,
        place=row.task.place,
        holder=holder,
        holder_id=holder_id,
        hours=row.task.hours,
        slots={slot: Decimal(str(hours)) for slot, hours in row.slots.items()},
    )


def carved_job_file(*, actor: Actor, job_id: UUID) -> dict[str, object]:
    """The job as matching reads it (contracts, section 3). Raises NotThere; Refused `no_place` when it is on no map.

    The occupation is that of the post that gives most hours, empty when no post has one.
    """
    job = _job(actor=actor, job_id=job_id)
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


def _job(*, actor: Actor, job_id: UUID) -> CarvedJob:
    rows = CarvedJob.objects.visible_to(actor).select_related("workplace__company", "carving")
    job: CarvedJob | None = rows.filter(pk=job_id).first()
    if job is None or (actor.is_employer and not was_proposed(job)):
        raise NotThere
    return job


def _tasks(inventory: Inventory, *, placed: Mapping[str, Mapping[str, Decimal]]) -> tuple["CarvedTaskShown", ...]:
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


def _case(tasks: tuple[CarvedTaskShown, ...], *, job: CarvedJob, wages: Mapping[str, Decimal]) -> BusinessCase:
    hours: dict[tuple[str, UUID | None], Decimal] = {}
    for task in tasks:
        at = (task.holder, task.holder_id)
        hours[at] = hours.get(at, Decimal(0)) + task.hours
    return BusinessCase(
        freed=tuple(
            FreedHours(holder=name, hours=freed, wage=wages.get(str(pk))) for (name, pk), freed in hours.items()
        ),
        hours=sum((task.hours for task in tasks), Decimal(0)),
        wage=job.wage,
    )


def _moves(*, actor: Actor, job: CarvedJob) -> tuple[str, ...]:
    may = can_carve(actor)
    answers = can_answer_proposal(actor, job.company_id)
    return tuple(move for state, move in MOVES if state == job.state and (may or (answers and move in COMPANY_MOVES)))
