"""Carve: the best jobs that were found, and a bound that no other jobs can pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from jobbro.engines.carving.answering import carving_of
from jobbro.engines.carving.bounds import down_to_grain, quick_bound
from jobbro.engines.carving.checking import check_workplace
from jobbro.engines.carving.greedy import Plan, good_start, worth
from jobbro.engines.carving.instance import Instance, instance_of
from jobbro.engines.carving.jobs import Job, Maker
from jobbro.engines.carving.model import Carving, Choice, Progress, Workplace
from jobbro.engines.carving.programme import Programme, forbid, programme_of, start_of, tasks_of
from jobbro.engines.carving.solving import Report, Solver

Tasks = Mapping[int, frozenset[int]]

# The solver's numbers are doubles: a bound counts as reached only when it is passed by less than this share.
DOUBT = Fraction(1, 10**6)
# Programmes of more columns are first relaxed and dived into; still larger ones are branched on among so many columns.
RELAXED_FROM = 600
CORE_FROM = 1_300
CORE_COLUMNS = 500


def carve(
    workplace: Workplace,
    *,
    seconds: float,
    start: Choice | None = None,
    progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Carving:
    """The best carving found in `seconds`, with a proven bound; `optimal` when nothing better exists.

    Values are recomputed from the chosen tasks in whole numbers, never taken from the solver. `start` is a plan to
    begin with; whatever of it does not hold is left out. `progress` hears of every better value and bound. The same
    workplace gives the same answer when it is proven. Raises `WorkplaceError` for one that cannot be carved.
    """
    check_workplace(workplace)
    instance = instance_of(workplace)
    search = Search(instance, seconds=seconds, progress=progress, is_cancelled=is_cancelled)
    if start is not None:
        search.offer(plan_from(start, instance=instance, maker=search.maker))
    with Solver() as solver:
        search.run(solver)
    return carving_of(instance, plan=search.plan or {}, bound=search.bound)


def plan_from(choice: Choice, *, instance: Instance, maker: Maker) -> Plan:
    """What holds of a choice: its jobs that hold, without those that take what an earlier one took."""
    task_at = {task.id: at for at, task in enumerate(instance.tasks)}
    plan: dict[int, Job] = {}
    for number, person in enumerate(instance.persons):
        tasks = frozenset(task_at[task] for task in choice.tasks.get(person.id, ()) if task in task_at)
        job = maker.job(number, tasks) if tasks else None
        if job is not None and maker.has_enough_hours(job) and holds({**plan, number: job}, instance=instance):
            plan[number] = job
    return plan


def holds(plan: Plan, *, instance: Instance) -> bool:
    """Whether jobs that hold each by itself hold together: no task twice, nobody gives up too much."""
    seen: set[int] = set()
    left = list(instance.release)
    for person, job in plan.items():
        if seen & job.tasks:
            return False
        seen |= job.tasks
        for task in job.tasks:
            pair = instance.pair_at[person][task]
            left[pair.staff] -= pair.hours
    return min(left, default=0) >= 0


@dataclass(frozen=True, kw_only=True)
class Rival:
    """The tasks of an answer that is known, and how many of them have to go elsewhere."""

    tasks: Tasks
    at_least: int


class Search:
    """One search: the best plan so far, None while none is allowed, and the proven bound in whole units of value."""

    def __init__(
        self,
        instance: Instance,
        *,
        seconds: float,
        progress: Callable[[Progress], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
        rivals: tuple[Rival, ...] = (),
        bound: int | None = None,
    ) -> None:
        self.instance = instance
        self.maker = Maker(instance)
        self.plan: Plan | None = None
        quick = quick_bound(instance)
        self.bound = quick if bound is None else min(quick, bound)
        self._progress = progress
        self._is_cancelled = is_cancelled
        self._rivals = rivals
        self._began = time.monotonic()
        self._until = self._began + seconds
        self.offer({})

    @property
    def value(self) -> int:
        """What the best plan is worth."""
        return worth(self.plan) if self.plan else 0

    @property
    def is_proven(self) -> bool:
        """Whether nothing better can exist."""
        return self.plan is not None and self.bound <= self.value

    def offer(self, plan: Plan) -> None:
        """Keep the plan when it is the best so far; its jobs must hold, alone and together."""
        if not self._rivals:
            plan = {person: job for person, job in plan.items() if job.value > 0}
        is_allowed = all(tasks_apart(plan, rival.tasks) >= rival.at_least for rival in self._rivals)
        if is_allowed and (self.plan is None or worth(plan) > self.value):
            self.plan = plan
            self._tell()

    def run(self, solver: Solver) -> None:
        """Search until it is proven, the time is up or somebody stops it."""
        if not self._rivals:
            self.offer(good_start(self.instance, maker=self.maker, first=self.plan, is_late=self._is_late))
        self._search(solver)

    def run_for(self, seconds: float, *, solver: Solver) -> None:
        """Search on for so many seconds from now, from the plan that is known."""
        self._until = time.monotonic() + seconds
        self._search(solver)

    def _search(self, solver: Solver) -> None:
        if self.is_proven or self._is_late():
            return
        programme = programme_of(self.instance)
        for rival in self._rivals:
            forbid(programme, tasks=rival.tasks, at_least=rival.at_least)
        solver.solve(
            programme,
            start=() if self.plan is None else start_of(programme, instance=self.instance, plan=self.plan),
            seconds=self._until - time.monotonic(),
            grain=self.instance.grain / self.instance.unit,
            core=_core_of(programme),
            listen=lambda report: self._hear(report, programme=programme),
        )

    def _is_late(self) -> bool:
        return time.monotonic() >= self._until

    def _is_stopped(self) -> bool:
        return self._is_cancelled is not None and self._is_cancelled()

    def _hear(self, report: Report, *, programme: Programme) -> bool:
        if report.chosen:
            self._hear_plan(tasks_of(programme, chosen=report.chosen))
        if report.bound is not None:
            self._hear_bound(report)
        return not self.is_proven and not self._is_stopped()

    def _hear_plan(self, tasks: Tasks) -> None:
        jobs = {person: self.maker.job(person, held) for person, held in tasks.items()}
        plan = {person: job for person, job in jobs.items() if job and self.maker.has_enough_hours(job)}
        if len(plan) == len(jobs) and holds(plan, instance=self.instance):
            self.offer(plan)

    def _hear_bound(self, report: Report) -> None:
        assert report.bound is not None
        told = Fraction(report.bound) * self.instance.unit
        doubt = max(abs(told), Fraction(self.instance.unit)) * DOUBT
        bound = down_to_grain(floor(told + doubt), grain=self.instance.grain)
        if report.is_proven and self.plan is not None and told - self.value <= doubt:
            bound = self.value
        if bound < self.bound:
            self.bound = max(bound, self.value)
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(
                Progress(
                    value=self.instance.money(self.value),
                    bound=self.instance.money(self.bound),
                    seconds=time.monotonic() - self._began,
                )
            )


def _core_of(programme: Programme) -> int | None:
    if len(programme.cost) <= RELAXED_FROM:
        return None
    return CORE_COLUMNS if len(programme.cost) > CORE_FROM else 0


def tasks_apart(plan: Plan, tasks: Tasks) -> int:
    """How many tasks are given in one of the two only, or to somebody else."""
    one = {task: person for person, job in plan.items() for task in job.tasks}
    other = {task: person for person, held in tasks.items() for task in held}
    return sum(one.get(task) != other.get(task) for task in one.keys() | other.keys())
