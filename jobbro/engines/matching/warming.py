"""The compiled loops of matching made ready before anybody waits for them."""

from __future__ import annotations

from jobbro.engines.matching.changes import changes_for
from jobbro.engines.matching.market import build_market
from jobbro.engines.matching.model import Job, Measure, Person


def warm_up() -> None:
    """The loops for one person are loaded, and compiled if they never were: once on a machine, about twenty seconds.

    For whoever starts a server or a worker: nobody's first page then waits. Later starts take a second.
    """
    measure = Measure(code="measure", relief={"lifting": 1}, cost=1, scheme="none")
    job = Job(
        id="job",
        demand={"lifting": 1},
        x=0.0,
        y=0.0,
        min_hours=1.0,
        max_hours=1.0,
        occupation="work",
        measures=("measure",),
    )
    person = Person(
        id="person",
        capacity={"lifting": 0},
        x=0.0,
        y=0.0,
        max_km=1.0,
        min_hours=1.0,
        max_hours=1.0,
        slots=(),
        measures=("measure",),
    )
    market = build_market(jobs=[job], measures=[measure])
    market.list_for(person)
    changes_for(person, market=market)
