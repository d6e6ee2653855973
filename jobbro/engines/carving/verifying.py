"""A second, plain reading of the contract: whether an answer holds and is worth what it says. Shares no rule code."""

# Written from contracts, section 4, sentence by sentence, and slow on purpose: it imports nothing of the engine but the
# records, so that one mistake cannot stand on both sides.

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from jobbro.engines.carving.model import CarvedJob, Carving, GivenTask, Person, Staff, Task, Workplace

# Answers are printed as doubles; hours to 0.01 and kroner of any size come back from them within this share.
CLOSE = Decimal("1e-9")


def verify(workplace: Workplace, answer: Carving) -> tuple[str, ...]:
    """What is wrong with the answer, one sentence each; empty when all of it holds."""
    return tuple(_Verifier(workplace, answer).problems())


class _Verifier:
    def __init__(self, workplace: Workplace, answer: Carving) -> None:
        self.workplace = workplace
        self.answer = answer
        self.tasks = {task.id: task for task in workplace.tasks}
        self.persons = {person.id: person for person in workplace.persons}
        self.staff = {staff.id: staff for staff in workplace.staff}
        self.relief = {measure.code: measure.relief for measure in workplace.measures}
        self.cost: dict[str, int] = {measure.code: measure.cost for measure in workplace.measures}

    def problems(self) -> Iterator[str]:
        unknown = list(self.of_ids())
        if unknown:
            yield from unknown
            return
        for job in self.answer.jobs:
            yield from self.of_job(job, self.persons[job.person])
        yield from self.of_release()
        yield from self.of_reasons()
        yield from self.of_figures()

    def of_ids(self) -> Iterator[str]:
        persons = [job.person for job in self.answer.jobs]
        tasks = [given.task for job in self.answer.jobs for given in job.tasks]
        for name, ids, known in (("person", persons, set(self.persons)), ("task", tasks, set(self.tasks))):
            for one in sorted(set(ids) - known):
                yield f"there is no {name} {one!r}"
            for one in sorted({one for one in ids if ids.count(one) > 1}):
                yield f"the {name} {one!r} has been given twice"
        for job in self.answer.jobs:
            for code in sorted(set(job.measures) - set(self.relief)):
                yield f"there is no measure {code!r}"

    def of_job(self, job: CarvedJob, person: Person) -> Iterator[str]:
        who = f"the job of {person.id!r}"
        limits = self.workplace.limits
        tasks = [self.tasks[given.task] for given in job.tasks]
        hours = sum((task.hours for task in tasks), Decimal(0))
        if not tasks:
            yield f"{who} has no task"
        if not _same(job.hours, hours):
            yield f"{who} says {job.hours} hours, its tasks have {hours}"
        if not person.min_hours <= hours <= person.max_hours:
            yield f"{who} has {hours} hours, not {person.min_hours} to {person.max_hours}"
        if len(tasks) > limits.max_tasks:
            yield f"{who} has {len(tasks)} tasks, more than {limits.max_tasks}"
        if len({task.place for task in tasks}) > limits.max_places:
            yield f"{who} has more than {limits.max_places} places"
        if len(set(job.measures)) > limits.max_measures:
            yield f"{who} has more than {limits.max_measures} measures"
        for code in sorted(set(job.measures) - set(person.measures)):
            yield f"{who} has the measure {code!r}, which is not on the person's list"
        for task in tasks:
            yield from self.of_pair(job, person, task)
        yield from self.of_hours(job, person)
        value = self.value_of(job, person)
        if not _same(job.value, value):
            yield f"{who} says it is worth {job.value}, it is {value}"

    def of_pair(self, job: CarvedJob, person: Person, task: Task) -> Iterator[str]:
        who = f"{task.id!r} given to {person.id!r}"
        if task.is_core:
            yield f"{who} is a core task"
        for skill in sorted(set(task.requires) - set(person.skills)):
            yield f"{who} requires {skill!r}"
        for area, demand in task.demand.items():
            capacity = person.capacity.get(area)
            if capacity is None:
                if demand >= 2:
                    yield f"{who} asks {demand} in {area}, which is not known"
                continue
            gap = max(0, demand - capacity)
            relief = max((self.relief[code].get(area, 0) for code in job.measures), default=0)
            if gap > relief:
                yield f"{who} has a gap of {gap} in {area}, the measures relieve {relief}"

    def of_hours(self, job: CarvedJob, person: Person) -> Iterator[str]:
        in_slot: dict[str, Decimal] = {}
        for given in job.tasks:
            task = self.tasks[given.task]
            yield from self.of_placing(given, task, person)
            for slot, hours in given.slots.items():
                in_slot[slot] = in_slot.get(slot, Decimal(0)) + hours
        most = min(person.max_hours_per_slot, self.workplace.slot_hours)
        for slot, hours in in_slot.items():
            if hours > most:
                yield f"{person.id!r} has {hours} hours in {slot}, more than {most}"

    def of_placing(self, given: GivenTask, task: Task, person: Person) -> Iterator[str]:
        total = sum(given.slots.values(), Decimal(0))
        if not _same(total, task.hours):
            yield f"the half-days of {task.id!r} add up to {total}, not {task.hours}"
        for slot, hours in given.slots.items():
            if slot not in task.slots or slot not in person.slots:
                yield f"{task.id!r} stands in {slot}, which task and {person.id!r} do not share"
            if hours <= 0 or hours % Decimal("0.01"):
                yield f"{task.id!r} has {hours} hours in {slot}"

    def value_of(self, job: CarvedJob, person: Person) -> Decimal:
        value = Decimal(0)
        for given in job.tasks:
            task = self.tasks[given.task]
            value += task.hours * (self.staff[task.holder].wage - person.wage) + 10 * person.wishes.get(task.id, 0)
        for code in set(job.measures):
            value -= 15 * self.cost[code]
        return value

    def of_release(self) -> Iterator[str]:
        given = [self.tasks[each.task] for job in self.answer.jobs for each in job.tasks]
        found: dict[str, Decimal] = {}
        for task in given:
            found[task.holder] = found.get(task.holder, Decimal(0)) + task.hours
        for staff in self.staff.values():
            gives, most = found.get(staff.id, Decimal(0)), self.most_of(staff)
            if gives > most:
                yield f"{staff.id!r} gives up {gives} hours, more than {most}"
            if not _same(gives, self.answer.released.get(staff.id, Decimal(0))):
                yield f"{staff.id!r} gives up {gives} hours, not {self.answer.released.get(staff.id)}"
        for name, hours in self.answer.released.items():
            if name not in self.staff or not hours:
                yield f"{name!r} gives nothing and stands among those who do"

    def most_of(self, staff: Staff) -> Decimal:
        held = sum((task.hours for task in self.workplace.tasks if task.holder == staff.id), Decimal(0))
        return staff.max_release * held

    def of_reasons(self) -> Iterator[str]:
        given = {each.task for job in self.answer.jobs for each in job.tasks}
        for name in sorted(set(self.answer.not_given) ^ (set(self.tasks) - given)):
            yield f"{name!r} has to be either given or not given"
        for name, told in self.answer.not_given.items():
            if name in self.tasks and str(told) != self.reason_of(self.tasks[name]):
                yield f"{name!r} was not given because of {self.reason_of(self.tasks[name])}, not {told}"

    def reason_of(self, task: Task) -> str:
        if task.is_core:
            return "core"
        left = [person for person in self.workplace.persons if set(task.requires) <= set(person.skills)]
        if not left:
            return "skills"
        left = [person for person in left if self.shares_enough(person, task)]
        if not left:
            return "slots"
        left = [person for person in left if not self.is_open(person, task)]
        if not left:
            return "open"
        left = [person for person in left if self.can_close(person, task)]
        if not left:
            return "gap"
        return "release" if task.hours > self.most_of(self.staff[task.holder]) else "not_chosen"

    def shares_enough(self, person: Person, task: Task) -> bool:
        most: Decimal = min(person.max_hours_per_slot, self.workplace.slot_hours)
        # What is printed to 0.01 cannot use more than whole hundredths of a half-day.
        most -= most % Decimal("0.01")
        shared = len(set(person.slots) & set(task.slots))
        return most * shared >= task.hours

    def is_open(self, person: Person, task: Task) -> bool:
        return any(person.capacity.get(area) is None and demand >= 2 for area, demand in task.demand.items())

    def can_close(self, person: Person, task: Task) -> bool:
        gaps = {}
        for area, demand in task.demand.items():
            capacity = person.capacity.get(area)
            if capacity is not None and demand > capacity:
                gaps[area] = demand - capacity
        # One measure a gap is enough, so more of them than gaps are never needed.
        most = min(self.workplace.limits.max_measures, len(gaps))
        useful = [
            code
            for code in dict.fromkeys(person.measures)
            if any(self.relief[code].get(area, 0) >= gap for area, gap in gaps.items())
        ]
        return any(
            all(any(self.relief[code].get(area, 0) >= gap for code in chosen) for area, gap in gaps.items())
            for size in range(most + 1)
            for chosen in combinations(useful, size)
        )

    def of_figures(self) -> Iterator[str]:
        value = sum((self.value_of(job, self.persons[job.person]) for job in self.answer.jobs), Decimal(0))
        if not _same(self.answer.value, value):
            yield f"the answer says it is worth {self.answer.value}, it is {value}"
        if self.answer.bound < value and not _same(self.answer.bound, value):
            yield f"the bound {self.answer.bound} is below the value {value}"
        if (str(self.answer.status) == "optimal") != _same(self.answer.bound, value):
            yield f"the status is {self.answer.status} with a bound of {self.answer.bound} and a value of {value}"


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= CLOSE * max(Decimal(1), abs(one), abs(other))
