"""Which jobs of a market one reason keeps from a person: what is counted in a list, one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.columns import person_columns
from jobbro.engines.matching.layout import Longs, bytes_of, levels_of
from jobbro.engines.matching.listing import people_of
from jobbro.engines.matching.market import Market
from jobbro.engines.matching.model import Person, Reason
from jobbro.kernel.fit import Verdict
from jobbro.kernel.fit_batch import VERDICTS, fit_many


def refused_ranks(person: Person, *, market: Market, reason: Reason) -> tuple[Longs, NDArray[np.float64]]:
    """Ranks of the jobs that the reason refused first, and their true distances in km, the nearest first.

    As many as `Listed.none` counts for the reason. Jobs equally far stand by id.
    """
    columns = person_columns([person], catalogue=market.catalogue)
    people, jobs = people_of(columns, market=market), market.jobs
    across, up = jobs.x - people.x[0], jobs.y - people.y[0]
    square = across * across + up * up
    fails = {
        Reason.DISTANCE: square > people.reach[0],
        Reason.HOURS: (jobs.least >= people.before[0]) | (jobs.most < people.since[0]),
        Reason.SLOTS: (jobs.slots & ~people.slots[0]) != 0,
        Reason.SKILLS: (jobs.requires & ~people.skills[0]).any(axis=1),
    }
    is_left = np.ones(len(market), dtype=np.bool_)
    for each, is_failing in fails.items():
        if each is reason:
            return _nearest_first(np.flatnonzero(is_left & is_failing), market=market, square=square)
        is_left &= ~is_failing
    rows = np.flatnonzero(is_left)
    if not len(rows):
        return rows, np.zeros(0)
    available = bytes_of(jobs.measures[rows] & people.measures[0], width=market.catalogue.mask_bytes)
    found = fit_many(
        capacity=np.repeat(columns.capacity, len(rows), axis=0),
        demand=levels_of(jobs.demand[rows]),
        available=available,
        table=market.catalogue,
    )
    return _nearest_first(rows[found.verdict == VERDICTS.index(Verdict.NO)], market=market, square=square)


def _nearest_first(
    rows: NDArray[np.int64], *, market: Market, square: NDArray[np.float64]
) -> tuple[Longs, NDArray[np.float64]]:
    ranks = market.jobs.rank[rows].astype(np.int64)
    order = np.lexsort((ranks, square[rows]))
    return ranks[order], np.sqrt(square[rows][order])
