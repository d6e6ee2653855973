"""What a listed pair weighs in the spread: the one formula, for one pair and for many."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jobbro.kernel.fit import Verdict
from jobbro.kernel.fit_batch import VERDICTS

LISTED = 1000
OF_VERDICT = {Verdict.AS_IS: 300, Verdict.WITH_SUPPORT: 200, Verdict.ASK: 0}
A_WISH = 100
A_MEASURE = 20
LEAST = 1
# Half a kilometre that arithmetic has made a hair too short still counts as half.
HAIR = 1e-9

Whole = NDArray[np.int32]


def weight_of(*, verdict: Verdict, wish: int, measures: int, distance: float) -> int:
    """The weight of one listed pair, a whole number of at least 1.

    verdict: not `no`. wish: 0-2. measures: how many the smallest support has. distance: in km, the true one and not
    the printed one. Raises `ValueError` for a `no`, which is never listed. Source: contracts, section 3.
    """
    if verdict not in OF_VERDICT:
        raise ValueError("a pair whose verdict is no is not listed and has no weight")
    kilometres = math.floor(distance + 0.5 + HAIR)
    return max(LEAST, LISTED + OF_VERDICT[verdict] + A_WISH * wish - A_MEASURE * measures - kilometres)


def weights_of(
    *, verdict: NDArray[np.uint8], wish: NDArray[np.uint8], measures: NDArray[np.uint8], distance: NDArray[np.float64]
) -> Whole:
    """The weights of n listed pairs, (n,), exactly as `weight_of`.

    All (n,). verdict: positions in `fit_batch.VERDICTS`, none of them `no`. wish: 0-2. measures: how many.
    distance: in km, true. Raises `ValueError` for a `no`.
    """
    of_verdict = np.array([OF_VERDICT.get(each, -1) for each in VERDICTS], dtype=np.int32)[verdict]
    if (of_verdict < 0).any():
        raise ValueError("a pair whose verdict is no is not listed and has no weight")
    fixed = LISTED + of_verdict + A_WISH * wish.astype(np.int32) - A_MEASURE * measures.astype(np.int32)
    kilometres = np.floor(distance + 0.5 + HAIR)
    weights: Whole = np.maximum(LEAST, fixed - kilometres).astype(np.int32)
    return weights
