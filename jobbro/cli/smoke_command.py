"""`jobbro smoke`: every page as every role, over real HTTP, on a database of its own."""

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """How the result is printed."""
    parser.add_argument("--json", action="store_true", help="print the table as JSON")


def run(options: Namespace) -> int:
    """Hand over to the smoke run."""
    from jobbro.cli.smoke import run_smoke

    return run_smoke(as_json=options.json)
