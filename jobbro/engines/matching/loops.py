"""The compiled passes of matching: persons over jobs, and pairs described. They say what `pairs` says."""

# Loops and plain numbers throughout: this is what numba compiles well. What the arrays hold: see `layout`.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from jobbro.engines.matching.layout import BLOCK, GUARD, HALF_OF_AREAS, KM_AT, MEASURES_AT, VERDICT_AT, WISH_AT
from jobbro.kernel.fit_search import least_cover

_ONE_LESS_THAN_ASKED = 0x666666666666
_AREAS_AND_ONE = 25
_HAIR = 1e-9
_AS_IS, _WITH_SUPPORT, _ASK = 0, 1, 2
_DISTANCE, _HOURS, _SLOTS, _SKILLS, _GAP = 0, 1, 2, 3, 4
_LOWEST_BIT = np.array([0] + [(byte & -byte).bit_length() - 1 for byte in range(1, 256)], dtype=np.int64)


@njit(cache=True, nogil=True)
def list_people(
    jobs: Any, people: Any, reliefs: Any, first: int, last: int, wishes: Any, keys: Any, found: Any, none: Any
) -> None:
    """Fill `keys` (n, top) ascending, `found` (n,) and `none` (n, 5) for the persons `first` to `last`.

    wishes: (occupations,) zeros, left as zeros.
    """
    near = np.empty(BLOCK, np.uint8)
    picked = np.empty(BLOCK, np.int32)
    covers = np.empty(reliefs.each.shape[0] + 1, np.int64)
    best = np.empty(_AREAS_AND_ONE, np.int64)
    for person in range(first, last):
        row = person - first
        for at in range(people.wish_starts[person], people.wish_starts[person + 1]):
            wishes[people.wish_occupation[at]] = people.wish[at]
        found[row] = _list_one(jobs, people, reliefs, person, wishes, keys[row], none[row], near, picked, covers, best)
        for at in range(people.wish_starts[person], people.wish_starts[person + 1]):
            wishes[people.wish_occupation[at]] = 0


@njit(cache=True, nogil=True)
def _list_one(
    jobs: Any, people: Any, reliefs: Any, person: int, wishes: Any, keys: Any, none: Any, near: Any, picked: Any,
    covers: Any, best: Any,
) -> int:  # fmt: skip
    top = keys.shape[0]
    found = 0
    none[:] = 0
    x, y, reach = people.x[person], people.y[person], people.reach[person]
    low0, low1 = people.capacity[person, 0], people.capacity[person, 1]
    unknown0, unknown1 = people.unknown[person, 0], people.unknown[person, 1]
    for block in range(jobs.box.shape[0]):
        start, stop = jobs.starts[block], jobs.starts[block + 1]
        nearest, farthest = _squares(jobs.box[block], x, y)
        if nearest > reach:
            none[_DISTANCE] += stop - start
            continue
        count = _pick(jobs, people, person, start, stop, farthest <= reach, near, picked, none)
        for at in range(count):
            job = picked[at]
            if _lacks(jobs.requires[job], people.skills[person]):
                none[_SKILLS] += 1
                continue
            asked0, asked1 = jobs.demand[job, 0], jobs.demand[job, 1]
            gap0, gap1 = _gaps(asked0, low0), _gaps(asked1, low1)
            has_gaps = (gap0 | gap1) != 0
            if has_gaps and not _closable(reliefs.together, people.measures[person], jobs.measures[job], gap0, gap1):
                none[_GAP] += 1
                continue
            is_open = (_open(asked0, unknown0) | _open(asked1, unknown1)) != 0
            verdict = _ASK if is_open else (_WITH_SUPPORT if has_gaps else _AS_IS)
            head = (verdict << VERDICT_AT) | (np.int64(2 - wishes[jobs.occupation[job]]) << WISH_AT)
            least = head | (np.int64(has_gaps) << MEASURES_AT)
            is_full = found == top
            if is_full and least > keys[0]:
                continue
            across, up = jobs.x[job] - x, jobs.y[job] - y
            tenths = np.int64(np.floor(10.0 * np.sqrt(across * across + up * up) + 0.5 + _HAIR))
            tail = (tenths << KM_AT) | np.int64(jobs.rank[job])
            if is_full and (least | tail) > keys[0]:
                continue
            if has_gaps:
                size = _size(reliefs, people.measures[person], jobs.measures[job], gap0, gap1, covers, best)
                head |= np.int64(size) << MEASURES_AT
            found = _keep(keys, found, head | tail)
    keys[:found].sort()
    return found


