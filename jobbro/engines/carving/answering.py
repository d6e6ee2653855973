"""A plan as the answer that people see: hours in every half-day, what is released, why the rest was not given."""

from __future__ import annotations

from decimal import Decimal

from jobbro.engines.carving.greedy import Plan, worth
from jobbro.engines.carving.instance import Instance
from jobbro.engines.carving.jobs import Job
from jobbro.engines.carving.model import CarvedJob, Carving, GivenTask, Status
from jobbro.engines.carving.possible import HUNDREDTHS, reasons
from jobbro.engines.carving.spreading import spread
from jobbro.kernel.vocabulary import SLOTS


def carving_of(instance: Instance, *, plan: Plan, bound: int) -> Carving:
    """The answer for a plan whose jobs hold, and a proven bound in units of value."""
    value = worth(plan)
    given = {instance.tasks[task].id for job in plan.values() for task in job.tasks}
    return Carving(
        status=Status.OPTIMAL if bound <= value else Status.FEASIBLE,
        value=instance.money(value),
        bound=instance.money(max(bound, value)),
        jobs=tuple(carved_job(instance, job=plan[person]) for person in sorted(plan)),
        released=released(instance, given=given),
        not_given=reasons(instance.workplace, given),
    )


def carved_job(instance: Instance, *, job: Job) -> CarvedJob:
    """The job with its hours in half-days; tasks whose hours find no place have none."""
    pairs = [instance.pair_at[job.person][task] for task in sorted(job.tasks)]
    placed = spread(
        hours=[pair.hours for pair in pairs],
        slots=[pair.slots for pair in pairs],
        cap=instance.slot_cap[job.person],
    )
    return CarvedJob(
        person=instance.persons[job.person].id,
        hours=in_hours(job.hours),
        measures=job.measures,
        tasks=tuple(
            GivenTask(
                task=instance.tasks[pair.task].id,
                slots={} if placed.left_over else {SLOTS[slot]: in_hours(amount) for slot, amount in slots.items()},
            )
            for pair, slots in zip(pairs, placed.hours, strict=True)
        ),
        value=instance.money(job.value),
    )


def released(instance: Instance, *, given: set[str]) -> dict[str, Decimal]:
    """Staff id -> hours that they give up, in id order; who gives nothing is left out."""
    found: dict[str, Decimal] = {}
    for task in instance.tasks:
        if task.id in given and task.hours:
            found[task.holder] = found.get(task.holder, Decimal(0)) + task.hours
    return {staff: found[staff] for staff in sorted(found)}


def in_hours(amount: int) -> Decimal:
    """Hundredths as hours."""
    return Decimal(amount) / HUNDREDTHS
