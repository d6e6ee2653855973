"""The assumptions of the reckoning: dated numbers with grade, mark and source, read strictly from one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jobbro.engines.economics.courses import UNKNOWN_SHARE, Paid, Party, Support, Taxes
from jobbro.engines.economics.estimates import EconomicsError, Estimate, Grade
from jobbro.engines.economics.weeks import Ladder
from jobbro.kernel.strict_yaml import Document, read_yaml
from jobbro.kernel.vocabulary import LANGUAGES, SCHEMES

FILE = Path(__file__).with_name("assumptions.yaml")
UNITS = ("kr", "kr_per_hour", "kr_per_week", "kr_per_week_of_absence")

_NUMBER = ("low", "high", "grade", "mark", "source")
_SCHEME = ("scheme", "unit", "paid", "weeks", "path", "is_taxed", "state_share", "prices", "effect")
_HEAD = ("checked_on", "refund_ladder", "municipal_tax", "state_tax", "yearly_price_rise", "schemes")

Value = TypeVar("Value")
Dated = tuple[tuple[date, Value], ...]


@dataclass(frozen=True, kw_only=True)
class YearPrice:
    """A price that was read: `estimate` in the scheme's unit, for calendar year `year`, None when no year is stated."""

    year: int | None
    estimate: Estimate


@dataclass(frozen=True, kw_only=True)
class SchemeAssumptions:
    """What is assumed of one scheme: when and to whom it is paid, in which unit, its prices, share and effect."""

    support: Support
    unit: str
    shares: Dated[Estimate]
    follows_ladder: bool
    prices: tuple[YearPrice, ...]
    effects: Dated[Estimate]


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Everything in the file, in one language, with the sha256 of the file as its version."""

    checked_on: date
    version: str
    ladders: Dated[Ladder]
    municipal_tax: Dated[Estimate]
    state_tax: Dated[Estimate]
    price_rise: Dated[Estimate]
    schemes: Mapping[str, SchemeAssumptions]

    def refund_ladder(self, *, on: date) -> Ladder:
        """The refund ladder in force; raises `EconomicsError` for a day before the first."""
        return _needed(self.ladders, on=on, field="refund_ladder")

    def taxes(self, *, on: date) -> Taxes:
        """Shares of one more krone; raises `EconomicsError` for a day before the first."""
        return Taxes(
            municipality=_needed(self.municipal_tax, on=on, field="municipal_tax"),
            state=_needed(self.state_tax, on=on, field="state_tax"),
        )

    def of(self, scheme: str) -> SchemeAssumptions:
        """What is assumed of the scheme; raises `EconomicsError` when nothing is."""
        if scheme not in self.schemes:
            raise EconomicsError(field="scheme", reason=f"nothing is assumed of {scheme!r}")
        return self.schemes[scheme]

    def known_price(self, scheme: str, *, on: date) -> Estimate | None:
        """The price of the day's calendar year; None when none was read. Never carried over from another year."""
        return next((price.estimate for price in self.of(scheme).prices if price.year == on.year), None)

    def last_price(self, scheme: str, *, on: date) -> YearPrice | None:
        """The newest price read up to the day's year, undated ones last: to be shown with its year, not paid out."""
        past = [price for price in self.of(scheme).prices if price.year is None or price.year <= on.year]
        return max(past, key=lambda price: price.year or 0, default=None)

    def planning_price(self, scheme: str, *, on: date) -> Estimate | None:
        """A price to reckon with: the year's own, else an interval from the last dated one and the assumed rise.

        None when no dated price was read. An interval carried forward has the grade assumption and says its year.
        """
        if (own := self.known_price(scheme, on=on)) is not None:
            return own
        last = self.last_price(scheme, on=on)
        if last is None or last.year is None:
            return None
        rise, years = _needed(self.price_rise, on=on, field="yearly_price_rise"), on.year - last.year
        return Estimate(
            low=last.estimate.low * (1 + rise.low) ** years,
            high=last.estimate.high * (1 + rise.high) ** years,
            grade=Grade.ASSUMPTION,
            source=f"{last.estimate.source} ({last.year}). {rise.source}",
        )

    def support_for(
        self, scheme: str, *, on: date, price: Estimate | None = None, amount: float = 1.0, weeks: int | None = None
    ) -> Support:
        """The scheme as part of a course.

        `amount`: how many of the scheme's unit (hours a week, weeks of absence a week, pieces). `price`: for one unit;
        without it the planning price, and if there is none the price stays unknown. `weeks`: another limit than the
        assumed. Raises `EconomicsError` for a scheme without assumptions or a negative amount.
        """
        assumed = self.of(scheme)
        found = self.planning_price(scheme, on=on) if price is None else price
        share = self.refund_ladder(on=on) if assumed.follows_ladder else _at(assumed.shares, on=on) or UNKNOWN_SHARE
        return replace(
            assumed.support,
            price=None if found is None else found.times(amount),
            state_share=share,
            weeks=assumed.support.weeks if weeks is None else weeks,
        )

    def effect_of(self, schemes: Iterable[str], *, on: date) -> Estimate | None:
        """What the schemes together change in the yearly chance; None when nothing is assumed of any of them.

        Effects do not simply add up: together they lie between the strongest alone and the sum of all (at most 1).
        """
        found = [effect for scheme in schemes if (effect := _at(self.of(scheme).effects, on=on)) is not None]
        if not found:
            return None
        strongest = max(found, key=lambda effect: effect.high)
        if len(found) == 1:
            return strongest
        return Estimate(
            low=max(effect.low for effect in found),
            likely=max(_likely(effect) for effect in found),
            high=min(1.0, sum(max(effect.high, 0.0) for effect in found)),
            grade=Grade.ASSUMPTION,
            source=" + ".join(dict.fromkeys(effect.source for effect in found)),
        )


