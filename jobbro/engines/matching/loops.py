"""The compiled passes of matching: persons over jobs, and pairs described. They say what `pairs` says."""

# Loops and plain numbers throughout: this is what numba compiles well. What the arrays hold: see `layout`.

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from jobbro.engines.matching.layout import (
    BITS_IN_WORD,
    BLOCK,
    BYTES_IN_WORD,
    GUARD,
    HALF_OF_AREAS,
    KM_AT,
    LEVELS,
    MEASURES_AT,
    VERDICT_AT,
    WISH_AT,
)
from jobbro.kernel.fit_search import least_cover

_ONE_LESS_THAN_ASKED = 0x666666666666
_HAIR = 1e-9
_DISTANCE, _HOURS, _SLOTS, _SKILLS, _GAP = 0, 1, 2, 3, 4
_NO_LIMIT = np.iinfo(np.int64).max
# Powers of two leave different rests when divided by 67.
_BIT_OF_REST = np.array([next((bit for bit in range(56) if 2**bit % 67 == rest), 0) for rest in range(67)])


class _Room(NamedTuple):
    """Where one person's search writes: jobs picked in a block, those that may be listed, and a support in the making.

    near, picked, kept, heads, gaps: (block,). rows: a row of `closers` for each gap. covers, measures: (m,).
    best: (25,).
    """

    near: Any
    picked: Any
    kept: Any
    heads: Any
    gaps: Any
    rows: Any
    covers: Any
    measures: Any
    best: Any


@njit(cache=True, nogil=True)
def _room(measures: int) -> Any:
    return _Room(
        np.empty(BLOCK, np.uint8),
        np.empty(BLOCK, np.int32),
        np.empty(BLOCK, np.int32),
        np.empty(BLOCK, np.int64),
        np.empty((BLOCK, 2), np.int64),
        np.empty(2 * HALF_OF_AREAS, np.int64),
        np.empty(measures + 1, np.int64),
        np.empty(measures + 1, np.int64),
        np.empty(2 * HALF_OF_AREAS + 1, np.int64),
    )


@njit(cache=True, nogil=True)
def list_people(jobs: Any, people: Any, reliefs: Any, wishes: Any, keys: Any, found: Any, none: Any) -> None:
    """Fill `keys` (n, top) ascending, `found` (n,) and `none` (n, 5) for n persons.

    wishes: (occupations,) zeros, left as zeros. top: 1 or more.
    """
    room = _room(reliefs.cost.shape[0])
    for person in range(keys.shape[0]):
        for at in range(people.wish_starts[person], people.wish_starts[person + 1]):
            wishes[people.wish_occupation[at]] = people.wish[at]
        found[person] = _list_one(jobs, people, reliefs, person, wishes, keys[person], none[person], room)
        for at in range(people.wish_starts[person], people.wish_starts[person + 1]):
            wishes[people.wish_occupation[at]] = 0


@njit(cache=True, nogil=True)
def _list_one(jobs: Any, people: Any, reliefs: Any, person: int, wishes: Any, keys: Any, none: Any, room: Any) -> int:
    top = keys.shape[0]
    found = 0
    none[:] = 0
    x, y, reach = people.x[person], people.y[person], people.reach[person]
    box, starts, rank, east, north = jobs.box, jobs.starts, jobs.rank, jobs.x, jobs.y
    jobs_kept, heads, gaps = room.kept, room.heads, room.gaps
    mine, theirs, closers, cost = people.measures, jobs.measures, reliefs.closers, reliefs.cost
    rows, covers, measures, best = room.rows, room.covers, room.measures, room.best
    for block in range(box.shape[0]):
        start, stop = starts[block], starts[block + 1]
        nearest, farthest = _squares(box, block, x, y)
        if nearest > reach:
            none[_DISTANCE] += stop - start
            continue
        picked = _pick(jobs, people, person, start, stop, farthest <= reach, none, room)
        worst = keys[0] if found == top else _NO_LIMIT
        kept = _sift(jobs, people, reliefs, person, wishes, picked, worst, none, room)
        for at in range(kept):
            job, head = jobs_kept[at], heads[at]
            across, up = east[job] - x, north[job] - y
            tenths = np.int64(np.floor(10.0 * np.sqrt(across * across + up * up) + 0.5 + _HAIR))
            key = head | (tenths << KM_AT) | np.int64(rank[job])
            if found == top and key > keys[0]:
                continue
            if (head >> MEASURES_AT) & 1:
                size = _size(
                    mine, person, theirs, job, gaps[at, 0], gaps[at, 1], closers, cost, rows, covers, measures, best
                )
                key += np.int64(size - 1) << MEASURES_AT
            found = _keep(keys, found, key)
    keys[:found].sort()
    return found


