"""`jobbro occupations search`: the Danish titles that fit some words."""

from argparse import ArgumentParser, Namespace

from jobbro.cli.errors import CommandFailed
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.reading import SourceError

HELP = "search among the Danish titles; misspelt and compound words are fine"


def add_arguments(parser: ArgumentParser) -> None:
    """The words, and how many answers."""
    parser.add_argument("words", nargs="+", help="what people call the job")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many titles (10)")


def run(options: Namespace) -> int:
    """Print the titles, best first; 1 when there is none."""
    try:
        found = occupations().search(" ".join(options.words), limit=options.limit)
    except SourceError as error:
        raise CommandFailed(str(error)) from error
    for one in found:
        print(f"{one.occupation.code:<14}{one.occupation.title:<50}{one.found_by.value:<12}{one.matched}")
    return 0 if found else 1
