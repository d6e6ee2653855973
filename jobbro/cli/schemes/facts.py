"""`jobbro schemes facts`: everything that can be told about a person, and which schemes it matters to."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from jobbro.cli.schemes.reading import add_package, package_in
from jobbro.engines.schemes.rules import FactDefinition, Text
from jobbro.engines.schemes.uses import schemes_using

HELP = "list every fact with its type, choices, question and the schemes that use it"


def add_arguments(parser: ArgumentParser) -> None:
    """Which rules."""
    add_package(parser)


def run(options: Namespace) -> int:
    """Print the facts as JSON, in the order of the package."""
    package = package_in(options.package)
    using = schemes_using(package)
    rows = [listed(fact, schemes=using[code]) for code, fact in package.facts.items()]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    return 0


def listed(fact: FactDefinition, *, schemes: tuple[str, ...]) -> dict[str, Any]:
    """One fact in the shape that is printed."""
    shown: dict[str, Any] = {
        "code": fact.code,
        "type": fact.type,
        "choices": [{"code": choice.code, **_text(choice.text)} for choice in fact.choices],
        "question": fact.question and _text(fact.question),
        "schemes": list(schemes),
        "label": _text(fact.label),
        "topic": fact.topic,
        "set_by": "caseworker" if fact.is_assessed else "anyone",
        "register": fact.is_register,
        "sensitive": fact.is_sensitive,
        "may_be_future": fact.may_be_future,
    }
    if fact.range is not None:
        shown |= {"unit": fact.unit, "range": list(fact.range)}
    if fact.hint is not None:
        shown["hint"] = _text(fact.hint)
    if fact.good_for_days is not None:
        shown["good_for_days"] = fact.good_for_days
    return shown


def _text(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}