@njit(cache=True, nogil=True)
def _sift(
    jobs: Any, people: Any, reliefs: Any, person: int, wishes: Any, picked: int, worst: int, none: Any, room: Any
) -> int:
    # Of the jobs picked those that may be listed, with the least their keys can begin with. Columns are taken out of
    # their tuples first: to take them, or a row of them, within the loop costs more than the loop.
    demand, occupation, requires, theirs = jobs.demand, jobs.occupation, jobs.requires, jobs.measures
    mine, skills, together = people.measures, people.skills, reliefs.together
    jobs_picked, jobs_kept, heads, gaps = room.picked, room.kept, room.heads, room.gaps
    low0, low1 = people.capacity[person, 0], people.capacity[person, 1]
    unknown0, unknown1 = people.unknown[person, 0], people.unknown[person, 1]
    kept, unskilled, unclosed = 0, 0, 0
    for at in range(picked):
        job = jobs_picked[at]
        missing = 0
        for word in range(skills.shape[1]):
            missing |= requires[job, word] & ~skills[person, word]
        if missing:
            unskilled += 1
            continue
        asked0, asked1 = demand[job, 0], demand[job, 1]
        gap0, gap1 = gaps_of(asked0, low0), gaps_of(asked1, low1)
        has_gaps = (gap0 | gap1) != 0
        if has_gaps:
            closed0, closed1, table = 0, 0, 0
            for word in range(mine.shape[1]):
                available = mine[person, word] & theirs[job, word]
                for _ in range(min(BYTES_IN_WORD, together.shape[0] - table)):
                    closed0 |= together[table, available & 255, 0] - gap0
                    closed1 |= together[table, available & 255, 1] - gap1
                    available >>= 8
                    table += 1
            if closed0 & closed1 & GUARD != GUARD:
                unclosed += 1
                continue
        is_open = (open_of(asked0, unknown0) | open_of(asked1, unknown1)) != 0
        verdict = 2 if is_open else np.int64(has_gaps)
        head = (verdict << VERDICT_AT) | (np.int64(2 - wishes[occupation[job]]) << WISH_AT)
        head |= np.int64(has_gaps) << MEASURES_AT
        if head <= worst:
            jobs_kept[kept] = job
            heads[kept] = head
            gaps[kept, 0] = gap0
            gaps[kept, 1] = gap1
            kept += 1
    none[_SKILLS] += unskilled
    none[_GAP] += unclosed
    return kept


@njit(cache=True, nogil=True)
def _squares(box: Any, block: int, x: float, y: float) -> tuple[float, float]:
    # Squares of the least and greatest distance to a box. Rounding is monotone, so no job in it computes outside them.
    west, east = box[block, 0] - x, box[block, 1] - x
    south, north = box[block, 2] - y, box[block, 3] - y
    across = west if west > 0.0 else (-east if east < 0.0 else 0.0)
    up = south if south > 0.0 else (-north if north < 0.0 else 0.0)
    widest, tallest = max(abs(west), abs(east)), max(abs(south), abs(north))
    return across * across + up * up, widest * widest + tallest * tallest


