"""`jobbro occupations import`: the official packages of ESCO and O*NET, downloaded by the user, taken into use."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from jobbro.cli.errors import CommandFailed
from jobbro.cli.occupations.derive import write
from jobbro.engines.occupations.derived import SHIPPED, TABLE, DerivedTable, read_table
from jobbro.engines.occupations.importing import Imported, import_official
from jobbro.engines.occupations.occupations import folder_in_use, imported_folder
from jobbro.engines.occupations.official import version_in
from jobbro.engines.occupations.reading import SourceError

HELP = "take the official packages of ESCO (CSV, Danish) and O*NET (text) into use"


def add_arguments(parser: ArgumentParser) -> None:
    """Where the unpacked packages are, and their versions when the folders do not tell."""
    parser.add_argument("--esco", type=Path, default=None, metavar="FOLDER", help="ESCO's CSV files in Danish")
    parser.add_argument("--onet", type=Path, default=None, metavar="FOLDER", help="O*NET's text files")
    parser.add_argument("--esco-version", default=None, metavar="V", help="such as 1.2.0 (read from the folder's name)")
    parser.add_argument("--onet-version", default=None, metavar="V", help="such as 30.1 (read from the folder's name)")
    parser.add_argument(
        "--date", type=date.fromisoformat, default=None, metavar="D", help="the day of the import (today)"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and reckon everything, write nothing")


def run(options: Namespace) -> int:
    """Read both whole, tell what is new, then write."""
    if not options.esco and not options.onet:
        raise CommandFailed("Name at least one package: --esco FOLDER or --onet FOLDER.", status=2)
    for folder in (options.esco, options.onet):
        if folder and not folder.is_dir():
            raise CommandFailed(f"{folder} is not a folder. Unpack the package first.")
    try:
        in_use = _readable_folder()
        made = import_official(
            esco=options.esco,
            onet=options.onet,
            esco_version=options.esco_version or (version_in(options.esco) if options.esco else ""),
            onet_version=options.onet_version or (version_in(options.onet) if options.onet else ""),
            made_on=(options.date or date.today()).isoformat(),
            in_use=in_use,
        )
    except SourceError as error:
        raise CommandFailed(str(error)) from error
    print("\n".join(_changes(made, before=read_table(in_use / TABLE))))
    write(made, folder=imported_folder(), dry_run=options.dry_run)
    return 0


def _readable_folder() -> Path:
    """The folder in use; the shipped one when somebody has spoilt the imported table."""
    try:
        read_table(folder_in_use() / TABLE)
    except SourceError:
        return SHIPPED
    return folder_in_use()


def _changes(made: Imported, *, before: DerivedTable) -> list[str]:
    old = {one.code: one for one in before.occupations}
    moved = [
        abs(level - old[one.code].levels[area])
        for one in made.occupations
        if one.code in old and old[one.code].has_profile
        for area, level in one.levels.items()
    ]
    changed = sum(step > 0 for step in moved)
    far = sum(step > 1 for step in moved)
    return [
        f"{changed} of {len(moved)} levels change, {far} of them by more than one",
        *(f"not measured on the scale of the rules: {' / '.join(element)}" for element in made.missing),
        *(f"found by its id under a new name: {' / '.join(element)}: {name}" for element, name in made.renamed),
        *(["areas that rest on fewer elements: " + ", ".join(made.partial)] if made.partial else []),
        *([f"{made.incomplete} occupations of O*NET lack numbers and are left out"] if made.incomplete else []),
        *([f"{made.unknown} ESCO occupations behind Danish titles are no longer in ESCO"] if made.unknown else []),
    ]
