"""Amounts over time with their uncertainty: a panel for each party, an interval as a line, the middle as a mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from jobbro.webkit.schemes.values import number_text

WIDTH, HEIGHT = 300, 196
LEFT, RIGHT, TOP, BOTTOM = 58, 290, 12, 168
# So far two series stand from the moment they share.
BESIDE = 9
TICKS = 4


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An amount between `low` and `high` with `median` in the middle."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, kw_only=True)
class IntervalPanel:
    """One party: a row of intervals for each series, None where an amount is unknown, and what the last ones say."""

    label: str
    series: tuple[tuple[Interval | None, ...], ...]
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnInterval:
    """A line from bottom to top at `x`, with its mark at `y`."""

    x: float
    top: float
    bottom: float
    y: float
    diamond: str


@dataclass(frozen=True, kw_only=True)
class DrawnSeries:
    """The intervals of a series and the path between their middles."""

    kind: str
    intervals: tuple[DrawnInterval, ...]
    path: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A number on an axis."""

    text: str
    x: float
    y: float
    is_zero: bool = False

    @property
    def text_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True, kw_only=True)
class DrawnPanel:
    """A panel with its drawing and its words, and the same numbers for the table."""

    label: str
    told: tuple[str, ...]
    series: tuple[DrawnSeries, ...]
    rows: tuple[tuple[str, ...], ...]
    is_empty: bool


@dataclass(frozen=True, kw_only=True)
class IntervalPicture:
    """All that the template shows. `names` are the series, none when there is only one."""

    title: str
    note: str
    panels: tuple[DrawnPanel, ...]
    names: tuple[str, ...]
    moments: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT


KINDS = ("first", "second")


def interval_picture(
    *, panels: Iterable[IntervalPanel], moments: Iterable[str], names: Iterable[str], title: str, note: str
) -> IntervalPicture:
    """The panels on one scale, so that what one gains can be held against what another pays."""
    all_panels, labels, all_names = tuple(panels), tuple(moments), tuple(names)
    scale = _scale_of(all_panels)
    places = _places(len(labels))
    return IntervalPicture(
        title=title,
        note=note,
        panels=tuple(_panel(panel, places=places, scale=scale) for panel in all_panels),
        names=all_names,
        moments=tuple(Tick(text=text, x=x, y=HEIGHT - 8) for text, x in zip(labels, places, strict=True)),
        ticks=tuple(
            Tick(text=number_text(value).replace("-", "−"), x=LEFT - 8, y=scale.y(value), is_zero=value == 0)
            for value in scale.ticks
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Scale:
    low: float
    high: float
    ticks: tuple[float, ...]

    def y(self, value: float) -> float:
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)


def _scale_of(panels: tuple[IntervalPanel, ...]) -> _Scale:
    """A scale from the smallest to the largest amount, nothing included, with round numbers on it."""
    found = [one for panel in panels for row in panel.series for one in row if one is not None]
    low = min([0.0, *(one.low for one in found)])
    high = max([0.0, *(one.high for one in found)])
    step = _round_step((high - low) / TICKS or 1.0)
    first, last = floor(low / step), ceil(high / step)
    last = max(last, first + 1)
    return _Scale(low=first * step, high=last * step, ticks=tuple(step * place for place in range(first, last + 1)))


def _round_step(step: float) -> float:
    size = 10.0 ** floor(log10(step))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= step)


def _places(count: int) -> tuple[float, ...]:
    room = (RIGHT - LEFT) / count
    return tuple(round(LEFT + room * (place + 0.5), 1) for place in range(count))


def _panel(panel: IntervalPanel, *, places: tuple[float, ...], scale: _Scale) -> DrawnPanel:
    shifts = (0,) if len(panel.series) == 1 else (-BESIDE, BESIDE)
    series = tuple(
        _series(row, kind=kind, places=tuple(x + shift for x in places), scale=scale)
        for row, kind, shift in zip(panel.series, KINDS, shifts, strict=False)
    )
    return DrawnPanel(
        label=panel.label,
        told=panel.told,
        series=series,
        rows=tuple(tuple(_told(one) for one in row) for row in panel.series),
        is_empty=not any(one.intervals for one in series),
    )


def _series(row: tuple[Interval | None, ...], *, kind: str, places: tuple[float, ...], scale: _Scale) -> DrawnSeries:
    drawn = tuple(_drawn(one, x=x, scale=scale) for one, x in zip(row, places, strict=True) if one is not None)
    lines = (f"M{a.x:g} {a.y:g}L{b.x:g} {b.y:g}" for a, b in pairwise(drawn))
    return DrawnSeries(kind=kind, intervals=drawn, path=" ".join(lines))


def _drawn(one: Interval, *, x: float, scale: _Scale) -> DrawnInterval:
    y = scale.y(one.median)
    return DrawnInterval(
        x=x,
        top=scale.y(one.high),
        bottom=scale.y(one.low),
        y=y,
        diamond=f"M{x:g} {y - 6:g}L{x + 6:g} {y:g}L{x:g} {y + 6:g}L{x - 6:g} {y:g}Z",
    )


def _told(one: Interval | None) -> str:
    """“−48 · 3 · 12”: the smallest, the middle and the largest; a dash where it is unknown."""
    if one is None:
        return "–"
    return " · ".join(number_text(round(value)).replace("-", "−") for value in (one.low, one.median, one.high))