@njit(cache=True, nogil=True)
def _pick(jobs: Any, people: Any, person: int, start: int, stop: int, is_within: bool, none: Any, room: Any) -> Any:
    # The jobs of a block that pass distance, hours and slots; no branches, so that many are compared at once.
    before, since = people.before[person], people.since[person]
    barred = np.uint16(~people.slots[person])
    x, y, reach = people.x[person], people.y[person], people.reach[person]
    least, most, slots = jobs.least[start:stop], jobs.most[start:stop], jobs.slots[start:stop]
    near, chosen = room.near, room.picked
    count = stop - start
    within = count
    if is_within:
        near[:count] = 1
    else:
        within = _pick_near(jobs.x[start:stop], jobs.y[start:stop], x, y, reach, near)
    in_hours: Any = 0
    for at in range(count):
        near[at] &= (least[at] < before) & (most[at] >= since)
    for at in range(count):
        in_hours += np.int64(near[at])
    for at in range(count):
        near[at] &= (slots[at] & barred) == 0
    picked: Any = 0
    for at in range(count):
        chosen[picked] = start + at
        picked += np.int64(near[at])
    none[_DISTANCE] += count - within
    none[_HOURS] += within - in_hours
    none[_SLOTS] += in_hours - picked
    return picked


@njit(cache=True, nogil=True)
def _pick_near(east: Any, north: Any, x: float, y: float, reach: float, near: Any) -> Any:
    within: Any = 0
    for at in range(east.shape[0]):
        across, up = east[at] - x, north[at] - y
        near[at] = across * across + up * up <= reach
    for at in range(east.shape[0]):
        within += np.int64(near[at])
    return within


@njit(cache=True, nogil=True)
def gaps_of(asked: int, managed: int) -> int:
    """max(0, asked - managed) in each nibble."""
    difference = (asked | GUARD) - managed
    is_asked = difference & GUARD
    return difference & (is_asked - (is_asked >> 3))


@njit(cache=True, nogil=True)
def open_of(asked: int, unknown: int) -> int:
    """The guard bit of each unknown area where 2 or more is asked."""
    return (asked + _ONE_LESS_THAN_ASKED) & unknown


@njit(cache=True, nogil=True)
def lowest_bit(word: int) -> Any:
    """Where the lowest bit of a word stands; the word is not 0."""
    return _BIT_OF_REST[(word & -word) % 67]


@njit(cache=True, nogil=True)
def rows_of_gaps(gap0: int, gap1: int, rows: Any) -> int:
    """Fill `rows` with the row of `closers` of each gap, in area order, and return how many there are."""
    count = 0
    for half in range(2):
        gap = gap1 if half else gap0
        left = (gap + (GUARD - (GUARD >> 3))) & GUARD
        while left:
            bit = lowest_bit(left)
            rows[count] = (HALF_OF_AREAS * half + (bit >> 2)) * LEVELS + ((gap >> (bit - 3)) & 7)
            count += 1
            left &= left - 1
    return count


@njit(cache=True, nogil=True)
def _size(
    mine: Any, person: int, theirs: Any, job: int, gap0: int, gap1: int, closers: Any, cost: Any, rows: Any,
    covers: Any, measures: Any, best: Any,
) -> int:  # fmt: skip
    # How many measures the smallest support has, for gaps that can be closed.
    gaps = rows_of_gaps(gap0, gap1, rows)
    for word in range(mine.shape[1]):
        alone = mine[person, word] & theirs[job, word]
        for at in range(gaps):
            alone &= closers[rows[at], word]
        if alone:
            return 1
    count = _covers(mine, person, theirs, job, gaps, closers, rows, covers, measures)
    whole = (1 << gaps) - 1
    for one in range(count):
        for other in range(one):
            if covers[one] | covers[other] == whole:
                return 2
    return int(least_cover(measures, covers, count, gaps, cost, best))


