"""Other carvings, nearly as good and really different, each with its own bound."""

from __future__ import annotations

import time
from collections.abc import Callable

from jobbro.engines.carving.answering import carving_of
from jobbro.engines.carving.carving import Rival, Search
from jobbro.engines.carving.checking import check_workplace
from jobbro.engines.carving.instance import Instance, instance_of
from jobbro.engines.carving.model import Carving, Workplace
from jobbro.engines.carving.solving import Solver

TASKS_APART = 2


def alternatives(
    workplace: Workplace,
    *,
    best: Carving,
    count: int,
    seconds: float,
    is_cancelled: Callable[[], bool] | None = None,
) -> tuple[Carving, ...]:
    """Up to `count` carvings worth something, best first: each differs in at least two tasks from all before it.

    The bound of each is for what is left when those before it are ruled out. Fewer come back when there are no more, or
    when the time is up. Raises `WorkplaceError` as `carve`.
    """
    check_workplace(workplace)
    instance = instance_of(workplace)
    until = time.monotonic() + seconds
    found: list[Carving] = []
    known = [best]
    with Solver() as solver:
        while len(found) < count:
            search = Search(
                instance,
                seconds=(until - time.monotonic()) / (count - len(found)),
                is_cancelled=is_cancelled,
                rivals=tuple(_rival(instance, carving) for carving in known),
            )
            search.run(solver)
            if search.plan is None or search.value <= 0:
                break
            found.append(carving_of(instance, plan=search.plan, bound=search.bound))
            known.append(found[-1])
    return tuple(sorted(found, key=lambda carving: -carving.value))


def _rival(instance: Instance, carving: Carving) -> Rival:
    person_at = {person.id: at for at, person in enumerate(instance.persons)}
    task_at = {task.id: at for at, task in enumerate(instance.tasks)}
    tasks = {person_at[job.person]: frozenset(task_at[each.task] for each in job.tasks) for job in carving.jobs}
    return Rival(tasks=tasks, at_least=TASKS_APART)
