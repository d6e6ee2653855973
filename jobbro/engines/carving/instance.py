"""A workplace in whole numbers: hours in hundredths, value in the finest unit that occurs, everything in id order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from jobbro.engines.carving.model import Person, Task, Workplace
from jobbro.engines.carving.possible import (
    HUNDREDTHS,
    Gap,
    Screen,
    gaps_of,
    hundredths,
    release_of,
    slot_bits,
    slot_cap_of,
)
from jobbro.kernel.fit import Measure

WISH_VALUE = 10
MEASURE_PRICE = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A task that could be given to a person: its value, the slots both have, and the gaps that must be closed."""

    person: int
    task: int
    value: int
    hours: int
    slots: int
    gaps: frozenset[Gap]
    place: str
    staff: int


@dataclass(frozen=True, kw_only=True)
class Instance:
    """All numbers that the search needs. Persons, tasks and staff are positions in lists ordered by id."""

    workplace: Workplace
    persons: tuple[Person, ...]
    tasks: tuple[Task, ...]
    pairs: tuple[tuple[Pair, ...], ...]
    slot_cap: tuple[int, ...]
    min_hours: tuple[int, ...]
    max_hours: tuple[int, ...]
    release: tuple[int, ...]
    unit: int
    measures: Mapping[str, Measure]

    @cached_property
    def pair_at(self) -> tuple[Mapping[int, Pair], ...]:
        """For each person: task -> pair."""
        return tuple({pair.task: pair for pair in pairs} for pairs in self.pairs)

    @cached_property
    def grain(self) -> int:
        """A whole number that divides every value there can be: two values differ by at least so much."""
        grain = MEASURE_PRICE * self.unit if any(person.measures for person in self.persons) else 0
        for pairs in self.pairs:
            for pair in pairs:
                grain = gcd(grain, pair.value)
        return grain or 1

    def money(self, value: int) -> Decimal:
        """A value in kroner, exactly."""
        return exact_decimal(Fraction(value, self.unit))

    def own_measures(self, person: int) -> tuple[Measure, ...]:
        """The measures on the list of this person, in code order."""
        return tuple(self.measures[code] for code in sorted(self.persons[person].measures))


def exact_decimal(number: Fraction) -> Decimal:
    """The fraction of decimals as a decimal, exactly: its denominator has only twos and fives."""
    digits = 0
    denominator = number.denominator
    while denominator > 1:
        number, digits = number * 10, digits + 1
        denominator = number.denominator
    # Not by scaleb or division: those round to the precision of the context.
    sign, whole = (1 if number < 0 else 0), abs(number.numerator)
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -digits))


def instance_of(workplace: Workplace) -> Instance:
    """The numbers of a checked workplace."""
    persons = tuple(sorted(workplace.persons, key=lambda person: person.id))
    tasks = tuple(sorted(workplace.tasks, key=lambda task: task.id))
    staff = tuple(sorted(workplace.staff, key=lambda each: each.id))
    release = release_of(workplace)
    wages = [*(each.wage for each in staff), *(person.wage for person in persons)]
    table = _Pairing(
        workplace=workplace,
        tasks=tasks,
        screen=Screen(workplace),
        unit=HUNDREDTHS * lcm(1, *(Fraction(wage).denominator for wage in wages)),
        wage_of={each.id: Fraction(each.wage) for each in staff},
        staff_at={each.id: at for at, each in enumerate(staff)},
        release=release,
    )
    return Instance(
        workplace=workplace,
        persons=persons,
        tasks=tasks,
        pairs=tuple(table.pairs_of(person, number=number) for number, person in enumerate(persons)),
        slot_cap=tuple(slot_cap_of(person, workplace=workplace) for person in persons),
        min_hours=tuple(hundredths(person.min_hours, up=True) for person in persons),
        max_hours=tuple(hundredths(person.max_hours) for person in persons),
        release=tuple(release[each.id] for each in staff),
        unit=table.unit,
        measures={measure.code: measure for measure in workplace.measures},
    )


@dataclass(frozen=True, kw_only=True)
class _Pairing:
    """What every pair is made from."""

    workplace: Workplace
    tasks: tuple[Task, ...]
    screen: Screen
    unit: int
    wage_of: Mapping[str, Fraction]
    staff_at: Mapping[str, int]
    release: Mapping[str, int]

    def pairs_of(self, person: Person, *, number: int) -> tuple[Pair, ...]:
        """The tasks that could be given to one person, in id order."""
        if not self.workplace.limits.max_tasks or not self.workplace.limits.max_places:
            return ()
        return tuple(
            self._pair(person, task, number=number, at=at)
            for at, task in enumerate(self.tasks)
            if hundredths(task.hours) <= min(hundredths(person.max_hours), self.release[task.holder])
            and self.screen.is_possible(person=person, task=task)
        )

    def _pair(self, person: Person, task: Task, *, number: int, at: int) -> Pair:
        worth = Fraction(task.hours) * (self.wage_of[task.holder] - Fraction(person.wage))
        worth += WISH_VALUE * person.wishes.get(task.id, 0)
        return Pair(
            person=number,
            task=at,
            value=int(worth * self.unit),
            hours=hundredths(task.hours),
            slots=slot_bits(task.slots) & slot_bits(person.slots),
            gaps=gaps_of(person=person, task=task),
            place=task.place,
            staff=self.staff_at[task.holder],
        )