@njit(cache=True, nogil=True)
def _covers(
    mine: Any, person: int, theirs: Any, job: int, gaps: int, closers: Any, rows: Any, covers: Any, measures: Any
) -> int:
    # For each available measure that closes a gap, a bit for each gap that it closes, in code order.
    count = 0
    for word in range(mine.shape[1]):
        available = mine[person, word] & theirs[job, word]
        while available:
            lowest = available & -available
            covered = 0
            for at in range(gaps):
                if closers[rows[at], word] & lowest:
                    covered |= 1 << at
            if covered:
                covers[count] = covered
                measures[count] = word * BITS_IN_WORD + lowest_bit(available)
                count += 1
            available ^= lowest
    return count


@njit(cache=True, nogil=True)
def _keep(keys: Any, found: int, key: Any) -> Any:
    # The least keys, the greatest of them first once they are full.
    top = keys.shape[0]
    if found < top:
        keys[found] = key
        at = found
        while at > 0 and keys[(at - 1) >> 1] < keys[at]:
            above = (at - 1) >> 1
            keys[above], keys[at] = keys[at], keys[above]
            at = above
        return found + 1
    if key < keys[0]:
        at = 0
        while True:
            below = 2 * at + 1
            if below >= top:
                break
            if below + 1 < top and keys[below + 1] > keys[below]:
                below += 1
            if keys[below] <= key:
                break
            keys[at] = keys[below]
            at = below
        keys[at] = key
    return found


@njit(cache=True, nogil=True)
def describe_pairs(
    jobs: Any, people: Any, reliefs: Any, person_of: Any, job_of: Any, gaps: Any, unknown: Any, support: Any
) -> None:
    """Fill `gaps` and `unknown` (n, 24) and `support` (n, packed bits, zeros before) for n pairs that are listed."""
    room = _room(reliefs.cost.shape[0])
    mine, theirs, closers, cost = people.measures, jobs.measures, reliefs.closers, reliefs.cost
    rows, covers, measures, best = room.rows, room.covers, room.measures, room.best
    for pair in range(person_of.shape[0]):
        person, job = person_of[pair], job_of[pair]
        asked0, asked1 = jobs.demand[job, 0], jobs.demand[job, 1]
        gap0, gap1 = gaps_of(asked0, people.capacity[person, 0]), gaps_of(asked1, people.capacity[person, 1])
        open0, open1 = open_of(asked0, people.unknown[person, 0]), open_of(asked1, people.unknown[person, 1])
        for at in range(HALF_OF_AREAS):
            gaps[pair, at] = (gap0 >> (4 * at)) & 7
            gaps[pair, HALF_OF_AREAS + at] = (gap1 >> (4 * at)) & 7
            unknown[pair, at] = (open0 >> (4 * at + 3)) & 1
            unknown[pair, HALF_OF_AREAS + at] = (open1 >> (4 * at + 3)) & 1
        if gap0 | gap1:
            size = _support(mine, person, theirs, job, gap0, gap1, closers, cost, rows, covers, measures, best)
            for at in range(size):
                support[pair, best[at] >> 3] |= np.uint8(1 << (best[at] & 7))


@njit(cache=True, nogil=True)
def _support(
    mine: Any, person: int, theirs: Any, job: int, gap0: int, gap1: int, closers: Any, cost: Any, rows: Any,
    covers: Any, measures: Any, best: Any,
) -> int:  # fmt: skip
    # The smallest support of gaps that can be closed. One measure is enough for most: the cheapest, then the first.
    gaps = rows_of_gaps(gap0, gap1, rows)
    cheapest = -1
    for word in range(mine.shape[1]):
        alone = mine[person, word] & theirs[job, word]
        for at in range(gaps):
            alone &= closers[rows[at], word]
        while alone:
            measure = word * BITS_IN_WORD + lowest_bit(alone)
            alone &= alone - 1
            if cheapest < 0 or cost[measure] < cost[cheapest]:
                cheapest = measure
    if cheapest >= 0:
        best[0] = cheapest
        return 1
    count = _covers(mine, person, theirs, job, gaps, closers, rows, covers, measures)
    return int(least_cover(measures, covers, count, gaps, cost, best))
