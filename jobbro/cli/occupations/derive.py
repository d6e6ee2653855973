"""`jobbro occupations derive`: the shipped table made anew from the raw files."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jobbro.cli.errors import CommandFailed
from jobbro.engines.occupations.importing import Imported, import_sources
from jobbro.engines.occupations.reading import SourceError
from jobbro.engines.occupations.records import Occupation

HELP = "make the table of occupations from the raw files"


def add_arguments(parser: ArgumentParser) -> None:
    """Where the raw files are, and where the table goes."""
    parser.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER", help="the raw files")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the table; its links go beside it")
    parser.add_argument("--date", type=date.fromisoformat, default=None, metavar="D", help="the day it is made (today)")
    parser.add_argument("--dry-run", action="store_true", help="read and reckon everything, write nothing")


def run(options: Namespace) -> int:
    """Make it whole, then write it."""
    made_on = (options.date or date.today()).isoformat()
    try:
        made = import_sources(options.folder, made_on=made_on, table_name=options.out.name)
    except SourceError as error:
        raise CommandFailed(str(error)) from error
    write(made, folder=options.out.parent, dry_run=options.dry_run)
    return 0


def write(made: Imported, *, folder: Path, dry_run: bool) -> None:
    """Say what was made; write it unless this is only a try."""
    print("\n".join(report(made.occupations)))
    if dry_run:
        print("Dry run: nothing is written.")
        return
    try:
        made.write(folder)
    except OSError as error:
        raise CommandFailed(f"{error.filename} cannot be written: {error.strerror}.") from error
    for name, content in made.files.items():
        print(f"{folder / name}: {len(content):,} bytes")


def report(occupations: Sequence[Occupation]) -> list[str]:
    """How many titles were reached, how, and how sure their levels are."""
    reached = Counter(one.reached.value for one in occupations if one.reached)
    sure = Counter(certainty.value for one in occupations for certainty in one.certainty.values())
    without = [f"{one.code} {one.title}" for one in occupations if not one.has_profile]
    return [
        f"{len(occupations)} titles, {sum(reached.values())} with a profile",
        "reached by   " + ", ".join(f"{name} {count}" for name, count in reached.most_common()),
        "certainty    " + ", ".join(f"{name} {count}" for name, count in sure.most_common()),
        "without      " + (", ".join(without) or "none"),
    ]
