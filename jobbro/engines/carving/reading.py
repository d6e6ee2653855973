"""A workplace read from JSON: every field known, of its kind and in its range, or refused with file, line and path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, TypeVar

from jobbro.engines.carving.checking import HIGHEST_NUMBER, Problem, WorkplaceError, problems_of
from jobbro.engines.carving.model import Limits, Person, Staff, Task, Workplace
from jobbro.kernel.fit import Measure
from jobbro.kernel.strict_json import parse_json
from jobbro.kernel.strict_yaml import ContentError, Document
from jobbro.kernel.vocabulary import AREAS

Read = TypeVar("Read")


def parse_workplace(content: bytes, *, file: str) -> Workplace:
    """The workplace in `content`, checked whole. Raises `WorkplaceError` with file, line and path."""
    document = read_document(content, file=file)
    workplace = _workplace(Node(document=document, field="", value=document.value))
    for problem in problems_of(workplace):
        raise _error(document, problem)
    return workplace


def read_document(content: bytes, *, file: str) -> Document:
    """`content` as strict JSON. Raises `WorkplaceError`."""
    try:
        return parse_json(content, file=file)
    except ContentError as error:
        problem = Problem(field=error.field, code="broken", values=(error.reason,))
        raise WorkplaceError(file=file, line=error.line, problem=problem) from error


def _error(document: Document, problem: Problem) -> WorkplaceError:
    line = document.error(field=problem.field, reason="").line
    return WorkplaceError(file=document.file, line=line, problem=problem)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the document and the way to it. Every method raises `WorkplaceError` for another kind of value."""

    document: Document
    field: str
    value: object

    def refuse(self, code: str, *values: str) -> NoReturn:
        """Raise for this place."""
        raise _error(self.document, Problem(field=self.field, code=code, values=values))

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
        return {name: Node(self.document, f"{before}{name}", value) for name, value in self.value.items()}

    def each(self, read: Callable[[Node], Read]) -> tuple[Read, ...]:
        """The entries of a list, each read."""
        if not isinstance(self.value, list):
            self.refuse("not_a_list")
        return tuple(read(Node(self.document, f"{self.field}[{at}]", value)) for at, value in enumerate(self.value))

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            self.refuse("not_a_text")
        return self.value

    def codes(self) -> tuple[str, ...]:
        """A list of texts; a text given twice counts once."""
        return tuple(dict.fromkeys(self.each(Node.text)))

    def number(self) -> Decimal:
        """A finite number, exactly as it is written."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, Decimal)):
            self.refuse("not_a_number")
        number = Decimal(self.value)
        if abs(number) > HIGHEST_NUMBER:
            self.refuse("too_high")
        return number

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

    def boolean(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse("not_true_or_false")
        return self.value

    def areas(self) -> dict[str, Node]:
        """The entries of a map of areas, in area order."""
        found = self.entries()
        for name, node in found.items():
            if name not in AREAS:
                node.refuse("unknown_area", name)
        return {area: found[area] for area in AREAS if area in found}


def _workplace(node: Node) -> Workplace:
    found = node.fields(required=("slots", "slot_hours", "staff", "tasks", "persons", "measures"), optional=("limits",))
    return Workplace(
        slots=found["slots"].codes(),
        slot_hours=found["slot_hours"].number(),
        staff=found["staff"].each(_staff),
        tasks=found["tasks"].each(_task),
        persons=found["persons"].each(_person),
        measures=found["measures"].each(_measure),
        limits=_limits(found["limits"]) if "limits" in found else Limits(),
    )


def _staff(node: Node) -> Staff:
    found = node.fields(required=("id", "wage", "max_release"))
    return Staff(id=found["id"].text(), wage=found["wage"].number(), max_release=found["max_release"].number())


def _task(node: Node) -> Task:
    found = node.fields(required=("id", "holder", "hours", "slots", "demand"), optional=("requires", "place", "core"))
    return Task(
        id=found["id"].text(),
        holder=found["holder"].text(),
        hours=found["hours"].number(),
        slots=found["slots"].codes(),
        demand={area: level.level(low=0) for area, level in found["demand"].areas().items()},
        requires=found["requires"].codes() if "requires" in found else (),
        place=found["place"].text() if "place" in found else "",
        is_core=found["core"].boolean() if "core" in found else False,
    )


def _person(node: Node) -> Person:
    found = node.fields(
        required=("id", "capacity", "hours", "slots", "max_hours_per_slot", "wage"),
        optional=("skills", "wishes", "measures"),
    )
    hours = found["hours"].each(Node.number)
    if len(hours) != 2:
        found["hours"].refuse("not_two_numbers")
    capacity = found["capacity"].areas().items()
    wishes = found["wishes"].entries() if "wishes" in found else {}
    return Person(
        id=found["id"].text(),
        capacity={area: None if level.value is None else level.level(low=0) for area, level in capacity},
        min_hours=hours[0],
        max_hours=hours[1],
        slots=found["slots"].codes(),
        max_hours_per_slot=found["max_hours_per_slot"].number(),
        wage=found["wage"].number(),
        skills=found["skills"].codes() if "skills" in found else (),
        wishes={task: wish.level(low=1, high=2) for task, wish in wishes.items()},
        measures=found["measures"].codes() if "measures" in found else (),
    )


def _measure(node: Node) -> Measure:
    found = node.fields(required=("code", "relief", "cost", "scheme"))
    if not found["code"].text():
        found["code"].refuse("not_a_text")
    if not found["scheme"].text():
        found["scheme"].refuse("not_a_text")
    return Measure(
        code=found["code"].text(),
        relief={area: level.level(low=1) for area, level in found["relief"].areas().items()},
        cost=found["cost"].level(low=1),
        scheme=found["scheme"].text(),
    )


def _limits(node: Node) -> Limits:
    found = node.fields(required=(), optional=("max_tasks", "max_places", "max_measures"))
    known = Limits()
    return Limits(
        max_tasks=found["max_tasks"].whole() if "max_tasks" in found else known.max_tasks,
        max_places=found["max_places"].whole() if "max_places" in found else known.max_places,
        max_measures=found["max_measures"].whole() if "max_measures" in found else known.max_measures,
    )
