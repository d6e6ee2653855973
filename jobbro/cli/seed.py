"""`jobbro seed`: fictive people, once, and the users to log in as."""

from argparse import ArgumentParser, Namespace

from jobbro.cli.database import running_database
from jobbro.cli.django_setup import start_django

DEFAULT_SIZE = 300


def add_arguments(parser: ArgumentParser) -> None:
    """How many citizens."""
    add_size(parser)


def add_size(parser: ArgumentParser) -> None:
    """`--size`, shared with `jobbro demo`."""
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help=f"number of citizens ({DEFAULT_SIZE})")


def run(options: Namespace) -> int:
    """Load the demo data unless they are there, and print the demo users."""
    with running_database():
        start_django()
        from jobbro.cli.demo_data import load_demo

        load_demo(size=options.size)
    return 0
