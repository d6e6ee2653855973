"""Plans made quickly: as a broker might by hand, and a better one for the search to start from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from jobbro.engines.carving.instance import Instance
from jobbro.engines.carving.jobs import Job, Maker

Plan = Mapping[int, Job]


def by_hand(instance: Instance, *, maker: Maker) -> Plan:
    """Person after person, always the task worth most that still fits: the way a list is worked through on paper."""
    draft = Draft(instance, maker=maker)
    for person, pairs in enumerate(instance.pairs):
        for pair in sorted(pairs, key=lambda pair: (-pair.value, pair.task)):
            draft.take(person, pair.task, least_gain=1)
        draft.drop_if_idle(person)
    return draft.plan()


def good_start(
    instance: Instance, *, maker: Maker, first: Plan | None = None, is_late: Callable[[], bool] = lambda: False
) -> Plan:
    """The best of `first` and a few quick plans, bettered by adding, exchanging and filling up until nothing helps."""
    drafts = []
    for order in (_by_value, _by_hourly_value):
        draft = Draft(instance, maker=maker)
        for person, task in order(instance):
            draft.take(person, task, least_gain=1)
        drafts.append(draft)
    for plan in (by_hand(instance, maker=maker), first or {}):
        draft = Draft(instance, maker=maker)
        for job in plan.values():
            draft.put(job)
        drafts.append(draft)
    for draft in drafts:
        draft.fill_up()
        draft.better(is_late=is_late)
    return max((draft.plan() for draft in drafts), key=worth)


def worth(plan: Plan) -> int:
    """The value of a plan."""
    return sum(job.value for job in plan.values())


def _by_value(instance: Instance) -> Iterable[tuple[int, int]]:
    pairs = [pair for own in instance.pairs for pair in own]
    return [(p.person, p.task) for p in sorted(pairs, key=lambda p: (-p.value, p.task, p.person))]


def _by_hourly_value(instance: Instance) -> Iterable[tuple[int, int]]:
    pairs = [pair for own in instance.pairs for pair in own]
    ordered = sorted(pairs, key=lambda p: (-p.value / max(p.hours, 1), p.task, p.person))
    return [(p.person, p.task) for p in ordered]


@dataclass(slots=True)
class _Held:
    """Who has which task, and what each staff member may still give."""

    person_of: dict[int, int]
    left: list[int]


class Draft:
    """A plan in the making: every job holds but perhaps for its fewest hours."""

    def __init__(self, instance: Instance, *, maker: Maker) -> None:
        self._instance = instance
        self._maker = maker
        self._jobs: dict[int, Job] = {}
        self._held = _Held(person_of={}, left=list(instance.release))

    def plan(self) -> Plan:
        """The jobs that have enough hours and are worth something."""
        return {
            person: job
            for person, job in sorted(self._jobs.items())
            if job.value > 0 and self._maker.has_enough_hours(job)
        }

    def put(self, job: Job) -> None:
        """The person has this job instead of the one before."""
        pairs = self._instance.pair_at[job.person]
        before = self._jobs.pop(job.person, None)
        for task in before.tasks if before else ():
            self._held.left[pairs[task].staff] += pairs[task].hours
            del self._held.person_of[task]
        for task in job.tasks:
            self._held.left[pairs[task].staff] -= pairs[task].hours
            self._held.person_of[task] = job.person
        if job.tasks:
            self._jobs[job.person] = job

    def take(self, person: int, task: int, *, least_gain: int) -> bool:
        """Give the task to the person, if it is free, fits and gains at least so much."""
        if task in self._held.person_of:
            return False
        return self._try(person, add=frozenset([task]), drop=frozenset(), least_gain=least_gain)

    def drop_if_idle(self, person: int) -> None:
        """A job without enough hours or value gives its tasks back."""
        job = self._jobs.get(person)
        if job and (job.value <= 0 or not self._maker.has_enough_hours(job)):
            self.put(Job(person=person, tasks=frozenset(), hours=0, measures=(), value=0))

    def fill_up(self) -> None:
        """Jobs with too few hours take further tasks as long as the job is worth something, or are given up."""
        for person in sorted(self._jobs):
            pairs = sorted(self._instance.pairs[person], key=lambda pair: (-pair.value / max(pair.hours, 1), pair.task))
            for pair in pairs:
                job = self._jobs.get(person)
                if job is None or self._maker.has_enough_hours(job):
                    break
                self.take(person, pair.task, least_gain=-job.value)
            self.drop_if_idle(person)

    def better(self, *, is_late: Callable[[], bool]) -> None:
        """Add, exchange and move tasks until nothing of it gains; a few rounds at most."""
        for _ in range(6):
            gained = False
            for pair in (pair for own in self._instance.pairs for pair in own):
                if is_late():
                    return
                gained |= self._better_with(pair.person, pair.task)
            if not gained:
                return

    def _better_with(self, person: int, task: int) -> bool:
        owner = self._held.person_of.get(task)
        if owner == person:
            return False
        if owner is not None:
            return self._move(task, source=owner, target=person)
        if self._try(person, add=frozenset([task]), drop=frozenset(), least_gain=1, keeps_hours=True):
            return True
        job = self._jobs.get(person)
        mine = sorted(job.tasks) if job else []
        return any(
            self._try(person, add=frozenset([task]), drop=frozenset([other]), least_gain=1, keeps_hours=True)
            for other in mine
        )

    def _move(self, task: int, *, source: int, target: int) -> bool:
        """Move the task to another person, if both jobs hold afterwards and together gain."""
        giving, taking = self._jobs[source], self._jobs.get(target)
        less = self._maker.job(source, giving.tasks - {task})
        more = self._maker.job(target, (taking.tasks if taking else frozenset()) | {task})
        if less is None or more is None or not self._maker.has_enough_hours(more):
            return False
        if less.tasks and not self._maker.has_enough_hours(less):
            return False
        if less.value + more.value <= giving.value + (taking.value if taking else 0):
            return False
        self.put(less)
        self.put(more)
        return True

    def _try(
        self, person: int, *, add: frozenset[int], drop: frozenset[int], least_gain: int, keeps_hours: bool = False
    ) -> bool:
        before = self._jobs.get(person)
        tasks = ((before.tasks if before else frozenset()) - drop) | add
        job = self._maker.job(person, tasks) if self._is_released(person, add=add, drop=drop) else None
        if job is None or job.value - (before.value if before else 0) < least_gain:
            return False
        if keeps_hours and not self._maker.has_enough_hours(job):
            return False
        self.put(job)
        return True

    def _is_released(self, person: int, *, add: frozenset[int], drop: frozenset[int]) -> bool:
        pairs = self._instance.pair_at[person]
        if not all(task in pairs for task in add):
            return False
        change: dict[int, int] = {}
        for task in add:
            change[pairs[task].staff] = change.get(pairs[task].staff, 0) + pairs[task].hours
        for task in drop:
            change[pairs[task].staff] = change.get(pairs[task].staff, 0) - pairs[task].hours
        return all(self._held.left[staff] >= hours for staff, hours in change.items())
