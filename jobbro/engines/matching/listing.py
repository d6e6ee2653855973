"""Persons against a market: the lists of many as numbers, and the list of one as the contract tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.columns import PersonColumns, person_columns
from jobbro.engines.matching.layout import FARTHEST_KM, Bytes, Longs, People, nibbles, parts_of, words
from jobbro.engines.matching.model import Listed, ListedJob, Person, Reason
from jobbro.engines.matching.texts import frozen
from jobbro.kernel.fit_batch import UNKNOWN, VERDICTS
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX

if TYPE_CHECKING:
    from jobbro.engines.matching.market import Market

REASONS = tuple(Reason)
_HAIR = 1e-9


@dataclass(frozen=True, kw_only=True)
class Lists:
    """The lists of n persons with p listed pairs in all, person by person.

    keys: (p,) ascending for each person (see `layout`). found: (n,) how many. none: (n, 5) as `Reason` is ordered.
    """

    people: People
    keys: Longs = field(hash=False, compare=False)
    found: Longs = field(hash=False, compare=False)
    none: Longs = field(hash=False, compare=False)

    @property
    def person(self) -> Longs:
        """(p,) rows of the persons."""
        return np.repeat(np.arange(len(self.found)), self.found)


@dataclass(frozen=True, kw_only=True)
class Described:
    """What is told of p listed pairs. gaps, open: (p, 24). support: (p, b) packed bits over the catalogue."""

    gaps: Bytes = field(hash=False, compare=False)
    open: Bytes = field(hash=False, compare=False)
    support: Bytes = field(hash=False, compare=False)


def people_of(columns: PersonColumns, *, market: Market) -> People:
    """The persons as the loops read them, told for this market."""
    is_unknown = columns.capacity == UNKNOWN
    skills = columns.skills.among({code: at for at, code in enumerate(market.skills)})
    wishes = columns.wishes.among({code: at for at, code in enumerate(market.occupations)})
    return People(
        capacity=frozen(nibbles(np.where(is_unknown, np.uint8(LEVEL_MAX), columns.capacity))),
        unknown=frozen(nibbles(is_unknown.astype(np.uint8)) << 3),
        x=frozen(columns.x),
        y=frozen(columns.y),
        reach=frozen(greatest_square(np.minimum(columns.max_km, 4 * FARTHEST_KM) + _HAIR)),
        before=frozen(np.searchsorted(market.least_hours, columns.max_hours, side="right")),
        since=frozen(np.searchsorted(market.most_hours, columns.min_hours, side="left")),
        slots=frozen(columns.slots),
        skills=frozen(words(skills.bits())),
        measures=frozen(words(columns.measures)),
        wish_starts=frozen(wishes.starts),
        wish_occupation=frozen(wishes.code),
        wish=frozen(wishes.value),
    )


def greatest_square(limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest doubles whose square root, rounded as doubles are, is not above the limit (>= 0).

    So `square <= greatest_square(limit)` says exactly what `sqrt(square) <= limit` says.
    """
    square = limit * limit
    while (above := np.sqrt(square) > limit).any():
        square = np.where(above, np.nextafter(square, 0.0), square)
    while (below := np.sqrt(after := np.nextafter(square, np.inf)) <= limit).any():
        square = np.where(below, after, square)
    return square


def lists_of(columns: PersonColumns, *, market: Market, top: int) -> Lists:
    """The lists of these persons. The loops run without the interpreter lock."""
    people = people_of(columns, market=market)
    persons = len(columns)
    # The loops keep one job at least; with none asked for it is left out again.
    room = min(max(top, 1), max(len(market), 1))
    keys = np.empty((persons, room), dtype=np.int64)
    found = np.empty(persons, dtype=np.int64)
    none = np.empty((persons, len(REASONS)), dtype=np.int64)
    wishes = np.zeros(len(market.occupations), dtype=np.uint8)
    _loops().list_people(market.jobs, people, market.reliefs, wishes, keys, found, none)
    np.minimum(found, top, out=found)
    return Lists(people=people, keys=keys[np.arange(room) < found[:, None]], found=found, none=none)


def described(*, market: Market, people: People, person: Longs, job: NDArray[np.int32]) -> Described:
    """What is told of listed pairs: `person` rows in `people`, `job` rows in the market."""
    gaps = np.empty((len(person), len(AREAS)), dtype=np.uint8)
    unknown = np.empty((len(person), len(AREAS)), dtype=np.uint8)
    support = np.zeros((len(person), market.catalogue.mask_bytes), dtype=np.uint8)
    _loops().describe_pairs(market.jobs, people, market.reliefs, person, job, gaps, unknown, support)
    return Described(gaps=gaps, open=unknown, support=support)


def list_one(person: Person, *, market: Market, top: int) -> Listed:
    """The first `top` jobs of the market for one person, exactly as `pairs.list_for`."""
    lists = lists_of(person_columns([person], catalogue=market.catalogue), market=market, top=top)
    parts = {name: part.tolist() for name, part in parts_of(lists.keys).items()}
    job = market.position[parts["rank"]]
    told = described(market=market, people=lists.people, person=lists.person, job=job)
    return Listed(
        person=person.id,
        jobs=tuple(
            ListedJob(
                job=market.ids[parts["rank"][at]],
                verdict=VERDICTS[parts["verdict"][at]],
                wish=parts["wish"][at],
                km=parts["tenths"][at] / 10,
                gaps={AREAS[area]: size for area, size in enumerate(told.gaps[at].tolist()) if size},
                open=tuple(AREAS[area] for area in np.flatnonzero(told.open[at])),
                support=_codes(told.support[at], codes=market.catalogue.codes),
            )
            for at in range(len(lists.keys))
        ),
        none={reason: count for reason, count in zip(REASONS, lists.none[0].tolist(), strict=True) if count},
    )


def true_distances(*, market: Market, people: People, person: Longs, job: NDArray[np.int32]) -> NDArray[np.float64]:
    """(p,) kilometres of pairs, in double precision and not rounded."""
    across, up = market.jobs.x[job] - people.x[person], market.jobs.y[job] - people.y[person]
    distances: NDArray[np.float64] = np.sqrt(across * across + up * up)
    return distances


def _codes(packed: Bytes, *, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(codes[at] for at in np.flatnonzero(np.unpackbits(packed, bitorder="little")))


def _loops() -> ModuleType:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.engines.matching import loops

    return loops
