"""What a run comes to, from the files of persons and the open jobs alone: lists, and the fair spread over them.

The same input gives the same result: a run that lost its worker is computed again, and written on from where it stood.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.columns import PersonColumns
from jobbro.engines.matching.layout import Longs, parts_of
from jobbro.engines.matching.listing import REASONS, Lists, people_of
from jobbro.engines.matching.market import Market
from jobbro.engines.matching.running import ListedShard, match_lists, spread_over
from jobbro.engines.matching.shards import Crew
from jobbro.engines.matching.spread.model import Spread
from jobbro.engines.matching.writing import Wording, lines_of, wording_of

SHARD = 2000
# So many of the jobs that nobody was proposed are kept by id, for the page that shows them.
NEVER_KEPT = 200


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long lists are, and how far proposals are spread."""

    top: int
    per_place: int
    per_person: int


@dataclass(frozen=True, kw_only=True)
class Night:
    """Everything a run rests on. ids, digests: of the persons in `people`, in id order."""

    market: Market
    people: PersonColumns
    ids: tuple[UUID, ...] = field(hash=False)
    digests: tuple[str, ...] = field(hash=False)
    limits: Limits

    @property
    def shards(self) -> int:
        """How many parts the persons are written in."""
        return -(-len(self.ids) // SHARD)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the run came to over n persons with p listed pairs. keys: (p,). starts: (n + 1,) into them. none: (n, 5)."""

    night: Night
    keys: Longs = field(hash=False, compare=False)
    starts: Longs = field(hash=False, compare=False)
    none: Longs = field(hash=False, compare=False)
    spread: Spread

    @cached_property
    def _wording(self) -> Wording:
        return wording_of(self.night.market)

    def lists(self, shard: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Of each person in the shard their place and their line (contracts, section 3), with the rounds."""
        first, last = shard * SHARD, min((shard + 1) * SHARD, len(self.night.ids))
        people = self.night.people.part(first, last)
        pairs = slice(self.starts[first], self.starts[last])
        lists = Lists(
            people=people_of(people, market=self.night.market),
            keys=self.keys[pairs],
            found=np.diff(self.starts[first : last + 1]),
            none=self.none[first:last],
        )
        lines = lines_of(
            lists,
            ids=people.ids,
            market=self.night.market,
            wording=self._wording,
            proposed=self.spread.proposed[pairs],
        )
        yield from zip(range(first, last), map(json.loads, lines.splitlines()), strict=True)


def listed_openings(outcome: Outcome) -> Iterator[tuple[str, int, int]]:
    """Of each job on somebody's list its id, how many persons list it, and how many it was proposed to."""
    market = outcome.night.market
    ranks = parts_of(outcome.keys)["rank"]
    persons = np.bincount(ranks.astype(np.int64), minlength=len(market))
    for rank in np.flatnonzero(persons).tolist():
        yield market.ids[rank], int(persons[rank]), int(outcome.spread.proposals[rank])


def computed(night: Night, *, crew: Crew, tell: Callable[[], None]) -> Outcome:
    """Lists of everybody, and the spread over them; `tell` is called between the parts and may raise to stop."""
    listed: list[ListedShard] = []
    for each in match_lists(night.people, market=night.market, top=night.limits.top, crew=crew):
        listed.append(each)
        tell()
    spread = spread_over(
        listed, market=night.market, per_place=night.limits.per_place, per_person=night.limits.per_person
    )
    tell()
    found = np.concatenate([np.zeros(1, np.int64), *(each.found for each in listed)])
    return Outcome(
        night=night,
        keys=np.concatenate([np.zeros(0, np.int64), *(each.keys for each in listed)]),
        starts=np.cumsum(found),
        none=np.concatenate([np.zeros((0, len(REASONS)), np.int64), *(each.none for each in listed)]),
        spread=spread,
    )


def digest_of_night(night: Night, *, rules: str) -> str:
    """The same for the same persons, jobs, rules and limits: such nights have the same outcome."""
    digest = hashlib.sha256(f"{rules} {night.limits}".encode())
    columns = night.market.columns()
    parts: tuple[NDArray[Any], ...] = (
        *(columns.ids.utf8, columns.demand, columns.x, columns.y, columns.min_hours, columns.max_hours),
        *(columns.slots, columns.places, columns.measures, columns.requires.starts),
    )
    for column in parts:
        digest.update(np.ascontiguousarray(column).tobytes())
    names = [columns.occupations[at] for at in columns.occupation]
    skills = [columns.requires.codes[at] for at in columns.requires.code]
    digest.update("\n".join([*names, *skills, *map(str, night.ids), *night.digests]).encode())
    return digest.hexdigest()


def summary_of(outcome: Outcome) -> dict[str, Any]:
    """What a run tells of its spread: rounds with their bounds, who was reached, and which jobs nobody was proposed."""
    spread = outcome.spread
    never = np.flatnonzero(spread.proposals == 0)[:NEVER_KEPT]
    return {
        "rounds": [
            {
                "round": each.number,
                "pairs": each.pairs,
                "total": each.total,
                "bound": each.bound,
                "gap_percent": each.gap_percent,
            }
            for each in spread.rounds
        ],
        "pairs": spread.pairs,
        "persons_with": spread.persons_with,
        "persons_listed": spread.persons_listed,
        "jobs_never_proposed": spread.jobs_never_proposed,
        "gini": spread.gini,
        "never": [outcome.night.market.ids[rank] for rank in never],
    }
