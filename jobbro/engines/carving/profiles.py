"""Carving without a named person: for the profile that most of those waiting have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil

from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.model import CarvedJob, Holding, Person, ProfileCarving, Progress, Task, Workplace
from jobbro.engines.carving.possible import hundredths, slot_bits, slot_cap_of
from jobbro.engines.carving.spreading import spread
from jobbro.kernel.fit import Verdict, fit
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX, SLOTS

PROFILE = "profile"


def common_profile(waiting: Sequence[Person], *, share: Decimal) -> Person:
    """What at least `share` (above 0, at most 1) of those waiting have, each thing judged by itself.

    An area has the highest level that so many manage; it stays unknown when too few are known. Hours, half-days,
    skills and measures are those that so many can keep. The wage is the middle one. Raises `ValueError` for nobody.
    """
    if not waiting or not 0 < share <= 1:
        raise ValueError("a profile needs somebody who waits, and a share above 0 and at most 1")
    enough = ceil(share * len(waiting))
    most = _reached((person.max_hours for person in waiting), by=enough)
    fewest = -_reached((-person.min_hours for person in waiting), by=enough)
    wages = sorted(person.wage for person in waiting)
    return Person(
        id=PROFILE,
        capacity={area: _common_level(waiting, area=area, enough=enough) for area in AREAS},
        min_hours=min(fewest, most),
        max_hours=most,
        slots=tuple(slot for slot in SLOTS if _count(person.slots for person in waiting)(slot) >= enough),
        max_hours_per_slot=_reached((person.max_hours_per_slot for person in waiting), by=enough),
        wage=wages[len(wages) // 2],
        skills=_common((person.skills for person in waiting), enough=enough),
        measures=_common((person.measures for person in waiting), enough=enough),
    )


def carve_for_profile(
    workplace: Workplace,
    *,
    waiting: Sequence[Person],
    share: Decimal,
    jobs: int,
    seconds: float,
    progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> ProfileCarving:
    """Up to `jobs` jobs for the common profile, and for how many of those waiting each of them holds.

    The persons of the workplace play no part. Nobody is ordered or named: holdings are counts, each person judged alone
    by the whole job. Raises `WorkplaceError` as `carve`, `ValueError` as `common_profile`.
    """
    slots = set(workplace.slots)
    codes = {measure.code for measure in workplace.measures}
    profile = common_profile(waiting, share=share)
    profile = replace(
        profile,
        slots=tuple(slot for slot in profile.slots if slot in slots),
        measures=tuple(code for code in profile.measures if code in codes),
    )
    stand_ins = tuple(replace(profile, id=f"{PROFILE}-{number:03}") for number in range(1, jobs + 1))
    carving = carve(
        replace(workplace, persons=stand_ins), seconds=seconds, progress=progress, is_cancelled=is_cancelled
    )
    return ProfileCarving(
        profile=profile,
        waiting=len(waiting),
        carving=carving,
        holdings=tuple(holding(workplace, job=job, waiting=waiting) for job in carving.jobs),
    )


def holding(workplace: Workplace, *, job: CarvedJob, waiting: Iterable[Person]) -> Holding:
    """For how many of those waiting the job holds: as it is, with its measures, after asking, or not."""
    tasks = [task for task in workplace.tasks if task.id in {each.task for each in job.tasks}]
    verdicts = [_verdict(workplace, job=job, tasks=tasks, person=person) for person in waiting]
    return Holding(
        job=job,
        fits=verdicts.count(Verdict.AS_IS),
        fits_with_measures=verdicts.count(Verdict.WITH_SUPPORT),
        must_ask=verdicts.count(Verdict.ASK),
        not_for=verdicts.count(Verdict.NO),
    )


def _verdict(workplace: Workplace, *, job: CarvedJob, tasks: Sequence[Task], person: Person) -> Verdict:
    demand = {area: max(task.demand.get(area, 0) for task in tasks) for area in AREAS}
    available = [each for each in workplace.measures if each.code in job.measures and each.code in person.measures]
    return fit(
        capacity=person.capacity,
        demand=demand,
        measures=available,
        conditions_met=_meets(workplace, tasks=tasks, person=person),
    ).verdict


def _meets(workplace: Workplace, *, tasks: Sequence[Task], person: Person) -> bool:
    """Whether skills, hours and half-days are the person's; the hours may lie in other half-days than the profile's."""
    own = slot_bits(person.slots)
    placed = spread(
        hours=[hundredths(task.hours) for task in tasks],
        slots=[slot_bits(task.slots) & own for task in tasks],
        cap=slot_cap_of(person, workplace=workplace),
    )
    has_skills = all(set(task.requires) <= set(person.skills) for task in tasks)
    hours = sum((task.hours for task in tasks), Decimal(0))
    return has_skills and person.min_hours <= hours <= person.max_hours and not placed.left_over


def _common_level(waiting: Sequence[Person], *, area: str, enough: int) -> int | None:
    levels = [level for person in waiting if (level := person.capacity.get(area)) is not None]
    reached = [wanted for wanted in range(LEVEL_MAX + 1) if sum(level >= wanted for level in levels) >= enough]
    return max(reached, default=None)


def _reached(numbers: Iterable[Decimal], *, by: int) -> Decimal:
    """The highest number that so many reach."""
    return sorted(numbers, reverse=True)[by - 1]


def _common(lists: Iterable[Sequence[str]], *, enough: int) -> tuple[str, ...]:
    given = list(lists)
    codes = sorted({code for each in given for code in each})
    return tuple(code for code in codes if _count(given)(code) >= enough)


def _count(lists: Iterable[Sequence[str]]) -> Callable[[str], int]:
    given = list(lists)
    return lambda code: sum(code in each for each in given)
