"""Verdict and smallest support for many pairs at once: the answers of `fit`, on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jobbro.kernel.fit import Measure, Verdict
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = 255
# Position in this tuple = number in `BatchFit.verdict`.
VERDICTS: tuple[Verdict, ...] = (Verdict.AS_IS, Verdict.WITH_SUPPORT, Verdict.ASK, Verdict.NO)

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class MeasureTable:
    """Measures as arrays: m rows in code order. relief: (m, 24) levels 0-4. cost: (m,) bands 1-4."""

    codes: tuple[str, ...]
    relief: Bytes = field(hash=False, compare=False)
    cost: Bytes = field(hash=False, compare=False)

    @property
    def mask_bytes(self) -> int:
        """How many bytes hold one bit a measure."""
        return (len(self.codes) + 7) // 8


@dataclass(frozen=True, kw_only=True)
class BatchFit:
    """n pairs. verdict: (n,) positions in `VERDICTS`. support: (n, b) bits, bit j of byte i = measure 8i + j."""

    verdict: Bytes = field(hash=False, compare=False)
    support: Bytes = field(hash=False, compare=False)

    def codes(self, pair: int, *, table: MeasureTable) -> tuple[str, ...]:
        """The codes of the smallest support of one pair, in code order."""
        chosen = np.unpackbits(self.support[pair], bitorder="little")[: len(table.codes)]
        return tuple(table.codes[position] for position in np.flatnonzero(chosen))


def measure_table(measures: Sequence[Measure]) -> MeasureTable:
    """The measures in code order as arrays. Raises `ValueError` when two measures have one code."""
    ordered = sorted(measures, key=lambda measure: measure.code)
    codes = tuple(measure.code for measure in ordered)
    if len(set(codes)) < len(codes):
        raise ValueError("two measures have one code; codes must be unique")
    relief = np.array([[measure.relief.get(area, 0) for area in AREAS] for measure in ordered], dtype=np.uint8)
    cost = np.array([measure.cost for measure in ordered], dtype=np.uint8)
    return MeasureTable(codes=codes, relief=relief.reshape(len(codes), len(AREAS)), cost=cost)


def all_available(*, table: MeasureTable, pairs: int) -> Bytes:
    """(pairs, b) bits: every measure is available to every pair."""
    row = np.packbits(np.ones(len(table.codes), dtype=np.uint8), bitorder="little")
    return np.broadcast_to(row, (pairs, table.mask_bytes))


def fit_many(*, capacity: Bytes, demand: Bytes, available: Bytes, table: MeasureTable) -> BatchFit:
    """Verdict and smallest support of n pairs, exactly as `fit` with its conditions met.

    capacity: (n, 24) levels 0-4 in the order of `AREAS`, 255 for unknown. demand: (n, 24) levels 0-4. available:
    (n, b) bits as in `BatchFit`. All uint8. Raises `ValueError` for another shape, type or level. The first call in a
    process loads the compiled search (compiled once, then cached on disk); it runs without the interpreter lock.
    """
    pairs = len(capacity)
    _check_array(capacity, name="capacity", shape=(pairs, len(AREAS)))
    _check_array(demand, name="demand", shape=(pairs, len(AREAS)))
    _check_array(available, name="available", shape=(pairs, table.mask_bytes))
    if ((capacity > LEVEL_MAX) & (capacity != UNKNOWN)).any():
        raise ValueError(f"capacity holds a level that is neither 0-{LEVEL_MAX} nor {UNKNOWN} for unknown")
    if (demand > LEVEL_MAX).any():
        raise ValueError(f"demand holds a level outside 0-{LEVEL_MAX}; a job says what it asks")
    verdict = np.empty(pairs, dtype=np.uint8)
    support = np.zeros((pairs, table.mask_bytes), dtype=np.uint8)
    _search()(capacity, demand, available, table.relief, table.cost, verdict, support)
    return BatchFit(verdict=verdict, support=support)


def _check_array(array: NDArray[Any], *, name: str, shape: tuple[int, int]) -> None:
    if array.shape != shape or array.dtype != np.uint8:
        raise ValueError(f"{name} must be uint8 of shape {shape}, not {array.dtype} of shape {array.shape}")


def _search() -> Callable[..., None]:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.kernel.fit_search import search

    return search
