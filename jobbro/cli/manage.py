"""`jobbro manage`: Django's own commands on the right database and as the right role."""

from argparse import REMAINDER, ArgumentParser, Namespace

from jobbro.cli.database import owner_url, running_database
from jobbro.cli.django_setup import start_django

# These read or write the list of migrations, which the working role may not even see.
AS_OWNER = ("makemigrations", "migrate", "showmigrations", "sqlmigrate", "squashmigrations")


def add_arguments(parser: ArgumentParser) -> None:
    """Everything belongs to Django."""
    parser.add_argument("arguments", nargs=REMAINDER, metavar="...", help="the Django command and its arguments")


def run(options: Namespace) -> int:
    """Hand over to Django, as the working role or, for migrations, as the owner."""
    with running_database():
        is_owners = bool(options.arguments) and options.arguments[0] in AS_OWNER
        start_django(database_url=owner_url() if is_owners else None)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["jobbro manage", *options.arguments])
    return 0
