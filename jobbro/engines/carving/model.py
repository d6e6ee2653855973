"""A workplace as the carving engine sees it, and what it answers: frozen records, hours and money as exact decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from jobbro.kernel.fit import Measure
from jobbro.kernel.vocabulary import Capacity, Demand


class Status(StrEnum):
    """Whether nothing better can exist, or the bound still stands above the value."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


class Reason(StrEnum):
    """Why a task was not given, in the order in which the reasons are tried (contracts, section 4)."""

    CORE = "core"
    SKILLS = "skills"
    SLOTS = "slots"
    OPEN = "open"
    GAP = "gap"
    RELEASE = "release"
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Somebody who does tasks today: wage in kroner an hour, and the share 0-1 of their hours that they may give up."""

    id: str
    wage: Decimal
    max_release: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One task: `hours` a week in whole hundredths, the half-days in which it can be done, what it asks."""

    id: str
    holder: str
    hours: Decimal
    slots: tuple[str, ...]
    demand: Demand = field(hash=False)
    requires: tuple[str, ...] = ()
    place: str = ""
    is_core: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody to carve for: capacity 0-4 or None, hours a week, free half-days, skills, wishes (task -> 1-2)."""

    id: str
    capacity: Capacity = field(hash=False)
    min_hours: Decimal
    max_hours: Decimal
    slots: tuple[str, ...]
    max_hours_per_slot: Decimal
    wage: Decimal
    skills: tuple[str, ...] = ()
    wishes: Mapping[str, int] = field(default_factory=dict, hash=False)
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The most tasks, distinct places and measures that one carved job may have."""

    max_tasks: int = 8
    max_places: int = 2
    max_measures: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """All that one carving rests on. The order of records and codes never changes an answer."""

    slots: tuple[str, ...]
    slot_hours: Decimal
    staff: tuple[Staff, ...]
    tasks: tuple[Task, ...]
    persons: tuple[Person, ...]
    measures: tuple[Measure, ...]
    limits: Limits = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenTask:
    """A task in a carved job: hours in each half-day, in week order; they add up to the hours of the task."""

    task: str
    slots: Mapping[str, Decimal] = field(hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CarvedJob:
    """One person's job: hours a week, measures and tasks in code order, and what it adds to the value."""

    person: str
    hours: Decimal
    measures: tuple[str, ...]
    tasks: tuple[GivenTask, ...]
    value: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Carving:
    """The answer: jobs in order of person id. `bound` is proven: no set of jobs is worth more."""

    status: Status
    value: Decimal
    bound: Decimal
    jobs: tuple[CarvedJob, ...]
    released: Mapping[str, Decimal] = field(hash=False)
    not_given: Mapping[str, Reason] = field(hash=False)

    @property
    def gap_percent(self) -> float:
        """How much of the bound is not reached, 0 when the bound is 0."""
        return float(100 * (self.bound - self.value) / self.bound) if self.bound else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Jobs without their hours: person id -> ids of the tasks given to that person, however they were chosen."""

    tasks: Mapping[str, tuple[str, ...]] = field(hash=False)
    measures: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """While it thinks: the best value so far and the proven bound, which only fall towards each other."""

    value: Decimal
    bound: Decimal
    seconds: float


class Rule(StrEnum):
    """The rules that jobs made by hand can break."""

    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_TASK = "unknown_task"
    UNKNOWN_MEASURE = "unknown_measure"
    TWICE = "twice"
    CORE = "core"
    SKILLS = "skills"
    SLOTS = "slots"
    OPEN = "open"
    GAP = "gap"
    HOURS_MIN = "hours_min"
    HOURS_MAX = "hours_max"
    SPREAD = "spread"
    MAX_TASKS = "max_tasks"
    MAX_PLACES = "max_places"
    MAX_MEASURES = "max_measures"
    RELEASE = "release"


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """One broken rule: whom and what it concerns, what is, and what is allowed (hours, levels or a count).

    `gap`: `amount` is the gap, `allowed` the relief of the chosen measures. `spread`: `amount` is the hours that find
    no place in the half-days. `codes` are the skills, half-days or persons that the sentence names.
    """

    rule: Rule
    person: str = ""
    task: str = ""
    area: str = ""
    staff: str = ""
    amount: Decimal | None = None
    allowed: Decimal | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HandMade:
    """Jobs made by hand, counted and checked. In a job whose hours find no place the tasks have no half-days."""

    value: Decimal
    jobs: tuple[CarvedJob, ...]
    released: Mapping[str, Decimal] = field(hash=False)
    not_given: Mapping[str, Reason] = field(hash=False)
    breaks: tuple[Break, ...]


class Wish(StrEnum):
    """What one more could be asked of somebody."""

    MEASURE = "measure"
    HOUR = "hour"
    SLOT = "slot"


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """One change for one person (`code`: the measure or half-day), and what it would add to the value.

    `at_least` is certain. `at_most` too: they are equal when both carvings are proven.
    """

    wish: Wish
    person: str
    code: str
    carving: Carving
    at_least: Decimal
    at_most: Decimal
    tasks_gained: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """How many of those waiting one carved job holds for, each judged alone with the job's own measures."""

    job: CarvedJob
    fits: int
    fits_with_measures: int
    must_ask: int
    not_for: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileCarving:
    """Jobs carved without a named person: the profile they were carved for, and for how many of `waiting` they hold."""

    profile: Person
    waiting: int
    carving: Carving
    holdings: tuple[Holding, ...]
