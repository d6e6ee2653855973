"""Which one change would open most doors for a person: each is counted exactly, job by job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import ModuleType

import numpy as np

from jobbro.engines.matching.columns import PersonColumns, person_columns
from jobbro.engines.matching.listing import people_of
from jobbro.engines.matching.market import Market
from jobbro.engines.matching.model import Person
from jobbro.kernel.vocabulary import AREAS, SLOTS

MORE_KM = 10.0
AN_HOUR = 1.0


class ChangeKind(StrEnum):
    """What is changed, in the order in which equals are told."""

    MEASURE = "measure"
    HOURS = "hours"
    DISTANCE = "distance"
    HALF_DAY = "half_day"
    ANSWER = "answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of one thing, all else being as it is.

    code: of the measure; `more` for an hour more at most and `fewer` for an hour less at least; `10` for ten kilometres
    more; the half-day; the area. opens: jobs that go from `no` to another verdict. settles: jobs that are `ask` for
    this area alone, so that an answer, whatever it is, settles them; 0 but for an answer, which opens nothing: what
    nobody has talked about refuses no job.
    """

    kind: ChangeKind
    code: str
    opens: int
    settles: int


def changes_for(person: Person, *, market: Market) -> tuple[Change, ...]:
    """The changes that open or settle at least one job: most opened first, then most settled, then by kind and code.

    Tried are every measure of the catalogue that the person has not, an hour more or less, ten kilometres more, every
    half-day that the person has not and every area nobody has talked about. `min_hours` does not go below 0.
    """
    return changes_of(person_columns([person], catalogue=market.catalogue), market=market)


def changes_of(columns: PersonColumns, *, market: Market) -> tuple[Change, ...]:
    """The same for the one person in `columns`."""
    people = people_of(columns, market=market)
    wider = people_of(_wider(columns), market=market)
    rest = np.zeros(3, dtype=np.int64)
    slots, areas = np.zeros(len(SLOTS), dtype=np.int64), np.zeros(len(AREAS), dtype=np.int64)
    measures = np.zeros(len(market.catalogue.codes), dtype=np.int64)
    _loops().count_changes(market.jobs, people, wider, market.reliefs, rest, slots, measures, areas)
    more, fewer, farther = rest.tolist()
    found = [
        *_changes(ChangeKind.MEASURE, market.catalogue.codes, opens=measures.tolist()),
        *_changes(ChangeKind.HOURS, ("more", "fewer"), opens=[more, fewer]),
        *_changes(ChangeKind.DISTANCE, (f"{MORE_KM:.0f}",), opens=[farther]),
        *_changes(ChangeKind.HALF_DAY, SLOTS, opens=slots.tolist()),
        *_changes(ChangeKind.ANSWER, AREAS, settles=areas.tolist()),
    ]
    kinds = tuple(ChangeKind)
    useful = (change for change in found if change.opens or change.settles)
    return tuple(sorted(useful, key=lambda each: (-each.opens, -each.settles, kinds.index(each.kind), each.code)))


def _wider(columns: PersonColumns) -> PersonColumns:
    # Wider in all ways at once: a pass over the jobs takes one way at a time.
    return replace(
        columns,
        max_km=columns.max_km + MORE_KM,
        min_hours=np.maximum(columns.min_hours - AN_HOUR, 0.0),
        max_hours=columns.max_hours + AN_HOUR,
    )


def _changes(
    kind: ChangeKind, codes: Sequence[str], *, opens: Sequence[int] = (), settles: Sequence[int] = ()
) -> Iterator[Change]:
    for at, code in enumerate(codes):
        yield Change(kind=kind, code=code, opens=opens[at] if opens else 0, settles=settles[at] if settles else 0)


def _loops() -> ModuleType:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.engines.matching import changes_loops

    return changes_loops
