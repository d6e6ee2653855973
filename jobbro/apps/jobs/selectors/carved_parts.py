"""What the pages of staff, employer and citizen share about a carved job: tasks, week, what it frees and costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from ..models import CarvedJob, CarvedTask
from ..permissions import can_answer_proposal, can_carve
from ..refusals import NotThere
from ..states import COMPANY_MOVES, MOVES, was_proposed


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


def week_of(tasks: tuple[CarvedTaskShown, ...]) -> dict[str, Decimal]:
    """Hours in each half-day over the tasks."""
    week: dict[str, Decimal] = {}
    for task in tasks:
        for slot, hours in task.slots.items():
            week[slot] = week.get(slot, Decimal(0)) + hours
    return week


def kept_task(row: CarvedTask, *, holder: str, holder_id: UUID | None) -> CarvedTaskShown:
    """A task as the job was saved with it."""
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


def job_for(*, actor: Actor, job_id: UUID) -> CarvedJob:
    """The job for whoever asks; a company has it once it was proposed. Raises NotThere."""
    rows = CarvedJob.objects.visible_to(actor).select_related("workplace__company", "carving", "opening")
    job: CarvedJob | None = rows.filter(pk=job_id).first()
    if job is None or (actor.is_employer and not was_proposed(job)):
        raise NotThere
    return job


def case_of(tasks: tuple[CarvedTaskShown, ...], *, job: CarvedJob, wages: Mapping[str, Decimal]) -> BusinessCase:
    """What the tasks free and the job costs; `wages` by post, as far as the reader may see them."""
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


def moves_for(*, actor: Actor, job: CarvedJob) -> tuple[str, ...]:
    """What the actor may do with the job where it stands."""
    may = can_carve(actor)
    answers = can_answer_proposal(actor, job.company_id)
    return tuple(move for state, move in MOVES if state == job.state and (may or (answers and move in COMPANY_MOVES)))
