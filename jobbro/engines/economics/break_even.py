"""The effect at which a course begins to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jobbro.engines.economics.courses import Course, Party
from jobbro.engines.economics.drawing import Books, Drawn, books_of, lines_of
from jobbro.engines.economics.estimates import Floats
from jobbro.engines.economics.quantiles import LEVELS

# Effects tried, closer together where they are small; draws of the prices used.
_EFFECTS = np.linspace(0.0, 1.0, 65) ** 2
_DRAWS = 200


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """The smallest effect, in points of the yearly chance (0-1), at which nothing is lost, as the prices are drawn.

    `low`, `median`, `high` are its 5, 50 and 95 %; None where it lies beyond every possible effect. 0: it pays even
    without an effect. `chance_never`: the share of draws in which no effect is large enough.
    """

    low: float | None
    median: float | None
    high: float | None
    chance_never: float


def break_evens_of(course: Course, *, drawn: Drawn, groups: Sequence[tuple[Party, ...]]) -> list[BreakEven | None]:
    """For each group of parties where their net turns from below 0, from the first 200 draws of all but the effect.

    None where the net needs an unknown price. Between the 65 effects tried a straight line is taken.
    """
    tried = _with_effects(drawn)
    books = books_of(lines_of(course, drawn=tried, setting=tried.setting(course)))
    return [_break_even(books, parties=parties) for parties in groups]


def _break_even(books: Books, *, parties: tuple[Party, ...]) -> BreakEven | None:
    net = books.net(parties)
    if net is None:
        return None
    needed = np.sort(_first_crossing(np.broadcast_to(net, (len(_EFFECTS), np.atleast_2d(net).shape[1]))))
    picked = [float(needed[round(level * (len(needed) - 1))]) for level in LEVELS]
    low, median, high = (None if np.isinf(effect) else effect for effect in picked)
    return BreakEven(low=low, median=median, high=high, chance_never=float(np.isinf(needed).mean()))


def _with_effects(drawn: Drawn) -> Drawn:
    """All effects tried, down, against the first draws of all else, across."""
    return replace(drawn.first(_DRAWS), effect=_EFFECTS[:, None])


def _first_crossing(net: Floats) -> Floats:
    """For each column the first effect with a net of at least 0, between neighbours by a straight line; else inf."""
    pays = net >= -0.001
    first = pays.argmax(axis=0)
    columns = np.arange(net.shape[1])
    after = net[first, columns]
    earlier = np.maximum(first - 1, 0)
    before = np.minimum(net[earlier, columns], 0.0)
    rise = np.where(after > before, after - before, 1.0)
    effect = _EFFECTS[earlier] + (_EFFECTS[first] - _EFFECTS[earlier]) * (-before / rise)
    return np.where(pays.any(axis=0), np.where(first == 0, 0.0, effect), np.inf)
