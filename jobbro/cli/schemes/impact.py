"""`jobbro schemes impact`: what another version of the rules, or another day, does to a made-up population."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobbro.cli.errors import CommandFailed
from jobbro.cli.schemes.reading import add_package, day, package_in

if TYPE_CHECKING:
    from jobbro.engines.schemes.comparing import Impact, Move, Side

HELP = "compare two folders of rules, or two days of the same rules, on a made-up population"
MOST_PERSONS = 1_000_000


def add_arguments(parser: ArgumentParser) -> None:
    """The two sides, and the people they are tried on."""
    parser.add_argument("old", metavar="OLD", help="a folder of rules, or a day")
    parser.add_argument("new", metavar="NEW", help="another folder, or another day")
    parser.add_argument("--persons", type=int, default=10_000, metavar="N", help="how many people (10000)")
    parser.add_argument("--known", type=float, default=1.0, metavar="SHARE", help="share of the facts that is told (1)")
    parser.add_argument("--seed", type=int, default=1, help="other people for another number (1)")
    parser.add_argument("--date", type=day, default=None, metavar="D", help="the day, for two folders (today)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    add_package(parser)


def run(options: Namespace) -> int:
    """Print which outcomes move, how many, and some of the people they move for."""
    from jobbro.engines.schemes.comparing import impact

    if not 1 <= options.persons <= MOST_PERSONS:
        raise CommandFailed(f"--persons goes from 1 to {MOST_PERSONS}.", status=2)
    if not 0 < options.known <= 1:
        raise CommandFailed("--known is a share above 0 and at most 1.", status=2)
    old, new = _sides(options)
    found = impact(old, new, persons=options.persons, known=options.known, seed=options.seed)
    print(json.dumps(_as_json(found), ensure_ascii=False, indent=2) if options.json else "\n".join(_lines(found)))
    return 0


def _sides(options: Namespace) -> tuple["Side", "Side"]:
    from jobbro.engines.schemes.comparing import Side

    days = [_day(text) for text in (options.old, options.new)]
    if days[0] and days[1]:
        package = package_in(options.package)
        return Side(package=package, on=days[0]), Side(package=package, on=days[1])
    if days[0] or days[1]:
        raise CommandFailed("Compare two folders, or two days of the same rules, not one of each.", status=2)
    on = options.date or date.today()
    old, new = (package_in(Path(folder).resolve()) for folder in (options.old, options.new))
    return Side(package=old, on=on), Side(package=new, on=on)


def _day(text: str) -> date | None:
    try:
        return day(text)
    except ArgumentTypeError:
        return None


def _lines(found: "Impact") -> Iterator[str]:
    yield f"{found.persons} made-up people; what moves, and for whom"
    for scheme in found.before:
        moves = [move for move in found.moves if move.scheme == scheme]
        before, after = (
            " ".join(f"{name} {count}" for name, count in counts[scheme].items())
            for counts in (found.before, found.after)
        )
        yield f"{scheme}: {before}" + (f"  ->  {after}" if moves else "  (as before)")
        for move in moves:
            yield f"  {move.before} -> {move.after}: {move.count}"
            yield from (f"    {_person(example)}" for example in move.examples)
    yield f"{sum(move.count for move in found.moves)} outcomes move"


def _person(example: Any) -> str:
    return ", ".join(f"{code} {_written(value)}" for code, value in example.items() if value is not None)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_json(found: "Impact") -> dict[str, Any]:
    return {
        "persons": found.persons,
        "schemes": {
            scheme: {
                "before": found.before[scheme],
                "after": found.after[scheme],
                "moves": [_move(move) for move in found.moves if move.scheme == scheme],
            }
            for scheme in found.before
        },
    }


def _move(move: "Move") -> dict[str, Any]:
    examples = [
        {code: value.isoformat() if isinstance(value, date) else value for code, value in example.items()}
        for example in move.examples
    ]
    return {"from": move.before, "to": move.after, "count": move.count, "examples": examples}
