"""Jobs made by hand: counted at once, with every rule that they break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jobbro.engines.carving.answering import in_hours
from jobbro.engines.carving.checking import check_workplace
from jobbro.engines.carving.instance import MEASURE_PRICE, WISH_VALUE
from jobbro.engines.carving.jobs import Bundles, largest_gaps
from jobbro.engines.carving.model import Break, CarvedJob, Choice, GivenTask, HandMade, Person, Rule, Task, Workplace
from jobbro.engines.carving.possible import (
    HUNDREDTHS,
    Screen,
    gaps_of,
    hundredths,
    reasons,
    release_of,
    slot_bits,
    slot_cap_of,
)
from jobbro.engines.carving.spreading import Spread, spread
from jobbro.kernel.fit import OPEN_FROM, Measure, relief_of
from jobbro.kernel.vocabulary import AREAS, SLOTS


def check_by_hand(workplace: Workplace, choice: Choice) -> HandMade:
    """The jobs as chosen, what they are worth, and every rule they break, person by person in id order.

    Without measures in the choice, a job gets the cheapest that close its gaps, or as many gaps as they can. What is
    not there any more (a person, task or measure) is told and left out. Raises `WorkplaceError` as `carve`.
    """
    check_workplace(workplace)
    table = _Table(workplace)
    breaks = [*table.unknown(choice), *table.twice(choice)]
    jobs = []
    for person in table.persons.values():
        tasks = table.tasks_for(person, choice)
        measures = table.measures_for(person, tasks=tasks, choice=choice)
        if not tasks:
            continue
        placed = table.placed(person, tasks)
        jobs.append(table.job(person, tasks=tasks, measures=measures, placed=placed))
        breaks += table.of_job(person, tasks=tasks, measures=measures, placed=placed)
    given = {each.task: table.tasks[each.task] for job in jobs for each in job.tasks}
    released = table.released(given.values())
    return HandMade(
        value=sum((job.value for job in jobs), Decimal(0)),
        jobs=tuple(jobs),
        released=released,
        not_given=reasons(workplace, given.keys()),
        breaks=(*breaks, *table.of_release(released)),
    )


class _Table:
    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.persons = {person.id: person for person in sorted(workplace.persons, key=lambda person: person.id)}
        self.tasks = {task.id: task for task in sorted(workplace.tasks, key=lambda task: task.id)}
        self.wages = {staff.id: staff.wage for staff in workplace.staff}
        self.measures = {measure.code: measure for measure in workplace.measures}
        self.release = release_of(workplace)
        self.screen = Screen(workplace)

    def unknown(self, choice: Choice) -> Iterator[Break]:
        for person in sorted(choice.tasks):
            if person not in self.persons:
                yield Break(rule=Rule.UNKNOWN_PERSON, person=person)
            for task in sorted(set(choice.tasks[person]) - set(self.tasks)):
                yield Break(rule=Rule.UNKNOWN_TASK, person=person, task=task)

    def twice(self, choice: Choice) -> Iterator[Break]:
        for task in self.tasks:
            holders = sorted(person for person in self.persons if task in choice.tasks.get(person, ()))
            if len(holders) > 1:
                yield Break(rule=Rule.TWICE, task=task, codes=tuple(holders))

    def tasks_for(self, person: Person, choice: Choice) -> tuple[Task, ...]:
        chosen = set(choice.tasks.get(person.id, ()))
        return tuple(task for task in self.tasks.values() if task.id in chosen)

    def measures_for(self, person: Person, *, tasks: Sequence[Task], choice: Choice) -> tuple[str, ...]:
        if choice.measures is not None and person.id in choice.measures:
            return tuple(sorted(set(choice.measures[person.id])))
        return self.suggested(person, tasks=tasks)

    def suggested(self, person: Person, *, tasks: Sequence[Task]) -> tuple[str, ...]:
        """The cheapest measures that close all gaps that any measure closes; more than are allowed, if need be."""
        own = tuple(self.measures[code] for code in sorted(set(person.measures)))
        relief = relief_of(own)
        gaps = largest_gaps(
            gap for task in tasks for gap in gaps_of(person=person, task=task) if relief.get(gap[0], 0) >= gap[1]
        )
        for most in (self.workplace.limits.max_measures, len(own)):
            bundle = Bundles(measures=own, most=most).cheapest(gaps)
            if bundle is not None:
                return bundle.codes
        return ()

    def placed(self, person: Person, tasks: Sequence[Task]) -> Spread:
        own = slot_bits(person.slots)
        return spread(
            hours=[hundredths(task.hours) for task in tasks],
            slots=[slot_bits(task.slots) & own for task in tasks],
            cap=slot_cap_of(person, workplace=self.workplace),
        )

    def job(self, person: Person, *, tasks: Sequence[Task], measures: Sequence[str], placed: Spread) -> CarvedJob:
        return CarvedJob(
            person=person.id,
            hours=_hours_of(tasks),
            measures=tuple(measures),
            tasks=tuple(
                GivenTask(
                    task=task.id,
                    slots={} if placed.left_over else {SLOTS[slot]: in_hours(amount) for slot, amount in hours.items()},
                )
                for task, hours in zip(tasks, placed.hours, strict=True)
            ),
            value=self.value(person, tasks=tasks, measures=measures),
        )

    def value(self, person: Person, *, tasks: Sequence[Task], measures: Sequence[str]) -> Decimal:
        value = Decimal(0)
        for task in tasks:
            value += task.hours * (self.wages[task.holder] - person.wage) + WISH_VALUE * person.wishes.get(task.id, 0)
        return value - MEASURE_PRICE * sum(self.measures[code].cost for code in measures if code in self.measures)

    def of_job(
        self, person: Person, *, tasks: Sequence[Task], measures: Sequence[str], placed: Spread
    ) -> Iterator[Break]:
        for code in measures:
            if code not in person.measures:
                yield Break(rule=Rule.UNKNOWN_MEASURE, person=person.id, codes=(code,))
        chosen = [self.measures[code] for code in measures if code in self.measures]
        for task in tasks:
            yield from self.of_pair(person, task, measures=chosen)
        yield from self.of_limits(person, tasks=tasks, measures=measures)
        if placed.left_over:
            yield Break(rule=Rule.SPREAD, person=person.id, amount=in_hours(placed.left_over))

    def of_pair(self, person: Person, task: Task, *, measures: Iterable[Measure]) -> Iterator[Break]:
        if task.is_core:
            yield Break(rule=Rule.CORE, person=person.id, task=task.id)
        if not self.screen.has_skills(person=person, task=task):
            lacking = tuple(sorted(set(task.requires) - set(person.skills)))
            yield Break(rule=Rule.SKILLS, person=person.id, task=task.id, codes=lacking)
        if not self.screen.has_slots(person=person, task=task):
            yield self.of_slots(person, task)
        relief = relief_of(measures)
        for area in AREAS:
            asked, managed = task.demand.get(area, 0), person.capacity.get(area)
            if managed is None and asked >= OPEN_FROM:
                yield Break(rule=Rule.OPEN, person=person.id, task=task.id, area=area, amount=Decimal(asked))
            if managed is not None and asked - managed > relief.get(area, 0):
                yield Break(
                    rule=Rule.GAP,
                    person=person.id,
                    task=task.id,
                    area=area,
                    amount=Decimal(asked - managed),
                    allowed=Decimal(relief.get(area, 0)),
                )

    def of_slots(self, person: Person, task: Task) -> Break:
        shared = tuple(slot for slot in SLOTS if slot in task.slots and slot in person.slots)
        cap = slot_cap_of(person, workplace=self.workplace)
        return Break(
            rule=Rule.SLOTS,
            person=person.id,
            task=task.id,
            amount=task.hours,
            allowed=in_hours(cap * len(shared)),
            codes=shared,
        )

    def of_limits(self, person: Person, *, tasks: Sequence[Task], measures: Sequence[str]) -> Iterator[Break]:
        limits = self.workplace.limits
        hours = _hours_of(tasks)
        if hours < person.min_hours:
            yield Break(rule=Rule.HOURS_MIN, person=person.id, amount=hours, allowed=person.min_hours)
        if hours > person.max_hours:
            yield Break(rule=Rule.HOURS_MAX, person=person.id, amount=hours, allowed=person.max_hours)
        places = tuple(sorted({task.place for task in tasks}))
        for rule, found, most, codes in (
            (Rule.MAX_TASKS, len(tasks), limits.max_tasks, ()),
            (Rule.MAX_PLACES, len(places), limits.max_places, places),
            (Rule.MAX_MEASURES, len(measures), limits.max_measures, tuple(measures)),
        ):
            if found > most:
                yield Break(rule=rule, person=person.id, amount=Decimal(found), allowed=Decimal(most), codes=codes)

    def released(self, tasks: Iterable[Task]) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for task in tasks:
            if task.hours:
                found[task.holder] = found.get(task.holder, Decimal(0)) + task.hours
        return {staff: found[staff] for staff in sorted(found)}

    def of_release(self, released: dict[str, Decimal]) -> Iterator[Break]:
        for staff, hours in released.items():
            if hours * HUNDREDTHS > self.release[staff]:
                yield Break(rule=Rule.RELEASE, staff=staff, amount=hours, allowed=in_hours(self.release[staff]))


def _hours_of(tasks: Iterable[Task]) -> Decimal:
    return sum((task.hours for task in tasks), Decimal(0))
