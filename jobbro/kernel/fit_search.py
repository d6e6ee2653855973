"""The compiled search behind `fit_batch`: smallest set covers on arrays, one pair after another."""

# Loops and plain numbers throughout: this is what numba compiles well. Why the search is exact: see `set_cover`.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_AS_IS, _WITH_SUPPORT, _ASK, _NO = 0, 1, 2, 3
_UNKNOWN = 255
_OPEN_FROM = 2
_AREAS = 24


@njit(cache=True, nogil=True)
def search(capacity: Any, demand: Any, available: Any, relief: Any, cost: Any, verdict: Any, support: Any) -> None:
    """Fill `verdict` (n,) and `support` (n, b), shapes and meaning as in `fit_batch.fit_many`."""
    measures = relief.shape[0]
    gap_area = np.empty(_AREAS, np.int64)
    gap_size = np.empty(_AREAS, np.int64)
    useful = np.empty(measures, np.int64)
    covers = np.empty(measures, np.int64)
    keep = np.empty(measures, np.int64)
    by_bit = np.empty((_AREAS, measures), np.int64)
    by_bit_count = np.empty(_AREAS, np.int64)
    bit_order = np.empty(_AREAS, np.int64)
    chosen = np.empty(_AREAS + 1, np.int64)
    best = np.empty(_AREAS + 1, np.int64)
    scratch = np.empty(_AREAS + 1, np.int64)
    place = np.empty(_AREAS + 1, np.int64)
    bit_at = np.empty(_AREAS + 1, np.int64)
    uncovered = np.empty(_AREAS + 1, np.int64)
    spent = np.empty(_AREAS + 1, np.int64)
    for pair in range(capacity.shape[0]):
        gaps = 0
        is_open = False
        for area in range(_AREAS):
            asked = demand[pair, area]
            managed = capacity[pair, area]
            if managed == _UNKNOWN:
                is_open = is_open or asked >= _OPEN_FROM
            elif asked > managed:
                gap_area[gaps] = area
                gap_size[gaps] = asked - managed
                gaps += 1
        verdict[pair] = _ASK if is_open else (_WITH_SUPPORT if gaps else _AS_IS)
        if gaps == 0:
            continue
        whole = (1 << gaps) - 1
        count = _find_useful(available[pair], relief, gap_area, gap_size, gaps, useful, covers)
        reach = 0
        single = -1
        for at in range(count):
            reach |= covers[at]
            if covers[at] == whole and (single < 0 or cost[useful[at]] < cost[single]):
                single = useful[at]
        if reach != whole:
            verdict[pair] = _NO
            continue
        if single >= 0:
            support[pair, single >> 3] |= np.uint8(1 << (single & 7))
            continue
        count = _drop_dominated(useful, covers, cost, count, keep)
        widest = _arrange(covers, count, gaps, by_bit, by_bit_count, bit_order)
        depth = 2
        while not _search_depth(
            depth, whole, widest, useful, covers, cost, gaps,
            by_bit, by_bit_count, bit_order, chosen, best, scratch, place, bit_at, uncovered, spent,
        ):  # fmt: skip
            depth += 1
        for at in range(depth):
            support[pair, best[at] >> 3] |= np.uint8(1 << (best[at] & 7))


@njit(cache=True, nogil=True)
def least_cover(useful: Any, covers: Any, count: int, gaps: int, cost: Any, best: Any) -> int:
    """How many measures the smallest support has that closes all gaps, and which, in code order, in `best`.

    useful: (m,) the first `count` are measures in code order. covers: (m,) a bit for every gap that each closes; all
    together close all. cost: of every measure. best: (25,). Both lists are used up.
    """
    whole = (1 << gaps) - 1
    by_bit = np.empty((_AREAS, useful.shape[0]), np.int64)
    by_bit_count, bit_order = np.empty(_AREAS, np.int64), np.empty(_AREAS, np.int64)
    chosen, scratch = np.empty(_AREAS + 1, np.int64), np.empty(_AREAS + 1, np.int64)
    place, bit_at = np.empty(_AREAS + 1, np.int64), np.empty(_AREAS + 1, np.int64)
    uncovered, spent = np.empty(_AREAS + 1, np.int64), np.empty(_AREAS + 1, np.int64)
    kept = _drop_dominated(useful, covers, cost, count, np.empty(useful.shape[0], np.int64))
    widest = _arrange(covers, kept, gaps, by_bit, by_bit_count, bit_order)
    depth = 1
    while not _search_depth(
        depth, whole, widest, useful, covers, cost, gaps,
        by_bit, by_bit_count, bit_order, chosen, best, scratch, place, bit_at, uncovered, spent,
    ):  # fmt: skip
        depth += 1
    return depth


