"""`jobbro match`: which jobs fit which persons, with which support, for whole files. Starts without Django."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from jobbro.cli import match_kept
from jobbro.cli.errors import CommandFailed
from jobbro.cli.match_sentences import sentence
from jobbro.engines.matching.as_json import pair_as_json
from jobbro.engines.matching.columns import PersonColumns, job_columns, person_columns
from jobbro.engines.matching.market import Market, market_of
from jobbro.engines.matching.model import Job, Measure, Person
from jobbro.engines.matching.pairs import TOP, explain
from jobbro.engines.matching.reading import read_jobs, read_measures, read_persons
from jobbro.engines.matching.refusals import MatchingFileError
from jobbro.engines.matching.running import match_lines, match_lists, proposed_lines, spread_over
from jobbro.engines.matching.shards import Crew, Threads
from jobbro.engines.matching.spread.allocating import MOST
from jobbro.engines.matching.spread.model import Spread
from jobbro.engines.matching.writing import write_whole
from jobbro.kernel.fit_batch import measure_table

EXPLAIN = "explain"
ENGINES = ("thread", "ray")
# So much of a name that stands in a file is told.
LONGEST_NAME = 200

Read = TypeVar("Read")


def add_arguments(parser: ArgumentParser) -> None:
    """Three files in and one out; or the word `explain` and one pair."""
    parser.usage = (
        "jobbro match --persons P --jobs J --measures M [--top K] --out O [--allocate --per-place C --per-person N] | "
        "jobbro match explain --persons P --jobs J --measures M --person ID --job ID | "
        "jobbro match run | jobbro match replay PROPOSAL | jobbro match parity [--json]"
    )
    parser.add_argument(
        "act",
        nargs="?",
        choices=(EXPLAIN, *match_kept.ACTS),
        help="explain: one pair whole; of the database: run: everybody now, replay: a kept proposal, parity: by group",
    )
    parser.add_argument("proposal", nargs="?", metavar="PROPOSAL", help="with replay")
    parser.add_argument("--persons", type=Path, metavar="P", help=".jsonl or .parquet")
    parser.add_argument("--jobs", type=Path, metavar="J", help=".jsonl or .parquet")
    parser.add_argument("--measures", type=Path, metavar="M", help=".jsonl or .parquet")
    parser.add_argument("--top", type=_count, default=TOP, metavar="K", help=f"the most jobs for a person ({TOP})")
    parser.add_argument("--out", type=Path, metavar="O", help="the file to write, a line a person")
    parser.add_argument("--allocate", action="store_true", help="spread proposals fairly, and print what came of it")
    parser.add_argument("--per-place", type=_proposals, metavar="C", help="the most proposals for a place")
    parser.add_argument("--per-person", type=_proposals, metavar="N", help="the most proposals for a person")
    parser.add_argument("--workers", type=_at_least_1, metavar="W", help="how many at once (one for each processor)")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="threads here, or a Ray cluster (thread)")
    parser.add_argument("--person", metavar="ID", help="with explain")
    parser.add_argument("--job", metavar="ID", help="with explain")
    parser.add_argument("--json", action="store_true", help="with parity")


def run(options: Namespace) -> int:
    """Write the lists, or print one pair."""
    if options.act in match_kept.ACTS:
        return match_kept.run(options)
    problem = _problem(options)
    if problem:
        raise CommandFailed(problem, status=2)
    try:
        return _explain(options) if options.act == EXPLAIN else _match(options)
    except MatchingFileError as error:
        place = f", {_printable(error.field)}" if error.field else ""
        raise CommandFailed(f"{error.file}, linje {error.line}{place}: {sentence(error)}") from error


def _printable(told: str) -> str:
    """A name out of a file, for the screen: what could steer a terminal stands as its escape."""
    cut = told if len(told) <= LONGEST_NAME else f"{told[:LONGEST_NAME]}…"
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in cut)


def _problem(options: Namespace) -> str | None:
    """What the flags lack, as a sentence."""
    if None in (options.persons, options.jobs, options.measures):
        return "Giv de tre filer: --persons, --jobs og --measures."
    if options.act == EXPLAIN:
        if options.person is None or options.job is None:
            return "Giv både --person og --job, så parret kan forklares."
        return "--out og --allocate hører ikke til explain." if options.out or options.allocate else None
    if options.person is not None or options.job is not None:
        return "--person og --job hører til explain."
    if options.out is None:
        return "Giv --out: filen, som listerne skal skrives i."
    if len({options.allocate, options.per_place is not None, options.per_person is not None}) > 1:
        return "--allocate, --per-place og --per-person hører sammen. Giv alle tre eller ingen af dem."
    return None


def _match(options: Namespace) -> int:
    _check_out(options)
    measures = _opened(options.measures, read=read_measures)
    persons, market = _read(options, measures=measures)
    crew = _crew(options)
    try:
        if options.allocate:
            _write_proposed(options, persons=persons, market=market, crew=crew)
        else:
            _write(options, match_lines(persons, market=market, top=options.top, crew=crew))
    finally:
        crew.close()
    return 0


def _check_out(options: Namespace) -> None:
    out: Path = options.out
    if not out.parent.is_dir():
        raise CommandFailed(f"Mappen {out.parent} findes ikke. Lav den først, eller vælg en anden.")
    if out.exists() and not out.is_file():
        raise CommandFailed(f"{out} er ikke en almindelig fil. Vælg et andet navn til --out.")
    if out.resolve() in {path.resolve() for path in (options.persons, options.jobs, options.measures)}:
        raise CommandFailed(f"{out} er en af de filer, der læses. Vælg et andet navn til --out.")


def _read(options: Namespace, *, measures: tuple[Measure, ...]) -> tuple[PersonColumns, Market]:
    codes = {measure.code for measure in measures}
    catalogue = measure_table(measures)
    jobs = _opened(options.jobs, read=lambda path: job_columns(read_jobs(path, measures=codes), catalogue=catalogue))
    persons = _opened(
        options.persons, read=lambda path: person_columns(read_persons(path, measures=codes), catalogue=catalogue)
    )
    return persons, market_of(jobs, catalogue=catalogue)


def _write_proposed(options: Namespace, *, persons: PersonColumns, market: Market, crew: Crew) -> None:
    listed = tuple(match_lists(persons, market=market, top=options.top, crew=crew))
    spread = spread_over(listed, market=market, per_place=options.per_place, per_person=options.per_person)
    lines = proposed_lines(persons, listed=listed, proposed=spread.proposed, market=market, top=options.top, crew=crew)
    _write(options, lines)
    print(json.dumps(_spread(spread), indent=2))


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "rounds": [
            {
                "round": each.number,
                "pairs": each.pairs,
                "total": each.total,
                "bound": each.bound,
                "gap_percent": each.gap_percent,
            }
            for each in spread.rounds
        ],
        "pairs": spread.pairs,
        "persons_with": spread.persons_with,
        "persons_listed": spread.persons_listed,
        "jobs_never_proposed": spread.jobs_never_proposed,
        "gini": spread.gini,
    }


def _write(options: Namespace, lines: Iterable[bytes]) -> None:
    try:
        write_whole(options.out, parts=lines)
    except OSError as error:
        raise CommandFailed(f"{options.out} kan ikke skrives: {error.strerror}. Intet er ændret.") from error


def _explain(options: Namespace) -> int:
    measures = _opened(options.measures, read=read_measures)
    codes = {measure.code for measure in measures}
    job = _opened(options.jobs, read=lambda path: _one(read_jobs(path, measures=codes), wanted=options.job))
    person = _opened(options.persons, read=lambda path: _one(read_persons(path, measures=codes), wanted=options.person))
    if person is None:
        raise CommandFailed(f"Der er ingen person {options.person!r} i {options.persons.name}.")
    if job is None:
        raise CommandFailed(f"Der er intet job {options.job!r} i {options.jobs.name}.")
    print(json.dumps(pair_as_json(explain(person=person, job=job, measures=measures)), ensure_ascii=False, indent=2))
    return 0


Named = TypeVar("Named", Person, Job)


def _one(records: Iterator[Named], *, wanted: str) -> Named | None:
    """The one with that id, the whole file being read and checked."""
    found = None
    for record in records:
        if record.id == wanted:
            found = record
    return found


def _crew(options: Namespace) -> Crew:
    if options.engine == "ray":
        return _ray_crew(options)
    return Threads(workers=options.workers)


def _ray_crew(options: Namespace) -> Crew:
    from jobbro.engines.matching.ray_crew import RayCrew, RayMissing

    try:
        return RayCrew(workers=options.workers)
    except RayMissing as error:
        raise CommandFailed("Ray er ikke installeret. Installer `jobbro[ray]`, eller brug --engine thread.") from error


def _opened(path: Path, *, read: Callable[[Path], Read]) -> Read:
    try:
        return read(path)
    except OSError as error:
        raise CommandFailed(f"{path} kan ikke læses. Findes filen, og må du læse den?") from error


def _count(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > 9:
        raise ArgumentTypeError(f"{written!r} is not a whole number, 0 or more")
    return int(written)


def _at_least_1(written: str) -> int:
    number = _count(written)
    if number < 1:
        raise ArgumentTypeError(f"{written!r} is not a whole number, 1 or more")
    return number


def _proposals(written: str) -> int:
    number = _at_least_1(written)
    if number > MOST:
        raise ArgumentTypeError(f"{written} is more than {MOST}")
    return number
