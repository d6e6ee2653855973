"""Every set of jobs of a small workplace, one after another, straight from the contract."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from jobbro.engines.carving.model import Person, Task, Workplace


def best_value(workplace: Workplace) -> Decimal:
    """The value of the best carving."""
    return max(value for value, _ in carvings(workplace))


def carvings(workplace: Workplace) -> Iterator[tuple[Decimal, dict[str, str]]]:
    """Every carving: its value at the cheapest measures, and task -> person."""
    held = {each.id: Decimal(0) for each in workplace.staff}
    for task in workplace.tasks:
        held[task.holder] += task.hours
    left = {each.id: each.max_release * held[each.id] for each in workplace.staff}
    jobs = [list(_jobs(workplace, person)) for person in workplace.persons]
    yield from _extended(workplace, jobs=jobs, number=0, given={}, left=left, value=Decimal(0))


def _extended(
    workplace: Workplace,
    *,
    jobs: list[list[tuple[Decimal, tuple[Task, ...]]]],
    number: int,
    given: dict[str, str],
    left: dict[str, Decimal],
    value: Decimal,
) -> Iterator[tuple[Decimal, dict[str, str]]]:
    if number == len(jobs):
        yield value, given
        return
    for worth, tasks in [(Decimal(0), ()), *jobs[number]]:
        after = dict(left)
        for task in tasks:
            after[task.holder] -= task.hours
        if any(task.id in given for task in tasks) or min(after.values()) < 0:
            continue
        more = given | {task.id: workplace.persons[number].id for task in tasks}
        yield from _extended(workplace, jobs=jobs, number=number + 1, given=more, left=after, value=value + worth)


def _jobs(workplace: Workplace, person: Person) -> Iterator[tuple[Decimal, tuple[Task, ...]]]:
    possible = [
        task
        for task in workplace.tasks
        if not task.is_core and set(task.requires) <= set(person.skills) and not _is_open(person, task)
    ]
    for size in range(1, min(workplace.limits.max_tasks, len(possible)) + 1):
        for tasks in combinations(possible, size):
            cost = _cheapest(workplace, person, tasks)
            if cost is None or not _holds(workplace, person, tasks):
                continue
            value = Decimal(-15 * cost)
            for task in tasks:
                wage = next(each.wage for each in workplace.staff if each.id == task.holder)
                value += task.hours * (wage - person.wage) + 10 * person.wishes.get(task.id, 0)
            yield value, tasks


def _is_open(person: Person, task: Task) -> bool:
    return any(level >= 2 and person.capacity.get(area) is None for area, level in task.demand.items())


def _holds(workplace: Workplace, person: Person, tasks: Iterable[Task]) -> bool:
    hours = sum((task.hours for task in tasks), Decimal(0))
    if not person.min_hours <= hours <= person.max_hours:
        return False
    if len({task.place for task in tasks}) > workplace.limits.max_places:
        return False
    # Hall's condition: whatever slots are looked at, the tasks that have no others fit into them.
    cap = min(person.max_hours_per_slot, workplace.slot_hours)
    for size in range(len(workplace.slots) + 1):
        for inside in combinations(workplace.slots, size):
            stuck = [task for task in tasks if set(task.slots) & set(person.slots) <= set(inside)]
            own = len(set(inside) & set(person.slots))
            if sum((task.hours for task in stuck), Decimal(0)) > cap * own:
                return False
    return True


def _cheapest(workplace: Workplace, person: Person, tasks: Iterable[Task]) -> int | None:
    own = [each for each in workplace.measures if each.code in person.measures]
    found = [
        sum(each.cost for each in chosen)
        for size in range(workplace.limits.max_measures + 1)
        for chosen in combinations(own, size)
        if all(
            level - managed <= max((each.relief.get(area, 0) for each in chosen), default=0)
            for task in tasks
            for area, level in task.demand.items()
            if (managed := person.capacity.get(area)) is not None and level > managed
        )
    ]
    return min(found, default=None)
