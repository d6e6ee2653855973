"""Persons, jobs and measures read from plain values: every field known, of its kind and in its range, or refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, TypeVar

from jobbro.engines.matching.layout import FARTHEST_KM
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.refusals import MatchingFileError
from jobbro.kernel.vocabulary import AREAS, SLOTS

MOST_PLACES = 1_000_000_000
PERSON_FIELDS = ("id", "capacity", "x", "y", "max_km", "hours", "slots")
PERSON_MAY_HAVE = ("wishes", "skills", "measures")
JOB_FIELDS = ("id", "demand", "x", "y", "hours", "occupation")
JOB_MAY_HAVE = ("slots", "requires", "places", "measures")
MEASURE_FIELDS = ("code", "relief", "cost", "scheme")

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a record and the way to it. Every method raises `MatchingFileError` for another kind of value."""

    file: str
    line: int
    field: str
    value: object

    def refuse(self, code: str, *values: str) -> NoReturn:
        """Raise for this place."""
        raise MatchingFileError(file=self.file, line=self.line, field=self.field, code=code, values=values)

    def fields(self, *, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Node]:
        """The fields of an object; refuses unknown and missing ones."""
        found = self.entries()
        for name, node in found.items():
            if name not in required and name not in optional:
                node.refuse("unknown_field", ", ".join((*required, *optional)))
        for name in required:
            if name not in found:
                self.refuse("missing_field", name)
        return found

    def entries(self) -> dict[str, Node]:
        """The entries of an object, whatever their names."""
        if not isinstance(self.value, dict):
            self.refuse("not_an_object")
        before = f"{self.field}." if self.field else ""
        return {name: Node(self.file, self.line, f"{before}{name}", value) for name, value in self.value.items()}

    def each(self, read: Callable[[Node], Read]) -> tuple[Read, ...]:
        """The entries of a list, each read."""
        if not isinstance(self.value, list):
            self.refuse("not_a_list")
        return tuple(
            read(Node(self.file, self.line, f"{self.field}[{at}]", value)) for at, value in enumerate(self.value)
        )

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            self.refuse("not_a_text")
        return self.value

    def codes(self) -> tuple[str, ...]:
        """A list of texts; a text given twice counts once."""
        return tuple(dict.fromkeys(self.each(Node.text)))

    def among(self, known: Collection[str], *, code: str, more: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts that are all known."""

        def one(node: Node) -> str:
            if node.text() not in known:
                node.refuse(code, node.text(), *more)
            return node.text()

        return tuple(dict.fromkeys(self.each(one)))

    def number(self) -> float:
        """A finite number as a double."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float, Decimal)):
            self.refuse("not_a_number")
        try:
            number = float(self.value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            self.refuse("not_finite")
        return number

    def at_least_0(self) -> float:
        """A finite number, 0 or more."""
        number = self.number()
        if number < 0:
            self.refuse("negative")
        return number

    def kilometres(self) -> float:
        """Where something is, east or north."""
        number = self.number()
        if abs(number) > FARTHEST_KM:
            self.refuse("too_far", f"{FARTHEST_KM:.0f}")
        return number

    def hours(self) -> tuple[float, float]:
        """The fewest and the most hours."""
        found = self.each(Node.at_least_0)
        if len(found) != 2:
            self.refuse("not_two_numbers")
        if found[0] > found[1]:
            self.refuse("min_above_max")
        return found[0], found[1]

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.refuse("not_whole")
        return self.value

    def level(self, *, low: int, high: int = 4) -> int:
        """A whole number from `low` to `high`."""
        if self.value is None:
            self.refuse("null_level")
        level = self.whole()
        if not low <= level <= high:
            self.refuse("out_of_range", str(low), str(high))
        return level

    def areas(self) -> dict[str, Node]:
        """The entries of a map of areas, in area order."""
        found = self.entries()
        for name, node in found.items():
            if name not in AREAS:
                node.refuse("unknown_area", name)
        return {area: found[area] for area in AREAS if area in found}


def person_of(node: Node, *, measures: Collection[str]) -> Person:
    """A person; `measures` are the codes of the catalogue. Raises `MatchingFileError`."""
    found = node.fields(required=PERSON_FIELDS, optional=PERSON_MAY_HAVE)
    capacity = found["capacity"].areas().items()
    hours = found["hours"].hours()
    wishes = found["wishes"].entries() if "wishes" in found else {}
    return Person(
        id=found["id"].text(),
        capacity={area: None if level.value is None else level.level(low=0) for area, level in capacity},
        x=found["x"].kilometres(),
        y=found["y"].kilometres(),
        max_km=found["max_km"].at_least_0(),
        min_hours=hours[0],
        max_hours=hours[1],
        slots=_slots(found["slots"]),
        wishes={occupation: wish.level(low=1, high=2) for occupation, wish in wishes.items()},
        skills=found["skills"].codes() if "skills" in found else (),
        measures=found["measures"].among(measures, code="unknown_measure") if "measures" in found else (),
    )


def job_of(node: Node, *, measures: Collection[str]) -> Job:
    """A job; `measures` are the codes of the catalogue. Raises `MatchingFileError`."""
    found = node.fields(required=JOB_FIELDS, optional=JOB_MAY_HAVE)
    hours = found["hours"].hours()
    return Job(
        id=found["id"].text(),
        demand={area: level.level(low=0) for area, level in found["demand"].areas().items()},
        x=found["x"].kilometres(),
        y=found["y"].kilometres(),
        min_hours=hours[0],
        max_hours=hours[1],
        occupation=found["occupation"].text(),
        slots=_slots(found["slots"]) if "slots" in found else (),
        requires=found["requires"].codes() if "requires" in found else (),
        places=_places(found["places"]) if "places" in found else 1,
        measures=found["measures"].among(measures, code="unknown_measure") if "measures" in found else (),
    )


def measure_of(node: Node) -> Measure:
    """A measure. Raises `MatchingFileError`."""
    found = node.fields(required=MEASURE_FIELDS)
    for name in ("code", "scheme"):
        if not found[name].text():
            found[name].refuse("empty")
    return Measure(
        code=found["code"].text(),
        relief={area: level.level(low=1) for area, level in found["relief"].areas().items()},
        cost=found["cost"].level(low=1),
        scheme=found["scheme"].text(),
    )


def _slots(node: Node) -> tuple[str, ...]:
    return node.among(SLOTS, code="unknown_slot", more=(", ".join(SLOTS),))


def _places(node: Node) -> int:
    places = node.whole()
    if places < 1:
        node.refuse("out_of_range", "1", str(MOST_PLACES))
    if places > MOST_PLACES:
        node.refuse("too_high", str(MOST_PLACES))
    return places
