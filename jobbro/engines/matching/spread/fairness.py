"""How evenly proposals are spread: plain numbers for a page."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


def gini_of(amounts: NDArray[np.float64]) -> float:
    """The Gini coefficient of n amounts, 0 when all are equal or nothing is there, towards 1 when one has it all.

    amounts: (n,), at least 0. The same amounts in another order give the same number.
    """
    ordered = np.sort(amounts)
    whole = math.fsum(ordered)
    if not whole:
        return 0.0
    number = len(ordered)
    ranks = 2 * np.arange(1, number + 1) - number - 1
    return math.fsum(ranks * ordered) / (number * whole)
