"""The open jobs of one moment as the engine meets them: a large market, and what has changed since it was made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.changes import Change, ChangeKind, changes_for
from jobbro.engines.matching.listing import list_one
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.model import Job, Listed, ListedJob, Measure, Person, Reason
from jobbro.engines.matching.pairs import TOP, place_in_list
from jobbro.engines.matching.refused import refused_ranks

KINDS = tuple(ChangeKind)
# A day that no job closes before, as the number of a date.
NEVER = np.iinfo(np.int32).max
# How many entries more than asked for are looked at when some of the market's jobs do not stand any more.
SPARE = 20


def _first_told(one: Change) -> tuple[int, int, int, str]:
    return -one.opens, -one.settles, KINDS.index(one.kind), one.code


@dataclass(frozen=True, kw_only=True)
class OpenJob:
    """An open job and the last day it can be had on, as the number of a date."""

    job: Job
    closes: int


@dataclass(frozen=True, kw_only=True)
class BaseMarket:
    """A market up to a place of the history. closes: (n,) by rank, the last day as the number of a date, or `NEVER`."""

    market: Market
    closes: NDArray[np.int32] = field(hash=False, compare=False)
    place: int


@dataclass(frozen=True, kw_only=True)
class OpenJobs:
    """The jobs that are open on a day. `gone`: ids of the base that do not stand; `fresh`: what is new or told anew.

    Lists are exactly those of one market with all these jobs.
    """

    base: BaseMarket
    fresh: Mapping[str, OpenJob] = field(hash=False)
    gone: frozenset[str]
    measures: tuple[Measure, ...] = field(hash=False)
    on: date

    def __len__(self) -> int:
        return len(self.base.market) - len(self._hidden) + len(self._new)

    def list_for(self, *, person: Person, top: int = TOP) -> Listed:
        """The first jobs for the person and why the others were refused, as `pairs.list_for` over the open jobs."""
        shown, refused = self._of_base(person, top=top)
        if len(self._new):
            new = list_one(person, market=self._new, top=top)
            shown = sorted((*shown, *new.jobs), key=place_in_list)[:top]
            refused = {reason: refused.get(reason, 0) + new.none.get(reason, 0) for reason in Reason}
        return Listed(person=person.id, jobs=tuple(shown), none={r: refused[r] for r in Reason if refused.get(r)})

    def refused(self, *, person: Person, reason: Reason, first: int, last: int) -> tuple[tuple[str, ...], int]:
        """Of the jobs the reason refused first those from `first` to before `last`, nearest first; and how many."""
        ranks, far = refused_ranks(person, market=self.base.market, reason=reason)
        stands = ~np.isin(ranks, np.array(self._hidden, dtype=ranks.dtype))
        new, new_far = refused_ranks(person, market=self._new, reason=reason)
        # Places below zero stand for what is new.
        places = np.concatenate([ranks[stands], -1 - new])
        nearest = np.argsort(np.concatenate([far[stands], new_far]), kind="stable")
        wanted = places[nearest[first:last]].tolist()
        return tuple(self._id(at) if at >= 0 else self._new.ids[-1 - at] for at in wanted), len(places)

    def changes_for(self, person: Person) -> tuple[Change, ...]:
        """Which one change opens or settles how many of the open jobs, as `changes_for` of the engine tells it."""
        counted: Counter[tuple[ChangeKind, str, str]] = Counter()
        for market, sign in ((self.base.market, 1), (self._away, -1), (self._new, 1)):
            for one in changes_for(person, market=market) if len(market) else ():
                counted[one.kind, one.code, "opens"] += sign * one.opens
                counted[one.kind, one.code, "settles"] += sign * one.settles
        found = {
            (kind, code): Change(
                kind=kind, code=code, opens=counted[kind, code, "opens"], settles=counted[kind, code, "settles"]
            )
            for kind, code, _ in counted
        }
        return tuple(sorted((one for one in found.values() if one.opens or one.settles), key=_first_told))

    def whole(self) -> Market:
        """One market with all jobs that are open on the day."""
        if not self._hidden and not len(self._new):
            return self.base.market
        open_ones = [one.job for one in self.fresh.values() if self._is_open(one)]
        return self.base.market.with_changes(changed=open_ones, removed=[self._id(at) for at in self._hidden])

    def _of_base(self, person: Person, *, top: int) -> tuple[list[ListedJob], Mapping[Reason, int]]:
        hidden = {self._id(rank) for rank in self._hidden}
        wanted = top + min(len(hidden), SPARE)
        while True:
            found = list_one(person, market=self.base.market, top=wanted)
            shown = [one for one in found.jobs if one.job not in hidden]
            if len(shown) >= top or len(found.jobs) < wanted or wanted >= top + len(hidden):
                break
            wanted = top + len(hidden)
        if not hidden:
            return shown[:top], found.none
        away = list_one(person, market=self._away, top=1).none
        return shown[:top], {reason: found.none.get(reason, 0) - away.get(reason, 0) for reason in Reason}

    def _is_open(self, one: OpenJob) -> bool:
        return one.closes >= self.on.toordinal()

    def _id(self, rank: int) -> str:
        return self.base.market.ids[rank]

    @cached_property
    def _hidden(self) -> tuple[int, ...]:
        """Ranks of the base that are not open on the day."""
        gone = {rank for each in self.gone if (rank := self.base.market.ids.place_of(each)) is not None}
        return tuple(sorted(gone | set(np.flatnonzero(self.base.closes < self.on.toordinal()).tolist())))

    @cached_property
    def _away(self) -> Market:
        """The hidden jobs alone: what they were refused for is not counted."""
        is_away = np.zeros(len(self.base.market), dtype=np.bool_)
        is_away[list(self._hidden)] = True
        return self.base.market.restricted(is_away)

    @cached_property
    def _new(self) -> Market:
        """What is new or told anew and open on the day."""
        jobs = [one.job for one in self.fresh.values() if self._is_open(one)]
        return build_market(jobs=jobs, measures=self.measures)
