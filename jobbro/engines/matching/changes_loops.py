"""The compiled pass that counts what one change would open."""

# Loops and plain numbers throughout: this is what numba compiles well. What the arrays hold: see `layout`.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from jobbro.engines.matching.layout import BITS_IN_WORD, HALF_OF_AREAS
from jobbro.engines.matching.loops import gaps_of, lowest_bit, open_of, rows_of_gaps

_MORE, _FEWER, _FARTHER = 0, 1, 2


@njit(cache=True, nogil=True)
def count_changes(
    jobs: Any, people: Any, wider: Any, reliefs: Any, rest: Any, slots: Any, measures: Any, areas: Any
) -> None:
    """Add to `rest` (3,) what an hour more, an hour less and more kilometres open for the one person in `people`.

    To `slots` (14,) what each half-day opens, to `measures` (m,) what each measure opens, to `areas` (24,) the jobs
    that are `ask` for that area alone. wider: the same person with all of hours and kilometres.
    """
    demand, requires, theirs, closers = jobs.demand, jobs.requires, jobs.measures, reliefs.closers
    least, most, east, north, wanted = jobs.least, jobs.most, jobs.x, jobs.y, jobs.slots
    mine, skills = people.measures, people.skills
    rows = np.empty(2 * HALF_OF_AREAS, np.int64)
    x, y, reach, farther = people.x[0], people.y[0], people.reach[0], wider.reach[0]
    before, since, later, earlier = people.before[0], people.since[0], wider.before[0], wider.since[0]
    barred = np.uint16(~people.slots[0])
    low0, low1 = people.capacity[0, 0], people.capacity[0, 1]
    unknown0, unknown1 = people.unknown[0, 0], people.unknown[0, 1]
    for job in range(east.shape[0]):
        across, up = east[job] - x, north[job] - y
        square = across * across + up * up
        if square > farther:
            continue
        is_far = square > reach
        is_off = least[job] >= before or most[job] < since
        missing = np.int64(wanted[job] & barred)
        if np.int64(is_far) + np.int64(is_off) + np.int64(missing != 0) > 1:
            continue
        lacking = 0
        for word in range(skills.shape[1]):
            lacking |= requires[job, word] & ~skills[0, word]
        if lacking:
            continue
        gap0, gap1 = gaps_of(demand[job, 0], low0), gaps_of(demand[job, 1], low1)
        gaps = rows_of_gaps(gap0, gap1, rows)
        left = 0
        for at in range(gaps):
            closing = 0
            for word in range(mine.shape[1]):
                closing |= mine[0, word] & theirs[job, word] & closers[rows[at], word]
            if closing == 0:
                rows[left] = rows[at]
                left += 1
        if is_far or is_off or missing:
            if left == 0:
                _count_condition(
                    is_far,
                    is_off,
                    missing,
                    least[job] < before,
                    most[job] >= since,
                    least[job] < later,
                    most[job] >= earlier,
                    rest,
                    slots,
                )
        elif left:
            for word in range(mine.shape[1]):
                closing = theirs[job, word] & ~mine[0, word]
                for at in range(left):
                    closing &= closers[rows[at], word]
                while closing:
                    measures[word * BITS_IN_WORD + lowest_bit(closing)] += 1
                    closing &= closing - 1
        else:
            open0, open1 = open_of(demand[job, 0], unknown0), open_of(demand[job, 1], unknown1)
            if open1 == 0 and open0 and open0 & (open0 - 1) == 0:
                areas[lowest_bit(open0) >> 2] += 1
            elif open0 == 0 and open1 and open1 & (open1 - 1) == 0:
                areas[HALF_OF_AREAS + (lowest_bit(open1) >> 2)] += 1


@njit(cache=True, nogil=True)
def _count_condition(
    is_far: bool, is_off: bool, missing: Any, begins: bool, lasts: bool, begins_later: bool, lasts_earlier: bool,
    rest: Any, slots: Any,
) -> None:  # fmt: skip
    # Exactly one condition fails: which change meets it?
    if is_far:
        rest[_FARTHER] += 1
    elif is_off:
        rest[_MORE] += np.int64(begins_later and lasts)
        rest[_FEWER] += np.int64(begins and lasts_earlier)
    elif missing & (missing - 1) == 0:
        slots[lowest_bit(missing)] += 1
