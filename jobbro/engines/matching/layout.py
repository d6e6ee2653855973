"""How matching lies in memory: jobs, persons and measures as the loops read them, and what a key is made of."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jobbro.kernel.vocabulary import AREAS

# numba keeps what it has compiled until the file of a loop changes: whoever changes a number here changes those too.

# Levels stand in nibbles, twelve areas in one number; the highest bit of each nibble, its guard, is free and catches
# what a subtraction borrows, so that twelve areas are compared at once.
GUARD = 0x888888888888
HALF_OF_AREAS = len(AREAS) // 2
LEVELS = 5
# Sets of measures and skills stand in words that never reach the sign of a number.
BYTES_IN_WORD = 7
BITS_IN_WORD = 8 * BYTES_IN_WORD
BLOCK = 512

# A key, high to low: verdict, 2 - wish, measures (5 bits), km in tenths (25), place of the job's id in code order (28).
# Less is better, so the order of the contract is the order of whole numbers.
RANK_BITS = 28
KM_AT = RANK_BITS
MEASURES_AT = KM_AT + 25
WISH_AT = MEASURES_AT + 5
VERDICT_AT = WISH_AT + 2
# Distances of places no farther apart than these fit their part of a key.
FARTHEST_KM = 1_000_000.0
MOST_JOBS = 1 << RANK_BITS

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]


class Jobs(NamedTuple):
    """n jobs, near ones side by side, in b blocks. x, y: (n,) km. demand: (n, 2) nibbles.

    least, most: (n,) hours as places among those that occur. slots: (n,) bits. occupation: (n,). rank: (n,) place of
    the id in code order. requires, measures: (n, .) words of bits. starts: (b + 1,). box: (b, 4) west, east,
    south, north.
    """

    x: Any
    y: Any
    demand: Any
    least: Any
    most: Any
    slots: Any
    occupation: Any
    rank: Any
    requires: Any
    measures: Any
    starts: Any
    box: Any


class People(NamedTuple):
    """n persons told for one set of jobs. capacity: (n, 2) nibbles, 4 for unknown. unknown: (n, 2) guard bits.

    x, y: (n,) km. reach: (n,) the greatest square of a distance within reach. before, since: (n,) the jobs in their
    hours have least < before and most >= since. slots: (n,) bits. skills, measures: (n, .) words of bits. wish_starts:
    (n + 1,) into wish_occupation and wish.
    """

    capacity: Any
    unknown: Any
    x: Any
    y: Any
    reach: Any
    before: Any
    since: Any
    slots: Any
    skills: Any
    measures: Any
    wish_starts: Any
    wish_occupation: Any
    wish: Any


class Reliefs(NamedTuple):
    """m measures in code order. together: (t, 256, 2) nibbles with guard bits, the largest relief of each set of eight.

    closers: (24 * 5, .) words of bits, row 5 * area + gap: those that close the gap. cost: (m,).
    """

    together: Any
    closers: Any
    cost: Any


def words(packed: Bytes) -> Longs:
    """(n, b) packed bits as (n, .) words."""
    rows, width = packed.shape
    count = -(-width // BYTES_IN_WORD)
    padded = np.zeros((rows, count * BYTES_IN_WORD), dtype=np.int64)
    padded[:, :width] = packed
    shifts = 8 * np.arange(BYTES_IN_WORD, dtype=np.int64)
    gathered: Longs = (padded.reshape(rows, count, BYTES_IN_WORD) << shifts).sum(axis=2)
    return gathered


def bytes_of(gathered: Longs, *, width: int) -> Bytes:
    """(n, .) words as (n, width) packed bits."""
    shifts = 8 * np.arange(BYTES_IN_WORD, dtype=np.int64)
    packed: Bytes = ((gathered[:, :, None] >> shifts) & 255).astype(np.uint8)
    return packed.reshape(len(gathered), gathered.shape[1] * BYTES_IN_WORD)[:, :width]


def nibbles(levels: Bytes) -> Longs:
    """(n, 24) levels 0-7 as (n, 2) numbers of twelve nibbles, the first area lowest."""
    shifts = 4 * np.arange(HALF_OF_AREAS, dtype=np.int64)
    halves = levels.reshape(-1, 2, HALF_OF_AREAS).astype(np.int64)
    packed: Longs = (halves << shifts).sum(axis=2)
    return packed


def levels_of(packed: Longs) -> Bytes:
    """(n, 2) numbers of nibbles as (n, 24) levels."""
    shifts = 4 * np.arange(HALF_OF_AREAS, dtype=np.int64)
    levels: Bytes = ((packed[:, :, None] >> shifts) & 7).astype(np.uint8)
    return levels.reshape(-1, len(AREAS))


def parts_of(keys: Longs) -> dict[str, Longs]:
    """What keys hold: `verdict` (place in `fit_batch.VERDICTS`), `wish`, `measures`, `tenths` of a km and `rank`."""
    return {
        "verdict": keys >> VERDICT_AT,
        "wish": 2 - ((keys >> WISH_AT) & 3),
        "measures": (keys >> MEASURES_AT) & 31,
        "tenths": (keys >> KM_AT) & ((1 << (MEASURES_AT - KM_AT)) - 1),
        "rank": keys & (MOST_JOBS - 1),
    }
