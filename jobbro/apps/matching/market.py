"""The open jobs of this process: loaded once, followed by the history of the table, right after every commit.

A reader asks the database in one statement where the history stands and what has changed since; nothing else is read
when nothing has. What a transaction has changed itself is seen by it alone until it is committed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from threading import Lock
from uuid import UUID

import numpy as np
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import QuerySet

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.jobs.enums import OpeningState
from jobbro.apps.jobs.models import Opening
from jobbro.engines.matching.market import build_market
from jobbro.engines.matching.model import Job
from jobbro.kernel.fit import Measure

from .among import among
from .facts import measures_of
from .files import measures_file, rule_version
from .market_files import newest_base, save_base
from .open_jobs import NEVER, BaseMarket, OpenJob, OpenJobs
from .soundness import sound_job

# So many changes are carried beside a market before a newer file is looked for, or the market is made anew.
LOOK_FOR_FILE, MAKE_ANEW = 200, 2000
# A file with fewer changes beside it than this is new enough.
FEW_CHANGES = 100
READ_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the history of open jobs stands for this transaction, and what it tells since somebody last asked.

    is_private: whether this very transaction has changed open jobs, which nobody else may see yet.
    """

    database: int
    place: int
    is_private: bool
    told: Mapping[UUID, int] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The open jobs up to a place of the history. seen: opening -> the newest change that is in, told from `place`."""

    database: int
    place: int
    base: BaseMarket
    fresh: Mapping[str, OpenJob] = field(default_factory=dict, hash=False)
    gone: frozenset[str] = frozenset()
    seen: Mapping[UUID, int] = field(default_factory=dict, hash=False)

    @cached_property
    def _days(self) -> dict[date, OpenJobs]:
        return {}

    def on(self, day: date) -> OpenJobs:
        """Those that are open on the day."""
        if day not in self._days:
            made = OpenJobs(base=self.base, fresh=self.fresh, gone=self.gone, measures=measures(), on=day)
            self._days[day] = made
        return self._days[day]


class _Kept:
    """The snapshot that all requests of the process share."""

    def __init__(self) -> None:
        self.beginning, self.changing = Lock(), Lock()
        self.snapshot: Snapshot | None = None

    def keep(self, snapshot: Snapshot) -> None:
        with self.changing:
            is_newer = self.snapshot is None or self.snapshot.place <= snapshot.place
            if is_newer or (self.snapshot and self.snapshot.database != snapshot.database):
                self.snapshot = snapshot


_kept = _Kept()


def open_jobs(*, on: date) -> OpenJobs:
    """The jobs open on the day, as this transaction sees them. One query when nothing has changed.

    Raises PermissionDenied for an actor who may not read the pool.
    """
    return current_snapshot().on(on)


def current_snapshot() -> Snapshot:
    """The open jobs as this transaction sees them, kept for the process unless it has changed some itself."""
    kept = _kept.snapshot
    standing = ask(since=kept.place if kept else None)
    if kept is None or kept.database != standing.database:
        with _kept.beginning:
            # Whoever waited here finds what the first has loaded.
            kept = _kept.snapshot
            if kept is None or kept.database != standing.database:
                return _shared(begun(standing), standing=standing)
        standing = ask(since=kept.place)
    snapshot = followed(kept, standing=standing)
    return snapshot if snapshot is kept else _shared(snapshot, standing=standing)


def keep_market() -> bool:
    """The open jobs as they stand are in a file for those who begin; whether one was written. For the worker."""
    with acting_as(SYSTEM_ACTOR):
        standing = ask(since=None)
        newest = newest_base(database=standing.database, rules=rules())
        if newest is not None and len(ask(since=newest.place).told) <= FEW_CHANGES:
            return False
        snapshot = read_whole(standing) if newest is None else made_anew(current_snapshot())
        save_base(snapshot.base, database=snapshot.database, rules=rules())
    return True


def forget() -> None:
    """The next reader of the process begins anew."""
    _kept.snapshot = None


def _shared(snapshot: Snapshot, *, standing: Standing) -> Snapshot:
    if not standing.is_private:
        _kept.keep(snapshot)
    return snapshot


def begun(standing: Standing) -> Snapshot:
    """From the newest file and what has changed since, or else from the table."""
    base = newest_base(database=standing.database, rules=rules())
    return _from_file(base, database=standing.database) if base else read_whole(standing)


def read_whole(standing: Standing) -> Snapshot:
    """All open jobs from the table in one market; `standing` was asked for before."""
    found = _sound(_pool().iterator(chunk_size=READ_AT_ONCE))
    market = build_market(jobs=[one.job for one in found], measures=measures())
    closes = {one.job.id: one.closes for one in found}
    base = BaseMarket(
        market=market, closes=np.array([closes[name] for name in market.ids], dtype=np.int32), place=standing.place
    )
    return Snapshot(database=standing.database, place=standing.place, base=base)


def followed(kept: Snapshot, *, standing: Standing) -> Snapshot:
    """The snapshot with what has changed since; itself when nothing has."""
    news = [opening for opening, mark in standing.told.items() if kept.seen.get(opening) != mark]
    if not news:
        # Changes that are in are told again and again until the place moves on, which costs a new snapshot.
        is_far = len(standing.told) > LOOK_FOR_FILE and standing.place > kept.place
        return replace(kept, place=standing.place, seen=standing.told) if is_far else kept
    names = {str(opening) for opening in news}
    rows = {one.job.id: one for one in _sound(_pool().filter(among("id", news)))}
    snapshot = replace(
        kept,
        place=standing.place,
        fresh={**{name: one for name, one in kept.fresh.items() if name not in names}, **rows},
        gone=kept.gone | names,
        seen=standing.told,
    )
    if len(snapshot.gone) <= LOOK_FOR_FILE or standing.is_private:
        return snapshot
    return _lighter(snapshot)


def _lighter(snapshot: Snapshot) -> Snapshot:
    """With fewer changes to carry: from a newer file if there is one, else made anew once they are many."""
    base = newest_base(database=snapshot.database, rules=rules(), after=snapshot.base.place)
    if base is not None:
        return _from_file(base, database=snapshot.database)
    return made_anew(snapshot) if len(snapshot.gone) > MAKE_ANEW else snapshot


def _from_file(base: BaseMarket, *, database: int) -> Snapshot:
    return followed(Snapshot(database=database, place=base.place, base=base), standing=ask(since=base.place))


def made_anew(snapshot: Snapshot) -> Snapshot:
    """The same jobs in one market, also those past their closing date: the day is chosen by the reader."""
    market = snapshot.base.market.with_changes(
        changed=[one.job for one in snapshot.fresh.values()], removed=snapshot.gone - snapshot.fresh.keys()
    )
    closes = dict(zip(snapshot.base.market.ids, snapshot.base.closes.tolist(), strict=True))
    closes.update({name: one.closes for name, one in snapshot.fresh.items()})
    base = BaseMarket(
        market=market, closes=np.array([closes[name] for name in market.ids], dtype=np.int32), place=snapshot.place
    )
    return replace(snapshot, base=base, fresh={}, gone=frozenset())


def _pool() -> "QuerySet[Opening]":
    """Open and kept for nobody: the same rows for everybody who may read the pool."""
    return Opening.objects.filter(state=OpeningState.OPEN, is_reserved=False).only(*_READ)


_READ = (
    *("id", "demand", "x", "y", "hours_min", "hours_max", "slots", "occupation", "requires", "places", "measures"),
    "closes_on",
)


def _sound(rows: Iterable[Opening]) -> list[OpenJob]:
    return [_open_job(job, row=row) for row in rows if (job := sound_job(row)) is not None]


def _open_job(job: Job, *, row: Opening) -> OpenJob:
    return OpenJob(job=job, closes=row.closes_on.toordinal() if row.closes_on else NEVER)


def ask(*, since: int | None) -> Standing:
    """Where the history stands, and what it tells from the place `since`. Raises PermissionDenied."""
    with connection.cursor() as cursor:
        cursor.execute("select base, place, is_own, openings, marks from app_pool_since(%s::bigint)", [since])
        database, place, is_own, openings, marks = cursor.fetchone()
    if place is None:
        raise PermissionDenied
    told = dict(zip(openings or (), marks or (), strict=True))
    return Standing(database=database, place=place, is_private=is_own, told=told)


@cache
def rules() -> str:
    """Under which markets are kept: another version cannot use them."""
    return rule_version()


@cache
def measures() -> tuple[Measure, ...]:
    """The catalogue, loaded once a process as its entries are."""
    return measures_of(measures_file())
