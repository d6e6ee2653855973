"""Median with 5 and 95 %: the only way an amount leaves this engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobbro.engines.economics.estimates import Floats

LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, kw_only=True)
class Quantiles:
    """What is under `low` in 5 %, under `median` in half and under `high` in 95 % of the draws."""

    low: float
    median: float
    high: float


def quantiles_of(row: Floats) -> Quantiles:
    """The quantiles of all values of the row, linear between neighbours."""
    # Sorting is vectorised and quicker than looking for each quantile.
    ordered = np.sort(row)
    low, median, high = (float(between(ordered, level=level)) for level in LEVELS)
    return Quantiles(low=low, median=median, high=high)


def between(ordered: Floats, *, level: float) -> Floats:
    """The quantile at `level` of the last axis, already in order: linear between the two neighbours."""
    place = level * (ordered.shape[-1] - 1)
    before = int(place)
    after = min(before + 1, ordered.shape[-1] - 1)
    low, high = ordered[..., before], ordered[..., after]
    return np.asarray(low + (high - low) * (place - before))
