"""The cheapest spread of cases over colleagues when each further case of one costs more: exact, with a proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.int64]
# Dearer than any spread: such a pair is never chosen. Two of them still fit a 64-bit number.
BARRED = np.int64(2**60)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """`chosen`: (cases,) the column of the colleague, -1 where every pair is barred. `total` and a proven `bound`."""

    chosen: NDArray[np.intp]
    total: int
    bound: int


def spread_cases(costs: Points, *, load: Points, tenths: Points, weight: int) -> Spread:
    """Each case has one colleague so that the sum of pair points and load points is least.

    `costs`: (cases, colleagues) points of each pair, `BARRED` where it cannot be. `load`: (colleagues,) cases they have
    already. `tenths`: (colleagues,) tenths of hours a week, more than 0. `weight`: points of the load, see
    `marginal_points`. Of equal spreads always the same one is found.

    Successive shortest paths (Jewell 1958) with prices (Edmonds and Karp 1972) on the network case -> colleague ->
    load, in which the load of a colleague is one arc a case, each dearer than the one before. Colleagues are few, so a
    path is sought among them alone, by Dijkstra: from one to another leads the case that moves most cheaply.
    """
    return _Spreading(costs, load=load, tenths=tenths, weight=weight).run()


def marginal_points(*, load: Points | np.int64, tenths: Points | np.int64, weight: int) -> Points:
    """(colleagues,) what one more case costs: `weight`·(2·load + 1)·370/tenths, rounded down; grows with the load."""
    return np.asarray(weight * (2 * load + 1) * 370 // tenths)


class _Spreading:
    """The spread so far: who has which cases, the cheapest move of a case between each two colleagues, and prices.

    The price of a colleague is at most what the cheapest way costs by which one more case finds a place from there, the
    place included; so no step of a way costs less than the difference of two prices, and Dijkstra's search may stop
    early.
    """

    def __init__(self, costs: Points, *, load: Points, tenths: Points, weight: int) -> None:
        cases, colleagues = costs.shape
        self.costs, self.before, self.tenths, self.weight = costs, load, tenths, weight
        self.chosen = np.full(cases, -1, dtype=np.intp)
        self.held: list[list[int]] = [[] for _ in range(colleagues)]
        self.moves = np.full((colleagues, colleagues), BARRED, dtype=np.int64)
        self.movers = np.full((colleagues, colleagues), -1, dtype=np.intp)
        self.next_points = marginal_points(load=load, tenths=tenths, weight=weight)
        self.prices = self.next_points.copy()

    def run(self) -> Spread:
        for case in range(len(self.costs)):
            if (self.costs[case] < BARRED).any():
                self._add(case)
        placed = np.flatnonzero(self.chosen >= 0)
        return Spread(chosen=self.chosen, total=self._total(placed), bound=self._bound(placed))

    def _add(self, case: int) -> None:
        """One more case has a colleague, and others move where that is cheaper."""
        end, came_from = self._path(self.costs[case])
        while came_from[end] >= 0:
            start = int(came_from[end])
            self._give(int(self.movers[start, end]), to=end, away_from=start)
            end = start
        self._give(case, to=end)

    def _path(self, first: Points) -> tuple[int, NDArray[np.intp]]:
        """Where the cheapest way of one more case ends, and over whom; the prices hold for the spread after it."""
        far = np.where(first >= BARRED, BARRED, first + self.prices)
        came_from = np.full(len(first), -1, dtype=np.intp)
        is_open = np.ones(len(first), dtype=bool)
        end, best = -1, BARRED
        while True:
            nearest = int(np.where(is_open, far, BARRED).argmin())
            if not is_open[nearest] or far[nearest] >= best:
                break
            is_open[nearest] = False
            over = far[nearest] - self.prices[nearest]
            if over + self.next_points[nearest] < best:
                end, best = nearest, over + self.next_points[nearest]
            onward = np.where(self.moves[nearest] >= BARRED, BARRED, over + self.moves[nearest] + self.prices)
            nearer = is_open & (onward < far)
            far = np.where(nearer, onward, far)
            came_from[nearer] = nearest
        self.prices += np.maximum(best - far, 0)
        return end, came_from

    def _give(self, case: int, *, to: int, away_from: int | None = None) -> None:
        if away_from is not None:
            self.held[away_from].remove(case)
            self._reckon_moves(away_from)
        self.chosen[case] = to
        self.held[to].append(case)
        self._reckon_moves(to)
        for one in (to, away_from):
            if one is not None:
                load = self.before[one] + len(self.held[one])
                self.next_points[one] = marginal_points(load=load, tenths=self.tenths[one], weight=self.weight)

    def _reckon_moves(self, colleague: int) -> None:
        """The row of the cheapest moves away from the colleague; BARRED to itself and when there is no case."""
        held = np.array(sorted(self.held[colleague]), dtype=np.intp)
        if not len(held):
            self.moves[colleague], self.movers[colleague] = BARRED, -1
            return
        extra = self.costs[held] - self.costs[held, colleague][:, None]
        extra[self.costs[held] >= BARRED] = BARRED
        best = extra.argmin(axis=0)
        self.moves[colleague] = extra[best, np.arange(extra.shape[1])]
        self.movers[colleague] = held[best]
        self.moves[colleague, colleague] = BARRED

    def _total(self, placed: NDArray[np.intp]) -> int:
        total = int(self.costs[placed, self.chosen[placed]].sum())
        for colleague, held in enumerate(self.held):
            total += int(self._load_points(colleague, upto=len(held)).sum())
        return total

    def _load_points(self, colleague: int, *, upto: int) -> Points:
        """(upto,) what the first, second … further case of the colleague costs."""
        steps = np.arange(upto, dtype=np.int64)
        return marginal_points(load=self.before[colleague] + steps, tenths=self.tenths[colleague], weight=self.weight)

    def _bound(self, placed: NDArray[np.intp]) -> int:
        """No spread costs less, whatever the search did: Lagrange's bound with a price for a place at each colleague.

        Σ over cases of the cheapest (pair + price) + Σ over colleagues of the least (load points - price) over all
        numbers of cases, which for growing load points is the sum of the steps below the price.
        """
        prices = self.prices
        dearest = np.minimum(self.costs[placed] + prices[None, :], BARRED)
        bound = int(dearest.min(axis=1).sum()) if len(placed) else 0
        for colleague, price in enumerate(prices):
            steps = self._load_points(colleague, upto=len(placed))
            bound += int(np.minimum(steps - price, 0).sum())
        return bound
