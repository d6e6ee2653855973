"""`jobbro manage`: Django's own commands on the right database, as the working role unless told otherwise."""

from argparse import REMAINDER, ArgumentParser, Namespace

from jobbro.cli.database import owner_url, running_database
from jobbro.cli.django_setup import start_django


def add_arguments(parser: ArgumentParser) -> None:
    """The role, then everything that belongs to Django."""
    parser.add_argument("--as-owner", action="store_true", help="connect as the role that owns the tables")
    parser.add_argument("arguments", nargs=REMAINDER, metavar="...", help="the Django command and its arguments")


def run(options: Namespace) -> int:
    """Hand over to Django."""
    with running_database():
        start_django(database_url=owner_url() if options.as_owner else None)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["jobbro manage", *options.arguments])
    return 0
