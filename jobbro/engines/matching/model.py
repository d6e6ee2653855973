"""Matching in frozen values: persons, jobs, and what can be said of a pair (contracts, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jobbro.kernel.fit import Measure, Verdict

__all__ = ["Job", "Listed", "ListedJob", "Measure", "Pair", "Person", "Reason", "Verdict"]


class Reason(StrEnum):
    """Why a job is not for a person now, in the order in which the reasons are tried."""

    DISTANCE = "distance"
    HOURS = "hours"
    SLOTS = "slots"
    SKILLS = "skills"
    GAP = "gap"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """What matching may know of a person, and nothing else.

    capacity: area -> 0-4, None or left out when it is not known. x, y, max_km: km. min_hours, max_hours: a week.
    slots: half-days such as `mon_am`. wishes: occupation -> 1 or 2. measures: codes that the person can have.
    """

    id: str
    capacity: Mapping[str, int | None] = field(hash=False)
    x: float
    y: float
    max_km: float
    min_hours: float
    max_hours: float
    slots: tuple[str, ...]
    wishes: Mapping[str, int] = field(default_factory=dict, hash=False)
    skills: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """An open job. demand: area -> 0-4, left out means 0. slots: all of them are needed; none asks nothing.

    requires: skills that are needed. measures: codes that the workplace can have. places: 1 or more.
    """

    id: str
    demand: Mapping[str, int] = field(hash=False)
    x: float
    y: float
    min_hours: float
    max_hours: float
    occupation: str
    slots: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    places: int = 1
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Everything that can be said of a person and a job, also when the verdict is `no`.

    failed: every failing reason, in order. km: as printed, to 0.1. gaps: area -> 1-4. open: areas nobody has talked
    about where the job asks 2 or more. support: codes of the smallest support, in code order, empty for `no`.
    left: area -> what remains after all available measures together. Areas stand in area order.
    """

    person: str
    job: str
    verdict: Verdict
    failed: tuple[Reason, ...]
    km: float
    gaps: Mapping[str, int] = field(hash=False)
    open: tuple[str, ...]
    support: tuple[str, ...]
    left: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedJob:
    """A job on a person's list: as in `Pair`, with the wish for its occupation (0, 1 or 2)."""

    job: str
    verdict: Verdict
    wish: int
    km: float
    gaps: Mapping[str, int] = field(hash=False)
    open: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """The first jobs for one person in the one order there is, and why the others were refused.

    none: reason -> how many jobs it refused first, zeros left out, in the order of `Reason`. Jobs that fit but stand
    after the cut are in neither.
    """

    person: str
    jobs: tuple[ListedJob, ...]
    none: Mapping[Reason, int] = field(hash=False)
