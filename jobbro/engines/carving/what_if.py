"""What one more measure, one more hour or one more half-day for one person would add."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jobbro.engines.carving.answering import carving_of
from jobbro.engines.carving.carving import Search, plan_from
from jobbro.engines.carving.checking import check_workplace
from jobbro.engines.carving.greedy import good_start
from jobbro.engines.carving.instance import instance_of
from jobbro.engines.carving.model import Carving, Choice, Person, WhatIf, Wish, Workplace
from jobbro.engines.carving.solving import Solver
from jobbro.kernel.vocabulary import SLOTS

ONE_HOUR = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class _Change:
    wish: Wish
    person: str
    code: str
    workplace: Workplace


def what_if(
    workplace: Workplace,
    *,
    base: Carving,
    seconds: float,
    wishes: Collection[Wish] = tuple(Wish),
    is_cancelled: Callable[[], bool] | None = None,
) -> tuple[WhatIf, ...]:
    """Every single change that is known to add something to `base`, the one that adds most first.

    Each change is first tried quickly, then as exactly as the time allows, most promising first; `at_least` and
    `at_most` say how sure it is, against the value of `base`. Raises `WorkplaceError` as `carve`.
    """
    check_workplace(workplace)
    until = time.monotonic() + seconds
    started = [
        (_started(change, base=base), change)
        for change in _changes(workplace, wishes=wishes)
        if not (is_cancelled and is_cancelled())
    ]
    started.sort(key=lambda each: (-each[0].value / each[0].instance.unit, each[1].wish, each[1].person, each[1].code))
    found = []
    with Solver() as solver:
        for number, (search, change) in enumerate(started):
            left = until - time.monotonic()
            if left > 0 and not (is_cancelled and is_cancelled()):
                search.run_for(left / (len(started) - number), solver=solver)
            found.append(_told(search, change, base=base))
    worth_telling = [each for each in found if each.at_least > 0]
    return tuple(sorted(worth_telling, key=lambda each: (-each.at_least, each.wish, each.person, each.code)))


def _changes(workplace: Workplace, *, wishes: Collection[Wish]) -> Iterator[_Change]:
    for person in sorted(workplace.persons, key=lambda person: person.id):
        for wish, code, changed in _persons_with_more(workplace, person):
            if wish in wishes:
                persons = tuple(changed if each.id == person.id else each for each in workplace.persons)
                yield _Change(wish=wish, person=person.id, code=code, workplace=replace(workplace, persons=persons))


def _persons_with_more(workplace: Workplace, person: Person) -> Iterator[tuple[Wish, str, Person]]:
    for measure in sorted(workplace.measures, key=lambda measure: measure.code):
        if measure.code not in person.measures:
            yield Wish.MEASURE, measure.code, replace(person, measures=(*person.measures, measure.code))
    yield Wish.HOUR, "", replace(person, max_hours=person.max_hours + ONE_HOUR)
    for slot in SLOTS:
        if slot in workplace.slots and slot not in person.slots:
            yield Wish.SLOT, slot, replace(person, slots=(*person.slots, slot))


def _started(change: _Change, *, base: Carving) -> Search:
    """A search that knows the plan of `base` and what a quick look finds."""
    search = Search(instance_of(change.workplace), seconds=0.0)
    choice = Choice(tasks={job.person: tuple(each.task for each in job.tasks) for job in base.jobs})
    search.offer(plan_from(choice, instance=search.instance, maker=search.maker))
    search.offer(good_start(search.instance, maker=search.maker, first=search.plan))
    return search


def _told(search: Search, change: _Change, *, base: Carving) -> WhatIf:
    carving = carving_of(search.instance, plan=search.plan or {}, bound=search.bound)
    before = {each.task for job in base.jobs for each in job.tasks}
    after = {each.task for job in carving.jobs for each in job.tasks}
    return WhatIf(
        wish=change.wish,
        person=change.person,
        code=change.code,
        carving=carving,
        at_least=carving.value - base.value,
        at_most=carving.bound - base.value,
        tasks_gained=tuple(sorted(after - before)),
    )
