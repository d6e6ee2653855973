"""Everybody against every job: persons in shards, a crew that does them, and the lines in the order of the persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.columns import PersonColumns, chunks
from jobbro.engines.matching.layout import Longs, parts_of
from jobbro.engines.matching.listing import Lists, lists_of, people_of, true_distances
from jobbro.engines.matching.market import Market
from jobbro.engines.matching.shards import Crew
from jobbro.engines.matching.spread.allocating import allocate
from jobbro.engines.matching.spread.model import Spread
from jobbro.engines.matching.spread.weights import weights_of
from jobbro.engines.matching.writing import Wording, lines_of, wording_of

# Keys of a shard: enough persons to be worth a call, few enough that a shard and its lines are small.
_KEYS_AT_ONCE = 100_000
_PERSONS_AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What every shard needs."""

    market: Market
    top: int
    wording: Wording | None = None


@dataclass(frozen=True, kw_only=True)
class ListedShard:
    """The lists of n persons with p listed pairs. keys, weight: (p,). found: (n,). none: (n, 5). See `Lists`."""

    keys: Longs = field(hash=False, compare=False)
    weight: NDArray[np.int32] = field(hash=False, compare=False)
    found: Longs = field(hash=False, compare=False)
    none: Longs = field(hash=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class ProposedShard:
    """Persons, their lists, and the round that each listed pair was proposed in."""

    persons: PersonColumns
    listed: ListedShard
    proposed: NDArray[np.uint16] = field(hash=False, compare=False)


def person_shards(persons: PersonColumns, *, top: int) -> Iterator[PersonColumns]:
    """The persons in parts, in their order."""
    size = max(1, min(_PERSONS_AT_ONCE, _KEYS_AT_ONCE // max(top, 1)))
    return (persons.part(first, last) for first, last in chunks(len(persons), size=size))


def match_lines(persons: PersonColumns, *, market: Market, top: int, crew: Crew) -> Iterator[bytes]:
    """The output of all persons as blocks of lines, in their order."""
    shared = crew.broadcast(Shared(market=market, top=top, wording=wording_of(market)))
    return crew.map_shards(write_shard, person_shards(persons, top=top), shared=shared)


def match_lists(persons: PersonColumns, *, market: Market, top: int, crew: Crew) -> Iterator[ListedShard]:
    """The lists of all persons, in their order."""
    shared = crew.broadcast(Shared(market=market, top=top))
    return crew.map_shards(list_shard, person_shards(persons, top=top), shared=shared)


def spread_over(listed: Sequence[ListedShard], *, market: Market, per_place: int, per_person: int) -> Spread:
    """The fair spread over the lists of all persons (contracts, section 3). Raises `ValueError` as `allocate`."""
    found = np.concatenate([np.zeros(1, dtype=np.int64), *(each.found for each in listed)])
    return allocate(
        person_start=np.cumsum(found),
        job_index=_joined([parts_of(each.keys)["rank"].astype(np.int32) for each in listed]),
        weight=_joined([each.weight for each in listed]),
        places=market.places,
        per_place=per_place,
        per_person=per_person,
    )


def proposed_lines(
    persons: PersonColumns,
    *,
    listed: Sequence[ListedShard],
    proposed: NDArray[np.uint16],
    market: Market,
    top: int,
    crew: Crew,
) -> Iterator[bytes]:
    """The output of all persons with their proposals: `listed` of `match_lists`, `proposed` of `spread_over`."""
    ends = np.cumsum([len(each.keys) for each in listed])
    shards = (
        ProposedShard(persons=part, listed=each, proposed=proposed[end - len(each.keys) : end])
        for part, each, end in zip(person_shards(persons, top=top), listed, ends.tolist(), strict=True)
    )
    shared = crew.broadcast(Shared(market=market, top=top, wording=wording_of(market)))
    return crew.map_shards(write_proposed_shard, shards, shared=shared)


def write_shard(shared: Shared, persons: PersonColumns) -> bytes:
    """The lines of one shard."""
    lists = lists_of(persons, market=shared.market, top=shared.top)
    assert shared.wording is not None
    return lines_of(lists, ids=persons.ids, market=shared.market, wording=shared.wording)


def list_shard(shared: Shared, persons: PersonColumns) -> ListedShard:
    """The lists of one shard."""
    market = shared.market
    lists = lists_of(persons, market=market, top=shared.top)
    parts = parts_of(lists.keys)
    weight = weights_of(
        verdict=parts["verdict"].astype(np.uint8),
        wish=parts["wish"].astype(np.uint8),
        measures=parts["measures"].astype(np.uint8),
        distance=true_distances(
            market=market, people=lists.people, person=lists.person, job=market.position[parts["rank"]]
        ),
    )
    return ListedShard(keys=lists.keys, weight=weight, found=lists.found, none=lists.none)


def write_proposed_shard(shared: Shared, shard: ProposedShard) -> bytes:
    """The lines of one shard whose proposals are known."""
    listed = shard.listed
    people = people_of(shard.persons, market=shared.market)
    lists = Lists(people=people, keys=listed.keys, found=listed.found, none=listed.none)
    assert shared.wording is not None
    return lines_of(lists, ids=shard.persons.ids, market=shared.market, wording=shared.wording, proposed=shard.proposed)


def _joined(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
