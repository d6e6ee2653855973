"""The compiled passes over the cases of a caseload."""

# Loops and plain numbers throughout: this is what numba compiles well. Amounts of a case: benefit, wage, its prices.

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, nogil=True)
def sum_profiles(
    benefit: Any,
    wage: Any,
    prices: Any,
    weeks_on_benefit: Any,
    chance_class: Any,
    levels: int,
    profile: Any,
    sums: Any,
    heads: Any,
) -> None:
    """Fill `profile` (n,), and add the amounts to `sums` (profiles, terms) and the cases to `heads` (profiles,)."""
    for case in range(benefit.shape[0]):
        level = min(weeks_on_benefit[case], levels - 1)
        place = chance_class[case] * levels + level
        profile[case] = place
        heads[place] += 1.0
        sums[place, 0] += benefit[case]
        sums[place, 1] += wage[case]
        for support in range(prices.shape[1]):
            sums[place, 2 + support] += prices[case, support]


@njit(cache=True, nogil=True)
def _bin(part: float, whole: float, bins: int) -> int:
    if whole <= 0.0:
        return 0
    return min(int(bins * part / whole), bins - 1)


@njit(cache=True, nogil=True)
def sum_cells(
    benefit: Any, wage: Any, prices: Any, profile: Any, gain: Any, cost: Any, bins: Any, cell: Any, by_cell: Any
) -> None:
    """Fill `cell` (n,) and add the amounts to `by_cell` (cells, terms).

    A cell is a profile and three bins, `bins` of each: the share of costs in costs and gains, that of the wage in
    gains, that of the first price in costs; a second set holds the cases whose gain is negative.
    """
    every = 2 * bins[0] * bins[1] * bins[2]
    for case in range(benefit.shape[0]):
        place = profile[case]
        by_benefit = benefit[case] * gain[place, 0]
        by_wage = wage[case] * gain[place, 1]
        gains = abs(by_benefit + by_wage)
        first = 0.0
        costs = 0.0
        for support in range(prices.shape[1]):
            costs += prices[case, support] * cost[place, 2 + support]
            if support == 0:
                first = costs
        number = _bin(costs, costs + gains, bins[0])
        number = number * bins[1] + _bin(by_wage, abs(by_benefit) + by_wage, bins[1])
        number = number * bins[2] + _bin(first, costs, bins[2])
        number = 2 * number + (by_benefit + by_wage < 0.0) + place * every
        cell[case] = number
        by_cell[number, 0] += benefit[case]
        by_cell[number, 1] += wage[case]
        for support in range(prices.shape[1]):
            by_cell[number, 2 + support] += prices[case, support]


@njit(cache=True, nogil=True)
def answer_cells(
    benefit: Any, wage: Any, prices: Any, profile: Any, cell: Any, scale: Any, gradients: Any, rests: Any, found: Any
) -> None:
    """Fill `found` (n, 3): each case's amounts times the gradients of its cell, and its part of the rest."""
    for case in range(benefit.shape[0]):
        place = profile[case]
        number = cell[case]
        size = benefit[case] * scale[place, 0] + wage[case] * scale[place, 1]
        for support in range(prices.shape[1]):
            size += prices[case, support] * scale[place, 2 + support]
        for level in range(found.shape[1]):
            value = benefit[case] * gradients[number, level, 0] + wage[case] * gradients[number, level, 1]
            for support in range(prices.shape[1]):
                value += prices[case, support] * gradients[number, level, 2 + support]
            found[case, level] = value + size * rests[number, level]