@njit(cache=True, nogil=True)
def _find_useful(available: Any, relief: Any, gap_area: Any, gap_size: Any, gaps: int, useful: Any, covers: Any) -> int:
    count = 0
    for measure in range(relief.shape[0]):
        if not (available[measure >> 3] >> (measure & 7)) & 1:
            continue
        mask = 0
        for at in range(gaps):
            if relief[measure, gap_area[at]] >= gap_size[at]:
                mask |= 1 << at
        if mask:
            useful[count] = measure
            covers[count] = mask
            count += 1
    return count


@njit(cache=True, nogil=True)
def _drop_dominated(useful: Any, covers: Any, cost: Any, count: int, keep: Any) -> int:
    kept = 0
    for at in range(count):
        dominated = False
        for other in range(count):
            if other == at or covers[at] & covers[other] != covers[at]:
                continue
            mine, theirs = cost[useful[at]], cost[useful[other]]
            if theirs < mine or (theirs == mine and useful[other] < useful[at]):
                dominated = True
                break
        if not dominated:
            keep[kept] = at
            kept += 1
    for at in range(kept):
        useful[at] = useful[keep[at]]
        covers[at] = covers[keep[at]]
    return kept


@njit(cache=True, nogil=True)
def _arrange(covers: Any, count: int, gaps: int, by_bit: Any, by_bit_count: Any, bit_order: Any) -> int:
    # The candidates of each gap, the gaps with fewest candidates first, and the most gaps that one candidate closes.
    by_bit_count[:gaps] = 0
    widest = 0
    for at in range(count):
        width = 0
        for bit in range(gaps):
            if (covers[at] >> bit) & 1:
                by_bit[bit, by_bit_count[bit]] = at
                by_bit_count[bit] += 1
                width += 1
        widest = max(widest, width)
    for bit in range(gaps):
        spot = bit
        while spot > 0 and by_bit_count[bit_order[spot - 1]] > by_bit_count[bit]:
            bit_order[spot] = bit_order[spot - 1]
            spot -= 1
        bit_order[spot] = bit
    return widest


@njit(cache=True, nogil=True)
def _ones(mask: int) -> int:
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@njit(cache=True, nogil=True)
def _pivot(mask: int, gaps: int, bit_order: Any) -> int:
    for at in range(gaps):
        if (mask >> bit_order[at]) & 1:
            return int(bit_order[at])
    return -1


@njit(cache=True, nogil=True)
def _search_depth(
    depth: int, whole: int, widest: int, useful: Any, covers: Any, cost: Any, gaps: int,
    by_bit: Any, by_bit_count: Any, bit_order: Any, chosen: Any, best: Any, scratch: Any,
    place: Any, bit_at: Any, uncovered: Any, spent: Any,
) -> bool:  # fmt: skip
    # True when a cover of exactly `depth` candidates exists; the least of them is then in `best`, in code order.
    if gaps > depth * widest:
        return False
    best_cost = -1
    level = 0
    uncovered[0], spent[0], place[0] = whole, 0, 0
    bit_at[0] = _pivot(whole, gaps, bit_order)
    while level >= 0:
        bit = bit_at[level]
        if place[level] == by_bit_count[bit]:
            level -= 1
            continue
        at = by_bit[bit, place[level]]
        place[level] += 1
        rest = uncovered[level] & ~covers[at]
        now = spent[level] + cost[useful[at]]
        left = depth - level - 1
        if _ones(rest) > left * widest or (best_cost >= 0 and now + left > best_cost):
            continue
        chosen[level] = useful[at]
        if left == 0:
            _sort_into(chosen, depth, scratch)
            if best_cost < 0 or now < best_cost or _is_before(scratch, best, depth):
                best_cost = now
                best[:depth] = scratch[:depth]
            continue
        level += 1
        uncovered[level], spent[level], place[level] = rest, now, 0
        bit_at[level] = _pivot(rest, gaps, bit_order)
    return best_cost >= 0


@njit(cache=True, nogil=True)
def _sort_into(source: Any, count: int, target: Any) -> None:
    for at in range(count):
        value = source[at]
        spot = at
        while spot > 0 and target[spot - 1] > value:
            target[spot] = target[spot - 1]
            spot -= 1
        target[spot] = value


@njit(cache=True, nogil=True)
def _is_before(left: Any, right: Any, count: int) -> bool:
    for at in range(count):
        if left[at] != right[at]:
            return bool(left[at] < right[at])
    return False