@njit(cache=True, nogil=True)
def _squares(box: Any, x: float, y: float) -> tuple[float, float]:
    # Squares of the least and greatest distance to a box. Rounding is monotone, so no job in it computes outside them.
    west, east, south, north = box[0] - x, box[1] - x, box[2] - y, box[3] - y
    across = west if west > 0.0 else (-east if east < 0.0 else 0.0)
    up = south if south > 0.0 else (-north if north < 0.0 else 0.0)
    widest, tallest = max(abs(west), abs(east)), max(abs(south), abs(north))
    return across * across + up * up, widest * widest + tallest * tallest


@njit(cache=True, nogil=True)
def _pick(
    jobs: Any, people: Any, person: int, start: int, stop: int, is_within: bool, near: Any, picked: Any, none: Any
) -> int:
    # The jobs of a block that pass distance, hours and slots; no branches, so that many are compared at once.
    x, y, reach = people.x[person], people.y[person], people.reach[person]
    before, since = people.before[person], people.since[person]
    barred = np.uint16(~people.slots[person])
    count = stop - start
    within = count
    if is_within:
        near[:count] = 1
    else:
        within = 0
        for at in range(count):
            across, up = jobs.x[start + at] - x, jobs.y[start + at] - y
            near[at] = across * across + up * up <= reach
        for at in range(count):
            within += near[at]
        none[_DISTANCE] += count - within
        if within == 0:
            return 0
    in_hours = 0
    for at in range(count):
        near[at] &= (jobs.least[start + at] < before) & (jobs.most[start + at] >= since)
    for at in range(count):
        in_hours += near[at]
    none[_HOURS] += within - in_hours
    if in_hours == 0:
        return 0
    for at in range(count):
        near[at] &= (jobs.slots[start + at] & barred) == 0
    kept = 0
    for at in range(count):
        picked[kept] = start + at
        kept += near[at]
    none[_SLOTS] += in_hours - kept
    return kept


@njit(cache=True, nogil=True)
def _lacks(needed: Any, given: Any) -> bool:
    missing = 0
    for at in range(needed.shape[0]):
        missing |= needed[at] & ~given[at]
    return missing != 0


@njit(cache=True, nogil=True)
def _gaps(asked: int, managed: int) -> int:
    # max(0, asked - managed) in each nibble.
    difference = (asked | GUARD) - managed
    is_asked = difference & GUARD
    return difference & (is_asked - (is_asked >> 3))


@njit(cache=True, nogil=True)
def _open(asked: int, unknown: int) -> int:
    # The guard bit of each unknown area where 2 or more is asked.
    return (asked + _ONE_LESS_THAN_ASKED) & unknown


@njit(cache=True, nogil=True)
def _closable(together: Any, mine: Any, theirs: Any, gap0: int, gap1: int) -> bool:
    closed0, closed1 = 0, 0
    for at in range(together.shape[0]):
        available = mine[at] & theirs[at]
        closed0 |= together[at, available, 0] - gap0
        closed1 |= together[at, available, 1] - gap1
    return (closed0 & closed1 & GUARD) == GUARD


@njit(cache=True, nogil=True)
def _covers(reliefs: Any, measure: int, gap0: int, gap1: int, whole: int) -> int:
    # A bit for each gap that the measure closes alone: guard bits of the first areas, those of the others one lower.
    closed0 = (reliefs.each[measure, 0] - gap0) & GUARD
    closed1 = (reliefs.each[measure, 1] - gap1) & GUARD
    return (closed0 | (closed1 >> 1)) & whole


@njit(cache=True, nogil=True)
def _whole(gap0: int, gap1: int) -> int:
    # A bit for each gap, placed as in `_covers`: 7 + a gap reaches the guard bit, 7 + 0 does not.
    return ((gap0 + (GUARD - (GUARD >> 3))) & GUARD) | (((gap1 + (GUARD - (GUARD >> 3))) & GUARD) >> 1)


