"""A line with workers who differ, balanced: a plan at once, then HiGHS in the process that carving keeps for it.

The programme has no stations: who does which task, and which worker stands before which (Borba and Ritt, 2014).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import combinations, permutations, product

from benchmarks._alwabp_files import Instance
from jobbro.engines.carving.programme import Programme
from jobbro.engines.carving.solving import Report, Solver

TINY = 1e-6
# That nobody does two tasks around one they cannot do is said outright in at most so many rows.
MOST_AROUND = 30_000
# Of the time there is, at most so much for a plan without the solver.
PLAN_SHARE = 0.2

Station = tuple[int, frozenset[int]]
Rank = Callable[[int, int], float]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Worker and tasks of each station in order, none when none was found; no cycle time is below `bound`."""

    stations: tuple[Station, ...]
    bound: int


def balance(instance: Instance, *, seconds: float) -> Answer:
    """The shortest cycle time that is found in so many seconds, and the bound that is proven."""
    until = time.monotonic() + seconds
    least = least_cycle(instance)
    plan = plan_of(instance, least=least, until=time.monotonic() + PLAN_SHARE * seconds)
    if plan and cycle_of(instance, plan) == least:
        return Answer(stations=plan, bound=least)
    model = Model(instance, least=least, most=cycle_of(instance, plan) if plan else _most_cycle(instance))
    heard: list[Report] = []

    def listen(report: Report) -> bool:
        heard.append(report)
        return True

    with Solver() as solver:
        left = until - time.monotonic()
        solver.solve(model.programme, start=model.start_of(plan), seconds=left, grain=1.0, listen=listen)
    found = [model.stations(report.chosen) for report in heard if report.chosen]
    plans = [each for each in (*found, plan) if each]
    # The value of the programme is the cycle time below 0.
    bounds = [math.ceil(-report.bound - TINY) for report in heard if report.bound is not None]
    return Answer(
        stations=min(plans, key=lambda each: cycle_of(instance, each), default=()), bound=max([least, *bounds])
    )


def cycle_of(instance: Instance, stations: Iterable[Station]) -> int:
    """The time of the slowest station."""
    return max(sum(instance.times[task][worker] or 0 for task in tasks) for worker, tasks in stations)


def least_cycle(instance: Instance) -> int:
    """No line is faster: the longest task by whoever is fastest, and all tasks by theirs, shared evenly."""
    fastest = [min(time for time in row if time is not None) for row in instance.times]
    return max(max(fastest), math.ceil(sum(fastest) / instance.workers))


def _most_cycle(instance: Instance) -> int:
    return sum(max(time for time in row if time is not None) for row in instance.times)


def plan_of(instance: Instance, *, least: int, until: float) -> tuple[Station, ...]:
    """A line filled station by station, by whoever gets most done there; cycle times are tried by halving."""
    best: tuple[Station, ...] = ()
    low, high = least, _most_cycle(instance) + 1
    while low < high and time.monotonic() < until:
        middle = (low + high) // 2
        found = _filled(instance, cycle=middle, until=until)
        if found:
            best, high = found, cycle_of(instance, found)
        else:
            low = middle + 1
    return best


def _filled(instance: Instance, *, cycle: int, until: float) -> tuple[Station, ...]:
    for is_backward in (False, True):
        arcs = [(after, before) if is_backward else (before, after) for before, after in instance.arcs]
        needs = _neighbours(instance, ((after, before) for before, after in arcs))
        for rank, weigh in product(_ranks(instance, arcs), (False, True)):
            if time.monotonic() > until:
                return ()
            found = _fill(instance, cycle=cycle, needs=needs, rank=rank, weigh=weigh)
            if found:
                return tuple(reversed(found)) if is_backward else tuple(found)
    return ()


def _ranks(instance: Instance, arcs: Sequence[tuple[int, int]]) -> tuple[Rank, ...]:
    """Which task first: what most wait for, the longest, what the worker is best at."""
    waiting = [len(each) for each in _reachable(_neighbours(instance, arcs))]
    means = _means(instance)
    return (
        lambda task, worker: waiting[task],
        lambda task, worker: instance.times[task][worker] or 0,
        lambda task, worker: -(instance.times[task][worker] or 0) / (means[task] or 1),
    )


def _means(instance: Instance) -> list[float]:
    able = [[time for time in row if time is not None] for row in instance.times]
    return [sum(row) / len(row) for row in able]


def _fill(
    instance: Instance, *, cycle: int, needs: Sequence[set[int]], rank: Rank, weigh: bool
) -> list[Station] | None:
    """Stations in order, or None when tasks are left. With `weigh` tasks count by their mean time, else each as one."""
    means = _means(instance)
    left, workers, stations = set(range(len(instance.times))), list(range(instance.workers)), []
    while workers:
        filled = [
            (worker, _station(instance, worker, cycle=cycle, left=left, needs=needs, rank=rank)) for worker in workers
        ]
        worker, tasks = max(filled, key=lambda each: (sum(means[task] if weigh else 1.0 for task in each[1]), -each[0]))
        stations.append((worker, tasks))
        workers.remove(worker)
        left -= tasks
    return None if left else stations