@cache
def assumptions(language: str = "da") -> Assumptions:
    """The assumptions that are shipped, with sources in `language` ("da" or "en"); read once."""
    return read_assumptions(FILE, language=language)


def read_assumptions(path: Path, *, language: str) -> Assumptions:
    """The assumptions in a file.

    Raises `ContentError` with file, line and field for a missing or unknown field, a number outside its range, days
    that do not rise, an unknown scheme, party or grade and a scheme given twice; `ValueError` for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no sources in {language!r}; use one of {', '.join(LANGUAGES)}")
    reader = _Reader(document=read_yaml(path), language=language)
    head = reader.document.value
    reader.check_keys(head, field="", required=_HEAD)
    schemes: dict[str, SchemeAssumptions] = {}
    for position, row in enumerate(reader.list_of(head["schemes"], field="schemes")):
        field = f"schemes[{position}]"
        found = reader.scheme(row, field=field)
        if found.support.scheme in schemes:
            raise reader.document.error(field=f"{field}.scheme", reason="is given twice")
        schemes[found.support.scheme] = found
    return Assumptions(
        checked_on=reader.day(head["checked_on"], field="checked_on"),
        version=hashlib.sha256(path.read_bytes()).hexdigest(),
        ladders=reader.ladders(head["refund_ladder"], field="refund_ladder"),
        municipal_tax=reader.dated(head["municipal_tax"], field="municipal_tax", low=0, high=1),
        state_tax=reader.dated(head["state_tax"], field="state_tax", low=0, high=1),
        price_rise=reader.dated(head["yearly_price_rise"], field="yearly_price_rise", low=0, high=1),
        schemes=schemes,
    )


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """One file on its way in."""

    document: Document
    language: str

    def check_keys(self, value: Any, *, field: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
        if not isinstance(value, dict):
            raise self.document.error(field=field, reason=f"must have the fields {', '.join(required)}")
        for key in value:
            if key not in required and key not in optional:
                raise self.document.error(field=_join(field, key), reason="is not a known field")
        for key in required:
            if key not in value:
                raise self.document.error(field=_join(field, key), reason="is left out; write it")

    def list_of(self, value: Any, *, field: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.document.error(field=field, reason="must be a list")
        return value

    def day(self, value: Any, *, field: str) -> date:
        if type(value) is not date:
            raise self.document.error(field=field, reason="must be a date, as 2026-01-01")
        return value

    def text(self, value: Any, *, field: str) -> str:
        self.check_keys(value, field=field, required=LANGUAGES)
        for language in LANGUAGES:
            if not isinstance(value[language], str) or not value[language].strip():
                raise self.document.error(field=f"{field}.{language}", reason="must be a text")
        return str(value[self.language])

    def estimate(self, row: Any, *, field: str, low: float, high: float, more: tuple[str, ...] = ()) -> Estimate:
        self.check_keys(row, field=field, required=(*_NUMBER, *more), optional=("likely",))
        if row["grade"] not in list(Grade):
            raise self.document.error(field=f"{field}.grade", reason=f"use one of {', '.join(Grade)}")
        try:
            found = Estimate(
                low=row["low"],
                high=row["high"],
                likely=row.get("likely"),
                grade=Grade(row["grade"]),
                source=self.text(row["source"], field=f"{field}.source"),
                mark=row["mark"],
            )
        except EconomicsError as error:
            raise self.document.error(field=f"{field}.{error.field}", reason=error.reason) from error
        if found.low < low or found.high > high:
            raise self.document.error(field=f"{field}.low", reason=f"must lie from {low:g} to {high:g}")
        return found

    def dated(self, rows: Any, *, field: str, low: float, high: float) -> Dated[Estimate]:
        found = []
        for position, row in enumerate(self.list_of(rows, field=field)):
            place = f"{field}[{position}]"
            estimate = self.estimate(row, field=place, low=low, high=high, more=("from",))
            found.append((self.day(row["from"], field=f"{place}.from"), estimate))
        return self.rising(found, field=field)

    def rising(self, found: list[tuple[date, Value]], *, field: str) -> Dated[Value]:
        days = [day for day, _ in found]
        if days != sorted(set(days)):
            raise self.document.error(field=field, reason="the days must rise; add a new day, never a second value")
        return tuple(found)

    def ladders(self, rows: Any, *, field: str) -> Dated[Ladder]:
        found = []
        for position, row in enumerate(self.list_of(rows, field=field)):
            place = f"{field}[{position}]"
            self.check_keys(row, field=place, required=("from", "mark", "source", "steps"))
            steps = self.list_of(row["steps"], field=f"{place}.steps")
            for number, step in enumerate(steps):
                self.check_keys(step, field=f"{place}.steps[{number}]", required=("until_weeks", "share"))
            if not steps or steps[-1]["until_weeks"] is not None:
                raise self.document.error(field=f"{place}.steps", reason="the last step has no end: until_weeks: null")
            try:
                ladder = Ladder(
                    ends=tuple(step["until_weeks"] for step in steps[:-1]),
                    shares=tuple(step["share"] for step in steps),
                    source=self.text(row["source"], field=f"{place}.source"),
                    mark=row["mark"],
                )
            except EconomicsError as error:
                raise self.document.error(field=f"{place}.steps", reason=error.reason) from error
            found.append((self.day(row["from"], field=f"{place}.from"), ladder))
        return self.rising(found, field=field)

    def scheme(self, row: Any, *, field: str) -> SchemeAssumptions:
        self.check_keys(row, field=field, required=_SCHEME)
        if row["scheme"] not in SCHEMES:
            raise self.document.error(field=f"{field}.scheme", reason=f"unknown scheme {row['scheme']!r}")
        if row["unit"] not in UNITS:
            raise self.document.error(field=f"{field}.unit", reason=f"use one of {', '.join(UNITS)}")
        share = row["state_share"]
        is_dated = share not in (None, "ladder")
        return SchemeAssumptions(
            support=self.support(row, field=field),
            unit=row["unit"],
            shares=self.dated(share, field=f"{field}.state_share", low=0, high=1) if is_dated else (),
            follows_ladder=share == "ladder",
            prices=self.prices(row["prices"], field=f"{field}.prices"),
            effects=self.dated(row["effect"], field=f"{field}.effect", low=-1, high=1),
        )

    def support(self, row: Any, *, field: str) -> Support:
        try:
            return Support(
                scheme=row["scheme"],
                price=None,
                paid=Paid(row["paid"]),
                weeks=row["weeks"],
                path=tuple(Party(party) for party in self.list_of(row["path"], field=f"{field}.path")),
                is_taxed=self.truth(row["is_taxed"], field=f"{field}.is_taxed"),
            )
        except EconomicsError as error:
            raise self.document.error(field=f"{field}.{error.field.split('.')[-1]}", reason=error.reason) from error
        except ValueError as error:
            if hasattr(error, "line"):
                raise
            raise self.document.error(field=field, reason=f"{error}; look at paid and path") from error

    def truth(self, value: Any, *, field: str) -> bool:
        if not isinstance(value, bool):
            raise self.document.error(field=field, reason="must be true or false")
        return value

    def prices(self, rows: Any, *, field: str) -> tuple[YearPrice, ...]:
        found: list[YearPrice] = []
        for position, row in enumerate(self.list_of(rows, field=field)):
            place = f"{field}[{position}]"
            estimate = self.estimate(row, field=place, low=0, high=1e9, more=("year",))
            year = row["year"]
            is_year = isinstance(year, int) and not isinstance(year, bool) and 1990 <= year <= 2100
            if year is not None and not is_year:
                raise self.document.error(field=f"{place}.year", reason="must be a calendar year, or null")
            if year in [price.year for price in found]:
                raise self.document.error(field=f"{place}.year", reason="is given twice")
            found.append(YearPrice(year=year, estimate=estimate))
        return tuple(found)


def _at(values: Dated[Value], *, on: date) -> Value | None:
    return next((value for day, value in reversed(values) if day <= on), None)


def _needed(values: Dated[Value], *, on: date, field: str) -> Value:
    if (found := _at(values, on=on)) is None:
        raise EconomicsError(field=field, reason=f"nothing is known for {on.isoformat()}; choose a later day")
    return found


def _likely(effect: Estimate) -> float:
    return (effect.low + effect.high) / 2 if effect.likely is None else effect.likely


def _join(field: str, key: str) -> str:
    return f"{field}.{key}" if field else key