@njit(cache=True, nogil=True)
def _size(reliefs: Any, mine: Any, theirs: Any, gap0: int, gap1: int, covers: Any, best: Any) -> int:
    # How many measures the smallest support has, for gaps that can be closed.
    whole = _whole(gap0, gap1)
    count = 0
    for byte in range(mine.shape[0]):
        left = np.int64(mine[byte] & theirs[byte])
        while left:
            covered = _covers(reliefs, (byte << 3) + _LOWEST_BIT[left], gap0, gap1, whole)
            if covered == whole:
                return 1
            left &= left - 1
            if covered:
                covers[count] = covered
                count += 1
    for one in range(count):
        for other in range(one):
            if covers[one] | covers[other] == whole:
                return 2
    return int(_search(reliefs, mine, theirs, gap0, gap1, best))


@njit(cache=True, nogil=True)
def _search(reliefs: Any, mine: Any, theirs: Any, gap0: int, gap1: int, best: Any) -> int:
    # The smallest support whatever its size: how many, and which in `best`. Rare, so it takes its own room.
    most = reliefs.each.shape[0]
    useful, covers = np.empty(most, np.int64), np.empty(most, np.int64)
    whole = _whole(gap0, gap1)
    gaps = 0
    count = 0
    left = whole
    while left:
        left &= left - 1
        gaps += 1
    for measure in range(most):
        if not ((mine[measure >> 3] & theirs[measure >> 3]) >> (measure & 7)) & 1:
            continue
        covered = _covers(reliefs, measure, gap0, gap1, whole)
        if covered:
            useful[count] = measure
            covers[count] = _packed(covered, whole)
            count += 1
    return int(least_cover(useful, covers, count, gaps, reliefs.cost, best))


@njit(cache=True, nogil=True)
def _packed(covered: int, whole: int) -> int:
    # The bits of `covered` that stand in `whole`, side by side.
    packed = 0
    at = 0
    while whole:
        if covered & whole & -whole:
            packed |= 1 << at
        whole &= whole - 1
        at += 1
    return packed


@njit(cache=True, nogil=True)
def _keep(keys: Any, found: int, key: int) -> int:
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
    best = np.empty(_AREAS_AND_ONE, np.int64)
    for pair in range(person_of.shape[0]):
        person, job = person_of[pair], job_of[pair]
        asked0, asked1 = jobs.demand[job, 0], jobs.demand[job, 1]
        gap0, gap1 = _gaps(asked0, people.capacity[person, 0]), _gaps(asked1, people.capacity[person, 1])
        open0, open1 = _open(asked0, people.unknown[person, 0]), _open(asked1, people.unknown[person, 1])
        for at in range(HALF_OF_AREAS):
            gaps[pair, at] = (gap0 >> (4 * at)) & 7
            gaps[pair, HALF_OF_AREAS + at] = (gap1 >> (4 * at)) & 7
            unknown[pair, at] = (open0 >> (4 * at + 3)) & 1
            unknown[pair, HALF_OF_AREAS + at] = (open1 >> (4 * at + 3)) & 1
        if gap0 | gap1:
            size = _support(reliefs, people.measures[person], jobs.measures[job], gap0, gap1, best)
            for at in range(size):
                support[pair, best[at] >> 3] |= np.uint8(1 << (best[at] & 7))


@njit(cache=True, nogil=True)
def _support(reliefs: Any, mine: Any, theirs: Any, gap0: int, gap1: int, best: Any) -> int:
    # The smallest support of gaps that can be closed. One measure is enough for most: the cheapest, then the first.
    whole = _whole(gap0, gap1)
    alone = -1
    for byte in range(mine.shape[0]):
        left = np.int64(mine[byte] & theirs[byte])
        while left:
            measure = (byte << 3) + _LOWEST_BIT[left]
            left &= left - 1
            if _covers(reliefs, measure, gap0, gap1, whole) == whole and (
                alone < 0 or reliefs.cost[measure] < reliefs.cost[alone]
            ):
                alone = measure
    if alone >= 0:
        best[0] = alone
        return 1
    return int(_search(reliefs, mine, theirs, gap0, gap1, best))
