"""One person's job from a set of tasks: whether it holds, the cheapest measures that close its gaps, and its value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jobbro.engines.carving.instance import MEASURE_PRICE, Instance, Pair
from jobbro.engines.carving.possible import Gap, closes
from jobbro.engines.carving.spreading import spread
from jobbro.kernel.fit import Measure

Tasks = frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A job that holds in every way except perhaps its fewest hours: tasks, hundredths, measure codes, value."""

    person: int
    tasks: Tasks
    hours: int
    measures: tuple[str, ...]
    value: int


@dataclass(frozen=True, order=True, slots=True)
class Bundle:
    """Measures in the order that decides: lowest cost, fewest, smallest sorted list of codes."""

    cost: int
    size: int
    codes: tuple[str, ...]


class Bundles:
    """The cheapest measures of one person for any gaps, each worked out once."""

    def __init__(self, *, measures: tuple[Measure, ...], most: int) -> None:
        self._measures = measures
        self._most = most
        self._known: dict[tuple[frozenset[Gap], int], Bundle | None] = {}

    def cheapest(self, gaps: Iterable[Gap]) -> Bundle | None:
        """At most `most` measures that close all gaps at the lowest cost, or None."""
        return self._cheapest(largest_gaps(gaps), left=self._most)

    def _cheapest(self, gaps: frozenset[Gap], *, left: int) -> Bundle | None:
        if not gaps:
            return Bundle(0, 0, ())
        if not left:
            return None
        key = (gaps, left)
        if key not in self._known:
            self._known[key] = self._by_pivot(gaps, left=left)
        return self._known[key]

    def _by_pivot(self, gaps: frozenset[Gap], *, left: int) -> Bundle | None:
        pivot = min(gaps, key=lambda gap: (sum(closes(measure, gap) for measure in self._measures), gap))
        best: Bundle | None = None
        for measure in self._measures:
            if not closes(measure, pivot):
                continue
            rest = self._cheapest(frozenset(gap for gap in gaps if not closes(measure, gap)), left=left - 1)
            if rest is None:
                continue
            found = Bundle(rest.cost + measure.cost, rest.size + 1, tuple(sorted((*rest.codes, measure.code))))
            best = found if best is None else min(best, found)
        return best


def largest_gaps(gaps: Iterable[Gap]) -> frozenset[Gap]:
    """The largest gap in each area: whoever closes it closes the smaller ones."""
    largest: dict[str, int] = {}
    for area, size in gaps:
        largest[area] = max(size, largest.get(area, 0))
    return frozenset(largest.items())


class Maker:
    """Makes jobs for one instance; what was asked before is answered at once."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        limits = instance.workplace.limits
        self._limits = limits
        self._known: dict[tuple[int, Tasks], Job | None] = {}
        self.bundles = tuple(
            Bundles(measures=instance.own_measures(person), most=limits.max_measures)
            for person in range(len(instance.persons))
        )

    def job(self, person: int, tasks: Tasks) -> Job | None:
        """The job with the cheapest measures; None when a rule other than the fewest hours is broken."""
        key = (person, tasks)
        if key not in self._known:
            self._known[key] = self._made(person, tasks)
        return self._known[key]

    def has_enough_hours(self, job: Job) -> bool:
        """Whether the job has at least the fewest hours of its person."""
        return job.hours >= self.instance.min_hours[job.person]

    def _made(self, person: int, tasks: Tasks) -> Job | None:
        at = self.instance.pair_at[person]
        if not all(task in at for task in tasks) or len(tasks) > self._limits.max_tasks:
            return None
        pairs = [at[task] for task in sorted(tasks)]
        hours = sum(pair.hours for pair in pairs)
        if hours > self.instance.max_hours[person] or len({pair.place for pair in pairs}) > self._limits.max_places:
            return None
        bundle = self.bundles[person].cheapest(gap for pair in pairs for gap in pair.gaps)
        if bundle is None or not self._fits(person, pairs):
            return None
        value = sum(pair.value for pair in pairs) - MEASURE_PRICE * self.instance.unit * bundle.cost
        return Job(person=person, tasks=tasks, hours=hours, measures=bundle.codes, value=value)

    def _fits(self, person: int, pairs: list[Pair]) -> bool:
        hours = [pair.hours for pair in pairs]
        slots = [pair.slots for pair in pairs]
        return not spread(hours=hours, slots=slots, cap=self.instance.slot_cap[person]).left_over
