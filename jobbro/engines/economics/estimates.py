"""Numbers nobody knows exactly: a range, how well it is founded, and draws from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MARKS: tuple[str, ...] = ("V", "D", "U", "C")
MAX_SEED = 2**63 - 1


class Grade(StrEnum):
    """How well a number is founded, best first."""

    MEASURED = "measured"
    SURVEY_OPINION = "survey_opinion"
    ASSUMPTION = "assumption"


class EconomicsError(ValueError):
    """An input cannot be reckoned with; `field` names it, `reason` says what to do."""

    def __init__(self, *, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number between `low` and `high`, with its grade, its source in words and the mark of that source.

    `likely` None: every value between is as likely as another. Else a triangle with its top at `likely`. Three equal
    numbers are a known number. `mark`: V read, D derived, U unconfirmed, C sources conflict. The unit is that of the
    field the estimate stands in. Raises `EconomicsError` for a number that is not finite, limits that are not in
    order and an empty source.
    """

    low: float
    high: float
    likely: float | None = None
    grade: Grade
    source: str
    mark: str = "U"

    def __post_init__(self) -> None:
        for field in ("low", "high", "likely"):
            value = getattr(self, field)
            if value is not None or field != "likely":
                check_number(value, field=field)
        top = self.low if self.likely is None else self.likely
        if not self.low <= top <= self.high:
            raise EconomicsError(field="low", reason="low, likely and high must stand in that order")
        if not isinstance(self.grade, Grade):
            raise EconomicsError(field="grade", reason=f"use one of {', '.join(Grade)}, not {self.grade!r}")
        if not isinstance(self.source, str) or not self.source.strip():
            raise EconomicsError(field="source", reason="every number needs a source in words")
        if self.mark not in MARKS:
            raise EconomicsError(field="mark", reason=f"use one of {', '.join(MARKS)}, not {self.mark!r}")

    @property
    def is_known(self) -> bool:
        """Whether the limits are one number."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> Floats:
        """The value below which `share` (0-1, any shape) of the estimate lies."""
        place = np.asarray(share, dtype=np.float64)
        width = self.high - self.low
        if width == 0:
            return np.full(place.shape, self.low)
        if self.likely is None:
            return self.low + width * place
        rising = self.likely - self.low
        return np.asarray(
            np.where(
                place * width <= rising,
                self.low + np.sqrt(place * width * rising),
                self.high - np.sqrt((1 - place) * width * (width - rising)),
            )
        )

    def times(self, factor: float) -> Estimate:
        """The estimate in another unit: every limit times `factor` (finite, not negative)."""
        if check_number(factor, field="factor") < 0:
            raise EconomicsError(field="factor", reason=f"must not be negative, and is {factor}")
        return Estimate(
            low=self.low * factor,
            high=self.high * factor,
            likely=None if self.likely is None else self.likely * factor,
            grade=self.grade,
            source=self.source,
            mark=self.mark,
        )


def known(value: float, *, source: str, grade: Grade = Grade.MEASURED, mark: str = "V") -> Estimate:
    """A number that is known, as an estimate without width."""
    return Estimate(low=value, high=value, grade=grade, source=source, mark=mark)


@dataclass(frozen=True, kw_only=True)
class Draws:
    """`count` draws from every estimate, always the same for one `seed`.

    Each name has a stream of its own, so two courses that share an estimate share its draws: what is left between
    them is their difference (common random numbers). Draws are stratified, one in each of `count` equal parts (Latin
    hypercube; McKay, Beckman and Conover 1979). Raises `EconomicsError` for less than 20 draws or a seed outside
    0 - 2^63-1.
    """

    count: int
    seed: int

    def __post_init__(self) -> None:
        check_whole(self.count, field="draws", low=20, high=1_000_000)
        check_whole(self.seed, field="seed", low=0, high=MAX_SEED)

    def of(self, estimate: Estimate, *, name: str) -> Floats:
        """(count,) values of the estimate; for a known number (1,), which stands for all draws."""
        if estimate.is_known:
            return np.array([estimate.low])
        random = np.random.default_rng([self.seed, *name.encode()])
        places = (random.permutation(self.count) + random.random(self.count)) / self.count
        return estimate.at(places)


def check_number(value: Any, *, field: str) -> float:
    """The value when it is a finite number; raises `EconomicsError` for NaN, infinity, truth values and text."""
    is_number = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        raise EconomicsError(field=field, reason=f"must be a finite number, not {value!r}")
    return float(value)


def check_between(value: Any, *, field: str, low: float, high: float) -> float:
    """The value when it is a number from `low` to `high`; else raises `EconomicsError`."""
    number = check_number(value, field=field)
    if not low <= number <= high:
        raise EconomicsError(field=field, reason=f"must be from {low:g} to {high:g}, and is {number:g}")
    return number


def check_whole(value: Any, *, field: str, low: int, high: int) -> int:
    """The value when it is a whole number from `low` to `high`; else raises `EconomicsError`."""
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not is_whole or not low <= value <= high:
        raise EconomicsError(field=field, reason=f"must be a whole number from {low} to {high}, not {value!r}")
    return int(value)


def check_estimate(value: Any, *, field: str, low: float, high: float) -> Estimate:
    """The value when it is an estimate inside `low` and `high`; else raises `EconomicsError`."""
    if not isinstance(value, Estimate):
        raise EconomicsError(field=field, reason=f"must be an Estimate with grade and source, not {value!r}")
    if value.low < low or value.high > high:
        raise EconomicsError(field=field, reason=f"must lie from {low:g} to {high:g}, not {value.low:g}-{value.high:g}")
    return value
