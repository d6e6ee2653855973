"""`jobbro carve`: the best jobs out of the tasks of a workplace, with a proven bound. Starts without Django."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from jobbro.cli.carve_sentences import sentence
from jobbro.cli.errors import CommandFailed
from jobbro.engines.carving.alternatives import alternatives
from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.checking import WorkplaceError
from jobbro.engines.carving.model import Carving, WhatIf, Workplace
from jobbro.engines.carving.reading import parse_workplace
from jobbro.engines.carving.solving import SolverError
from jobbro.engines.carving.verifying import verify
from jobbro.engines.carving.what_if import what_if
from jobbro.engines.carving.writing import carving_as_json, parse_answer
from jobbro.kernel.strict_json import MAX_BYTES

CHECK = "check"
SECONDS = 5.0

Read = TypeVar("Read")


def add_arguments(parser: ArgumentParser) -> None:
    """One workplace, or the word `check` with a workplace and an answer."""
    parser.usage = (
        "jobbro carve W.json [--seconds S] [--alternatives K] [--what-if] | jobbro carve check W.json ANSWER.json"
    )
    parser.add_argument("files", nargs="+", metavar="W.json", help="a workplace; or: check W.json ANSWER.json")
    parser.add_argument("--seconds", type=_seconds, default=SECONDS, metavar="S", help="time for each search (5)")
    parser.add_argument("--alternatives", type=_count, default=0, metavar="K", help="up to K others, really different")
    parser.add_argument("--what-if", action="store_true", help="what one more measure, hour or half-day would add")


def run(options: Namespace) -> int:
    """Print the answer as JSON; with `check`, 0 when the answer holds."""
    if options.files[0] == CHECK and len(options.files) > 1:
        return _check(options.files[1:])
    if len(options.files) > 1:
        raise CommandFailed("Giv én fil med én arbejdsplads, eller `check` og to filer.", status=2)
    workplace = _read(Path(options.files[0]), parse=parse_workplace)
    try:
        answer = _answer(workplace, options=options)
    except SolverError as error:
        raise CommandFailed("Beregneren stoppede uden svar. Prøv igen; sker det igen, så kør `make setup`.") from error
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def _answer(workplace: Workplace, *, options: Namespace) -> dict[str, Any]:
    best = carve(workplace, seconds=options.seconds)
    answer = carving_as_json(best)
    if options.alternatives:
        others = alternatives(workplace, best=best, count=options.alternatives, seconds=options.seconds)
        answer["alternatives"] = [carving_as_json(other) for other in others]
    if options.what_if:
        changes = what_if(workplace, base=best, seconds=options.seconds)
        answer["what_if"] = [_change(change) for change in changes]
    return answer


def _change(change: WhatIf) -> dict[str, Any]:
    return {
        "person": change.person,
        "more": str(change.wish),
        "code": change.code,
        "at_least": float(change.at_least),
        "at_most": float(change.at_most),
        "tasks_gained": list(change.tasks_gained),
    }


def _check(files: list[str]) -> int:
    if len(files) != 2:
        raise CommandFailed("Giv to filer: arbejdspladsen og svaret.", status=2)
    workplace = _read(Path(files[0]), parse=parse_workplace)
    answer: Carving = _read(Path(files[1]), parse=parse_answer)
    problems = verify(workplace, answer)
    print(json.dumps({"holds": not problems, "problems": list(problems)}, ensure_ascii=False, indent=2))
    return 1 if problems else 0


def _read(path: Path, *, parse: Callable[..., Read]) -> Read:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandFailed(f"{path} kan ikke læses. Findes filen, og må du læse den?") from error
    try:
        return parse(content, file=path.name)
    except WorkplaceError as error:
        place = f", {error.field}" if error.field else ""
        raise CommandFailed(f"{path.name}, linje {error.line}{place}: {sentence(error)}") from error


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError as error:
        raise ArgumentTypeError(f"{written!r} is not a number of seconds") from error
    if not math.isfinite(seconds) or seconds < 0:
        raise ArgumentTypeError(f"{written} is not a number of seconds, 0 or more")
    return seconds


def _count(written: str) -> int:
    if not written.isdecimal():
        raise ArgumentTypeError(f"{written!r} is not a whole number, 0 or more")
    return int(written)
