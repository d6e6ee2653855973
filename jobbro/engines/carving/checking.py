"""What has to hold before anything is carved: ranges, ids that exist, and nothing twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jobbro.engines.carving.model import Person, Staff, Task, Workplace
from jobbro.kernel.vocabulary import SLOTS

HIGHEST_NUMBER = Decimal(10**15)
FINEST_HOURS = Decimal("0.01")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong in one field: its path (`tasks[3].hours`), a code, and the words that its sentence names."""

    field: str
    code: str
    values: tuple[str, ...] = ()


class WorkplaceError(ValueError):
    """A workplace cannot be carved as it is told; `line` is 0 when it did not come from a file."""

    def __init__(self, *, file: str, line: int, problem: Problem) -> None:
        place = f"{file}, line {line}, " if file else ""
        reason = REASONS[problem.code].format(*problem.values)
        super().__init__(f"{place}{problem.field or 'document'}: {reason}")
        self.file = file
        self.line = line
        self.field = problem.field
        self.code = problem.code
        self.values = problem.values
        self.reason = reason


REASONS = {
    "broken": "{0}",
    "not_an_object": "an object with named fields is expected here",
    "not_a_list": "a list is expected here",
    "not_a_text": "a text is expected here, in quotes",
    "not_a_number": "a number is expected here",
    "not_whole": "a whole number is expected here",
    "not_true_or_false": "true or false is expected here",
    "not_two_numbers": "two numbers are expected here, the fewest and the most hours",
    "unknown_field": "unknown field; known here are {0}",
    "missing_field": "the field {0!r} is needed",
    "unknown_area": "unknown area {0!r}",
    "null_level": "null is refused here; leave the area out instead",
    "out_of_range": "must be from {0} to {1}",
    "negative": "must not be negative",
    "too_high": "must be at most fifteen digits before the point",
    "min_above_max": "the fewest hours are more than the most",
    "too_fine": "hours finer than 0.01 are refused",
    "unknown_slot": "unknown half-day {0!r}; use {1}",
    "unknown_staff": "there is no {0!r} among the staff; name somebody who is, or add them",
    "unknown_task": "there is no task {0!r}",
    "unknown_measure": "there is no measure {0!r}",
    "twice": "{0!r} stands twice; keep one",
    "not_one_of": "use one of {0}",
}


def check_workplace(workplace: Workplace) -> None:
    """Nothing, when the workplace can be carved; else raises `WorkplaceError` for the first problem (contracts, 1)."""
    for problem in problems_of(workplace):
        raise WorkplaceError(file="", line=0, problem=problem)


def problems_of(workplace: Workplace) -> Iterator[Problem]:
    """Every problem of ranges and ids, in the order of the file; levels are checked where they are read."""
    yield from _unknown(workplace.slots, known=SLOTS, field="slots", code="unknown_slot", more=(", ".join(SLOTS),))
    yield from _number(workplace.slot_hours, field="slot_hours")
    for name, ids in _ids(workplace):
        yield from _twice(ids, field=name, key="code" if name == "measures" else "id")
    for at, staff in enumerate(workplace.staff):
        yield from _of_staff(staff, field=f"staff[{at}]")
    names = {staff.id for staff in workplace.staff}
    for at, task in enumerate(workplace.tasks):
        yield from _of_task(task, field=f"tasks[{at}]", staff=names, slots=workplace.slots)
    tasks = {task.id for task in workplace.tasks}
    codes = {measure.code for measure in workplace.measures}
    for at, person in enumerate(workplace.persons):
        yield from _of_person(person, field=f"persons[{at}]", slots=workplace.slots, tasks=tasks, measures=codes)
    for name in ("max_tasks", "max_places", "max_measures"):
        if getattr(workplace.limits, name) < 0:
            yield Problem(field=f"limits.{name}", code="negative")


def _ids(workplace: Workplace) -> Iterator[tuple[str, list[str]]]:
    yield "staff", [staff.id for staff in workplace.staff]
    yield "tasks", [task.id for task in workplace.tasks]
    yield "persons", [person.id for person in workplace.persons]
    yield "measures", [measure.code for measure in workplace.measures]


def _of_staff(staff: Staff, *, field: str) -> Iterator[Problem]:
    yield from _number(staff.wage, field=f"{field}.wage", may_be_negative=True)
    if not 0 <= staff.max_release <= 1:
        yield Problem(field=f"{field}.max_release", code="out_of_range", values=("0", "1"))


def _of_task(task: Task, *, field: str, staff: Collection[str], slots: Collection[str]) -> Iterator[Problem]:
    if task.holder not in staff:
        yield Problem(field=f"{field}.holder", code="unknown_staff", values=(task.holder,))
    yield from _number(task.hours, field=f"{field}.hours")
    if task.hours % FINEST_HOURS:
        yield Problem(field=f"{field}.hours", code="too_fine")
    yield from _slots(task.slots, known=slots, field=field)


def _of_person(
    person: Person, *, field: str, slots: Collection[str], tasks: Collection[str], measures: Collection[str]
) -> Iterator[Problem]:
    yield from _number(person.min_hours, field=f"{field}.hours")
    yield from _number(person.max_hours, field=f"{field}.hours")
    if person.min_hours > person.max_hours:
        yield Problem(field=f"{field}.hours", code="min_above_max")
    yield from _slots(person.slots, known=slots, field=field)
    yield from _number(person.max_hours_per_slot, field=f"{field}.max_hours_per_slot")
    yield from _number(person.wage, field=f"{field}.wage", may_be_negative=True)
    for task, wish in person.wishes.items():
        if task not in tasks:
            yield Problem(field=f"{field}.wishes.{task}", code="unknown_task", values=(task,))
        if not 1 <= wish <= 2:
            yield Problem(field=f"{field}.wishes.{task}", code="out_of_range", values=("1", "2"))
    yield from _unknown(person.measures, known=measures, field=f"{field}.measures", code="unknown_measure")


def _number(value: Decimal, *, field: str, may_be_negative: bool = False) -> Iterator[Problem]:
    if not value.is_finite() or abs(value) > HIGHEST_NUMBER:
        yield Problem(field=field, code="too_high")
    elif value < 0 and not may_be_negative:
        yield Problem(field=field, code="negative")


def _slots(slots: Sequence[str], *, known: Collection[str], field: str) -> Iterator[Problem]:
    yield from _unknown(slots, known=known, field=f"{field}.slots", code="unknown_slot", more=(", ".join(known),))


def _unknown(
    codes: Sequence[str], *, known: Collection[str], field: str, code: str, more: tuple[str, ...] = ()
) -> Iterator[Problem]:
    for at, each in enumerate(codes):
        if each not in known:
            yield Problem(field=f"{field}[{at}]", code=code, values=(each, *more))


def _twice(ids: Sequence[str], *, field: str, key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, each in enumerate(ids):
        if each in seen:
            yield Problem(field=f"{field}[{at}].{key}", code="twice", values=(each,))
        seen.add(each)