def _station(
    instance: Instance, worker: int, *, cycle: int, left: set[int], needs: Sequence[set[int]], rank: Rank
) -> frozenset[int]:
    tasks: set[int] = set()
    room = cycle
    while True:
        open_tasks = [
            task
            for task in left - tasks
            if (needed := instance.times[task][worker]) is not None
            and needed <= room
            and not needs[task] & (left - tasks)
        ]
        if not open_tasks:
            return frozenset(tasks)
        task = max(open_tasks, key=lambda each: (rank(each, worker), -each))
        tasks.add(task)
        room -= instance.times[task][worker] or 0


def _neighbours(instance: Instance, arcs: Iterable[tuple[int, int]]) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in instance.times]
    for one, other in arcs:
        found[one].add(other)
    return found


def _reachable(following: Sequence[set[int]]) -> list[set[int]]:
    """All that comes after each task, not only right after it."""
    found: list[set[int]] = [set() for _ in following]
    for task in TopologicalSorter(dict(enumerate(following))).static_order():
        found[task] = following[task].union(*(found[after] for after in following[task]))
    return found


class Model:
    """The programme and what its columns mean."""

    def __init__(self, instance: Instance, *, least: int, most: int) -> None:
        self.instance = instance
        self.programme = Programme()
        self._cycle = self.programme.column(cost=-1.0, upper=float(most))
        self._does = {
            (worker, task): self.programme.column(cost=0.0)
            for task, row in enumerate(instance.times)
            for worker, needed in enumerate(row)
            if needed is not None and needed <= most
        }
        # Of each two workers one stands first: a column for the pair, 1 when it is the one with the lower number.
        self._first = {pair: self.programme.column(cost=0.0) for pair in combinations(range(instance.workers), 2)}
        self.programme.row([(self._cycle, 1.0)], lower=least)
        self._add_tasks()
        self._add_order()
        self._add_arcs()
        self._add_around()

    def start_of(self, stations: Sequence[Station]) -> list[float]:
        """The values of all columns for stations that hold; none for none."""
        if not stations:
            return []
        values = [0.0] * len(self.programme.cost)
        values[self._cycle] = float(cycle_of(self.instance, stations))
        for worker, tasks in stations:
            for task in tasks:
                values[self._does[worker, task]] = 1.0
        for (one, _), (other, _) in combinations(stations, 2):
            if one < other:
                values[self._first[one, other]] = 1.0
        return values

    def stations(self, chosen: Iterable[int]) -> tuple[Station, ...]:
        """Workers with their tasks in the order that the arcs ask for; the columns of the order are not read."""
        held, columns = {worker: set[int]() for worker in range(self.instance.workers)}, set(chosen)
        holder = {}
        for (worker, task), column in self._does.items():
            if column in columns:
                held[worker].add(task)
                holder[task] = worker
        sorter = TopologicalSorter[int](dict.fromkeys(held, ()))
        for before, after in self.instance.arcs:
            if holder[before] != holder[after]:
                sorter.add(holder[after], holder[before])
        return tuple((worker, frozenset(held[worker])) for worker in sorter.static_order())

    def _add_tasks(self) -> None:
        times = self.instance.times
        for task in range(len(times)):
            able = [column for (_, each), column in self._does.items() if each == task]
            self.programme.row(((column, 1.0) for column in able), lower=1, upper=1)
        for worker in range(self.instance.workers):
            load = [
                (column, float(times[task][worker] or 0))
                for (each, task), column in self._does.items()
                if each == worker
            ]
            self.programme.row([*load, (self._cycle, -1.0)], upper=0)

    def _add_order(self) -> None:
        """No three workers stand each before the next."""
        for one, two, three in combinations(range(self.instance.workers), 3):
            terms = [(self._first[one, two], 1.0), (self._first[two, three], 1.0), (self._first[one, three], -1.0)]
            self.programme.row(terms, lower=0, upper=1)

    def _add_arcs(self) -> None:
        """Who does the earlier task of an arc stands before who does the later."""
        for (before, after), (one, other) in product(self.instance.arcs, permutations(range(self.instance.workers), 2)):
            if (one, before) not in self._does or (other, after) not in self._does:
                continue
            both = [(self._does[one, before], 1.0), (self._does[other, after], 1.0)]
            if one < other:
                self.programme.row([*both, (self._first[one, other], -1.0)], upper=1)
            else:
                self.programme.row([*both, (self._first[other, one], 1.0)], upper=2)

    def _add_around(self) -> None:
        """Who cannot do a task does not do both one before and one after it."""
        later = _reachable(_neighbours(self.instance, self.instance.arcs))
        earlier = _reachable(_neighbours(self.instance, ((after, before) for before, after in self.instance.arcs)))
        around = {
            (worker, before, after)
            for task, worker in product(range(len(later)), range(self.instance.workers))
            if (worker, task) not in self._does
            for before, after in product(earlier[task], later[task])
            if (worker, before) in self._does and (worker, after) in self._does
        }
        for worker, before, after in sorted(around) if len(around) <= MOST_AROUND else ():
            self.programme.row([(self._does[worker, before], 1.0), (self._does[worker, after], 1.0)], upper=1)
