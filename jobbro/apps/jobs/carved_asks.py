"""What a carved job asks, from the tasks it is made of: hours a week, demands and skills."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jobbro.kernel.vocabulary import AREAS

from .models import CarvedJob, Task


@dataclass(frozen=True, kw_only=True)
class Asks:
    """Hours of all tasks, the greatest demand in each area with zeros left out, and every skill once."""

    hours: Decimal
    demand: Mapping[str, int] = field(hash=False)
    requires: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DemandChange:
    """An area in which the tasks ask for something else `now` than when the job was saved."""

    area: str
    then: int
    now: int


def asks_of(tasks: Collection[Task]) -> Asks:
    """What the tasks ask together."""
    most = {area: max((task.demand.get(area, 0) for task in tasks), default=0) for area in AREAS}
    return Asks(
        hours=sum((task.hours for task in tasks), Decimal(0)),
        demand={area: level for area, level in most.items() if level},
        requires=tuple(sorted({skill for task in tasks for skill in task.requires})),
    )


def is_as_saved(row: CarvedJob, *, asks: Asks) -> bool:
    """Whether the tasks ask what the job was saved with."""
    return (row.hours, row.demand, tuple(row.requires)) == (asks.hours, asks.demand, asks.requires)


def demand_changes(row: CarvedJob, *, asks: Asks) -> tuple[DemandChange, ...]:
    """Where the tasks ask for more or less than the job was saved with, in the order of the vocabulary."""
    pairs = ((area, row.demand.get(area, 0), asks.demand.get(area, 0)) for area in AREAS)
    return tuple(DemandChange(area=area, then=then, now=now) for area, then, now in pairs if then != now)
