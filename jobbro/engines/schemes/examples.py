"""The YAML tests of the rules: facts, a date, and what must come out; run by `jobbro schemes test`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.facts import FactError, read_facts
from jobbro.engines.schemes.loading import FOLDER
from jobbro.engines.schemes.rules import Package
from jobbro.kernel.content import Place, read_fields

EXPECTED = ("outcome", "kind", "because", "ask", "provided_that", "amounts", "valid_from", "valid_until")


@dataclass(frozen=True, kw_only=True)
class Example:
    """One worked case of one scheme; `expect` holds only what it is about."""

    scheme: str
    name: str
    on: date
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, kw_only=True)
class Failure:
    """An example whose answer is not what it expects."""

    example: Example
    field: str
    expected: object
    found: object

    def __str__(self) -> str:
        where = self.example.place
        line = where.document.lines.get(where.field, 1)
        return (
            f"{where.document.file}, line {line}, {self.example.name!r}: "
            f"{self.field} is {self.found!r}, expected {self.expected!r}"
        )


def read_examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """All examples of a package. Raises `ContentError`."""
    return tuple(
        example
        for path in sorted((folder / "examples").glob("*.yaml"))
        for example in _examples(path, scheme=path.stem)
    )


def failures_of(example: Example, *, package: Package) -> tuple[Failure, ...]:
    """Where the answer differs from what is expected; empty when the example holds."""
    try:
        facts = read_facts(dict(example.facts), package=package, on=example.on)
    except FactError as error:
        return (Failure(example=example, field="facts", expected="accepted", found=str(error)),)
    answer = next(
        answer for answer in explain(facts, package=package, on=example.on) if answer.scheme == example.scheme
    )
    found = _found(answer, fields=tuple(example.expect))
    return tuple(
        Failure(example=example, field=field, expected=expected, found=_part(found[field], expected))
        for field, expected in example.expect.items()
        if not _agree(field, found[field], expected)
    )


def _found(answer: SchemeAnswer, *, fields: tuple[str, ...]) -> Mapping[str, Any]:
    simple: dict[str, Any] = {
        "outcome": answer.outcome,
        "kind": answer.kind,
        "because": list(answer.because),
        "ask": list(answer.ask),
        "provided_that": list(answer.provided_that),
        "amounts": {item.amount.code: item.as_json() for item in answer.amounts},
    }
    if "valid_from" in fields or "valid_until" in fields:
        simple |= {"valid_from": answer.period.starts, "valid_until": answer.period.until}
    return simple


def _part(found: Any, expected: Any) -> Any:
    return {code: found.get(code, "absent") for code in expected} if isinstance(expected, dict) else found


def _agree(field: str, found: Any, expected: Any) -> bool:
    if field in ("because", "ask"):
        return sorted(found) == sorted(expected)
    return bool(_part(found, expected) == expected)


def _examples(path: Path, *, scheme: str) -> list[Example]:
    found: dict[str, Example] = {}
    for item in read_fields(path).fields(required=("examples",))["examples"].items():
        fields = item.fields(required=("name", "expect"), optional=("date", "facts", "base"))
        base = _base(fields.get("base"), found=found)
        name = fields["name"].text()
        if name in found:
            fields["name"].refuse("is given twice")
        if "date" not in fields and base is None:
            item.refuse("an example needs a date, or a base")
        facts = dict(base.facts) if base else {}
        facts |= _map(fields["facts"]) if "facts" in fields else {}
        removed = [code for code, value in facts.items() if value is None]
        found[name] = Example(
            scheme=scheme,
            name=name,
            on=fields["date"].day() if "date" in fields or base is None else base.on,
            facts={code: value for code, value in facts.items() if code not in removed},
            expect=_expect(fields["expect"]),
            place=item,
        )
    return list(found.values())


def _base(place: Place | None, *, found: Mapping[str, Example]) -> Example | None:
    if place is None:
        return None
    if place.text() not in found:
        place.refuse("no example before this one has that name")
    return found[place.text()]


def _expect(place: Place) -> Mapping[str, Any]:
    fields = place.fields(required=("outcome",), optional=EXPECTED[1:])
    return {name: field.value for name, field in fields.items()}


def _map(place: Place) -> dict[str, Any]:
    if not isinstance(place.value, dict):
        place.refuse("a map from fact code to value is expected here")
    return place.value
