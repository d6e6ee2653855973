"""Which task can go to which person at all, and why a task that nobody was given stayed where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from jobbro.engines.carving.model import Person, Reason, Task, Workplace
from jobbro.kernel.fit import OPEN_FROM, Measure
from jobbro.kernel.set_cover import Candidate, smallest_cover
from jobbro.kernel.vocabulary import AREAS, SLOT_POSITION

HUNDREDTHS = 100

Gap = tuple[str, int]


def hundredths(hours: Decimal, *, up: bool = False) -> int:
    """Hours in hundredths, rounded down, or up."""
    return int((hours * HUNDREDTHS).to_integral_value(rounding=ROUND_CEILING if up else ROUND_FLOOR))


def slot_bits(slots: Iterable[str]) -> int:
    """A bit for each half-day of the week."""
    return sum(1 << SLOT_POSITION[slot] for slot in set(slots))


def bits_of(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit


def is_open(*, person: Person, task: Task) -> bool:
    """Whether the task asks 2 or more in an area that nobody has talked about."""
    return any(asked >= OPEN_FROM and person.capacity.get(area) is None for area, asked in task.demand.items())


def gaps_of(*, person: Person, task: Task) -> frozenset[Gap]:
    """The known gaps of the pair."""
    found = []
    for area in AREAS:
        managed = person.capacity.get(area)
        if managed is not None and task.demand.get(area, 0) > managed:
            found.append((area, task.demand[area] - managed))
    return frozenset(found)


def slot_cap_of(person: Person, *, workplace: Workplace) -> int:
    """The most hundredths in one half-day. Finer limits count down: printed hours have two decimals."""
    return hundredths(min(person.max_hours_per_slot, workplace.slot_hours))


def release_of(workplace: Workplace) -> dict[str, int]:
    """Staff id -> the most hundredths they may give up, of all that they hold, core tasks included."""
    held: dict[str, Decimal] = {staff.id: Decimal(0) for staff in workplace.staff}
    for task in workplace.tasks:
        held[task.holder] += task.hours
    return {
        staff.id: int(Fraction(staff.max_release) * Fraction(held[staff.id]) * HUNDREDTHS) for staff in workplace.staff
    }


def closes(measure: Measure, gap: Gap) -> bool:
    """Whether the measure alone closes the gap."""
    area, size = gap
    return measure.relief.get(area, 0) >= size


class Screen:
    """The tests of one task against one person, each of them kept for the next question."""

    def __init__(self, workplace: Workplace) -> None:
        self._most_measures = workplace.limits.max_measures
        self._measures = {measure.code: measure for measure in workplace.measures}
        self._skills = {person.id: frozenset(person.skills) for person in workplace.persons}
        self._slots = {person.id: slot_bits(person.slots) for person in workplace.persons}
        self._caps = {person.id: slot_cap_of(person, workplace=workplace) for person in workplace.persons}
        self._task_slots = {task.id: slot_bits(task.slots) for task in workplace.tasks}
        self._fewest: dict[tuple[frozenset[Gap], tuple[str, ...]], int | None] = {}

    def has_skills(self, *, person: Person, task: Task) -> bool:
        """Whether the person has all skills that the task requires."""
        return self._skills[person.id].issuperset(task.requires)

    def has_slots(self, *, person: Person, task: Task) -> bool:
        """Whether the half-days of both hold the hours of the task."""
        shared = self._slots[person.id] & self._task_slots[task.id]
        return shared.bit_count() * self._caps[person.id] >= hundredths(task.hours)

    def is_known(self, *, person: Person, task: Task) -> bool:
        """Whether no area is open."""
        return not is_open(person=person, task=task)

    def is_closable(self, *, person: Person, task: Task) -> bool:
        """Whether the person's measures close every gap, so many of them as a job may have."""
        gaps = gaps_of(person=person, task=task)
        if not gaps:
            return True
        key = (gaps, person.measures)
        if key not in self._fewest:
            self._fewest[key] = self._fewest_for(gaps, codes=person.measures)
        fewest = self._fewest[key]
        return fewest is not None and fewest <= self._most_measures

    def is_possible(self, *, person: Person, task: Task) -> bool:
        """Whether nothing about the two alone stands against it."""
        return not task.is_core and all(test(self, person=person, task=task) for _, test in TESTS)

    def reason(self, *, task: Task, persons: Iterable[Person], release: int) -> Reason:
        """Why the task was not given: the first reason that holds (contracts, section 4)."""
        if task.is_core:
            return Reason.CORE
        left = list(persons)
        for reason, test in TESTS:
            left = [person for person in left if test(self, person=person, task=task)]
            if not left:
                return reason
        return Reason.RELEASE if hundredths(task.hours) > release else Reason.NOT_CHOSEN

    def _fewest_for(self, gaps: frozenset[Gap], *, codes: Iterable[str]) -> int | None:
        bits = sorted(gaps)
        candidates = [
            Candidate(
                code=code,
                covers=sum(1 << bit for bit, gap in enumerate(bits) if closes(self._measures[code], gap)),
                cost=1,
            )
            for code in sorted(set(codes))
        ]
        useful = [candidate for candidate in candidates if candidate.covers]
        cover = smallest_cover(candidates=useful, whole=(1 << len(bits)) - 1)
        return None if cover is None else cover.size


TESTS = (
    (Reason.SKILLS, Screen.has_skills),
    (Reason.SLOTS, Screen.has_slots),
    (Reason.OPEN, Screen.is_known),
    (Reason.GAP, Screen.is_closable),
)


def reasons(workplace: Workplace, given: Collection[str]) -> dict[str, Reason]:
    """For each task not in `given`, in id order, why it was not given."""
    screen = Screen(workplace)
    release = release_of(workplace)
    return {
        task.id: screen.reason(task=task, persons=workplace.persons, release=release[task.holder])
        for task in sorted(workplace.tasks, key=lambda task: task.id)
        if task.id not in given
    }
