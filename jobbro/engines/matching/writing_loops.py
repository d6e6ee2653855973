"""The compiled writing of lists: from numbers straight to the bytes of the output file."""

# Loops and plain numbers throughout: this is what numba compiles well.

from __future__ import annotations

from typing import Any

from numba import njit

# Texts that every line is made of, and where each stands in the list.
PIECES = (
    '{"person":', ',"jobs":[', '{"job":',
    ',"verdict":"as_is","wish":', ',"verdict":"with_support","wish":', ',"verdict":"ask","wish":',
    ',"km":', ',"gaps":{', '},"open":[', '],"support":[', "]", ',"proposed":', "}", '],"none":{',
    '"distance":', '"hours":', '"slots":', '"skills":', '"gap":',
    "}}\n", ",",
)  # fmt: skip
_PERSON, _JOBS, _JOB, _VERDICT, _KM, _GAPS, _OPEN, _SUPPORT = 0, 1, 2, 3, 6, 7, 8, 9
_END_OF_LIST, _PROPOSED, _END_OF_JOB, _NONE, _REASON, _END, _COMMA = 10, 11, 12, 13, 14, 19, 20
_ZERO, _POINT = 48, 46
# What a number can need: nineteen digits and a sign.
DIGITS = 20


@njit(cache=True, nogil=True)
def write_lines(
    out: Any, persons: Any, person_starts: Any, found: Any, none: Any, jobs: Any, job_starts: Any, rank: Any,
    verdict: Any, wish: Any, tenths: Any, gaps: Any, unknown: Any, support: Any, proposed: Any, pieces: Any,
    piece_starts: Any, areas: Any, area_starts: Any, codes: Any, code_starts: Any,
) -> int:  # fmt: skip
    """Write the lines of n persons into `out` and return how many bytes they are.

    persons, jobs, areas, codes: JSON texts and where each starts, see `texts`. found: (n,) pairs of each person. none:
    (n, 5). The rest has a row a pair. proposed: (p,) rounds, 0 for none.
    """
    at, pair = 0, 0
    for person in range(found.shape[0]):
        at = _put(out, at, pieces, piece_starts, _PERSON)
        at = _put(out, at, persons, person_starts, person)
        at = _put(out, at, pieces, piece_starts, _JOBS)
        for place in range(found[person]):
            if place:
                at = _put(out, at, pieces, piece_starts, _COMMA)
            at = _put(out, at, pieces, piece_starts, _JOB)
            at = _put(out, at, jobs, job_starts, rank[pair])
            at = _put(out, at, pieces, piece_starts, _VERDICT + verdict[pair])
            at = _put_number(out, at, wish[pair])
            at = _put(out, at, pieces, piece_starts, _KM)
            at = _put_number(out, at, tenths[pair] // 10)
            out[at] = _POINT
            out[at + 1] = _ZERO + tenths[pair] % 10
            at = _put(out, at + 2, pieces, piece_starts, _GAPS)
            is_first = True
            for area in range(gaps.shape[1]):
                if gaps[pair, area]:
                    if not is_first:
                        at = _put(out, at, pieces, piece_starts, _COMMA)
                    is_first = False
                    at = _put(out, at, areas, area_starts, area)
                    out[at] = 58
                    out[at + 1] = _ZERO + gaps[pair, area]
                    at += 2
            at = _put(out, at, pieces, piece_starts, _OPEN)
            is_first = True
            for area in range(unknown.shape[1]):
                if unknown[pair, area]:
                    if not is_first:
                        at = _put(out, at, pieces, piece_starts, _COMMA)
                    is_first = False
                    at = _put(out, at, areas, area_starts, area)
            at = _put(out, at, pieces, piece_starts, _SUPPORT)
            is_first = True
            for byte in range(support.shape[1]):
                if support[pair, byte]:
                    for bit in range(8):
                        if (support[pair, byte] >> bit) & 1:
                            if not is_first:
                                at = _put(out, at, pieces, piece_starts, _COMMA)
                            is_first = False
                            at = _put(out, at, codes, code_starts, 8 * byte + bit)
            at = _put(out, at, pieces, piece_starts, _END_OF_LIST)
            if proposed[pair]:
                at = _put(out, at, pieces, piece_starts, _PROPOSED)
                at = _put_number(out, at, proposed[pair])
            at = _put(out, at, pieces, piece_starts, _END_OF_JOB)
            pair += 1
        at = _put(out, at, pieces, piece_starts, _NONE)
        is_first = True
        for reason in range(none.shape[1]):
            if none[person, reason]:
                if not is_first:
                    at = _put(out, at, pieces, piece_starts, _COMMA)
                is_first = False
                at = _put(out, at, pieces, piece_starts, _REASON + reason)
                at = _put_number(out, at, none[person, reason])
        at = _put(out, at, pieces, piece_starts, _END)
    return at


@njit(cache=True, nogil=True)
def _put(out: Any, at: int, texts: Any, starts: Any, which: int) -> int:
    first = starts[which]
    size = starts[which + 1] - first
    for byte in range(size):
        out[at + byte] = texts[first + byte]
    return int(at + size)


@njit(cache=True, nogil=True)
def _put_number(out: Any, at: int, number: int) -> int:
    size = 1
    rest = number // 10
    while rest:
        rest //= 10
        size += 1
    rest = number
    for place in range(size):
        out[at + size - 1 - place] = _ZERO + rest % 10
        rest //= 10
    return at + size
