"""`jobbro migrate`: database, translations and static files as this version wants them."""

from argparse import ArgumentParser, Namespace

from jobbro.cli.database import owner_url, running_database
from jobbro.cli.django_setup import start_django
from jobbro.cli.messages import compile_messages
from jobbro.cli.static import collect_static


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing but `--quiet`."""
    parser.add_argument("--quiet", action="store_true", help="print only problems")


def run(options: Namespace) -> int:
    """Migrate and grant as the owner; the working role gets no more than the grants say."""
    compile_messages()
    with running_database():
        start_django(database_url=owner_url())
        migrate(verbosity=0 if options.quiet else 1)
    collect_static()
    return 0


def migrate(*, verbosity: int) -> None:
    """Run the migrations, the grants and the worklist's function on Django's connection, which must be the owner's."""
    from django.core.management import call_command
    from django.db import connection

    from jobbro.apps.audit.grants import apply_grants
    from jobbro.apps.worklist.compiling import install

    call_command("migrate", interactive=False, verbosity=verbosity)
    apply_grants(connection)
    install(connection)
    connection.close()
