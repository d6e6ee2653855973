"""Why a person of a carving got no job: what stands most in the way between them and the tasks of the workplace."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from jobbro.engines.carving.model import Person, Reason, Task, Workplace
from jobbro.engines.carving.possible import Screen, hundredths, release_of, slot_cap_of


class NoJob(StrEnum):
    """Why there is no job: a reason of the tasks, or `few_hours`: those that could fit are too short together."""

    CORE = "core"
    SKILLS = "skills"
    SLOTS = "slots"
    OPEN = "open"
    GAP = "gap"
    RELEASE = "release"
    FEW_HOURS = "few_hours"
    NOT_CHOSEN = "not_chosen"


# Told when as many tasks have the one as the other: first what a talk or another day could change.
ORDER = (NoJob.OPEN, NoJob.SKILLS, NoJob.SLOTS, NoJob.GAP, NoJob.RELEASE)


def why_no_job(workplace: Workplace, person: Person) -> NoJob:
    """The one reason that says most. Only for a person whom a carving of the workplace gave no job.

    `slots` also when the person's half-days hold fewer hours than the job needs at least; `few_hours` when the longest
    tasks that could fit, as many as a job may have, are shorter than that; otherwise, when none could fit, what keeps
    most tasks away, each counted under the first reason that holds (contracts, section 4).
    """
    fewest = hundredths(person.min_hours, up=True)
    if len(set(person.slots)) * slot_cap_of(person, workplace=workplace) < fewest:
        return NoJob.SLOTS
    reasons = _reasons(workplace, person)
    could = sorted((hundredths(task.hours) for task, why in reasons if why == Reason.NOT_CHOSEN), reverse=True)
    if could:
        most = sum(could[: workplace.limits.max_tasks])
        return NoJob.FEW_HOURS if most < fewest else NoJob.NOT_CHOSEN
    counts = Counter(NoJob(why) for _, why in reasons if why != Reason.CORE)
    return max(ORDER, key=lambda why: counts[why]) if counts else NoJob.CORE


def _reasons(workplace: Workplace, person: Person) -> list[tuple[Task, Reason]]:
    screen, release = Screen(workplace), release_of(workplace)
    return [
        (task, screen.reason(task=task, persons=(person,), release=release[task.holder])) for task in workplace.tasks
    ]
