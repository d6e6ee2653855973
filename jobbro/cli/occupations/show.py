"""`jobbro occupations show`: one occupation with its levels, how sure they are, and why."""

from argparse import ArgumentParser, Namespace

from jobbro.cli.errors import CommandFailed
from jobbro.engines.occupations.occupations import Occupations, occupations
from jobbro.engines.occupations.reading import SourceError
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.occupations.wording import certainty_word, how_reached, prefill_note, why
from jobbro.kernel.vocabulary import AREAS, area_labels

HELP = "show what one occupation asks, by its title or code"


def add_arguments(parser: ArgumentParser) -> None:
    """The title or the code."""
    parser.add_argument("title", nargs="+", help="a Danish title or a DISCO code such as 5120.1")


def run(options: Namespace) -> int:
    """Print it in Danish: its readers are Danish."""
    try:
        table = occupations()
        one = _find(" ".join(options.title), table=table)
    except SourceError as error:
        raise CommandFailed(str(error)) from error
    print("\n".join(_lines(one, table=table)))
    return 0


def _find(asked: str, *, table: Occupations) -> Occupation:
    if asked in table:
        return table.by_code(asked)
    same = [one for one in table if one.title.lower() == asked.lower()]
    if same:
        return same[0]
    near = ", ".join(f"{found.occupation.title} ({found.occupation.code})" for found in table.search(asked, limit=3))
    hint = f" Did you mean {near}?" if near else ""
    raise CommandFailed(f"There is no occupation {asked!r}.{hint}")


def _lines(one: Occupation, *, table: Occupations) -> list[str]:
    version = table.version
    head = [
        f"{one.code}  {one.title}",
        how_reached(one),
        f"Tabel: O*NET {version.onet}, ESCO {version.esco}, lavet {version.made_on} ({version.origin})",
    ]
    if not one.has_profile:
        return head
    labels = area_labels("da")
    levels = [
        f"{labels[area].label:<36}{one.levels[area]}  {certainty_word(one.certainty[area]):<12}"
        f"{why(area, of=one, partial=version.partial)}"
        for area in AREAS
    ]
    return [*head, prefill_note(), "", *levels]
