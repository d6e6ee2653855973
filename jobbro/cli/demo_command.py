"""`jobbro demo`: everything on this machine, with fictive data, until Ctrl-C."""

import http.client
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from jobbro.cli.children import Child, keep_running
from jobbro.cli.database import Database, data_folder, is_external, running_database
from jobbro.cli.django_setup import SETTINGS
from jobbro.cli.embedded import EmbeddedPostgres
from jobbro.cli.embedded.ports import LOCAL, is_free
from jobbro.cli.errors import CommandFailed
from jobbro.cli.seed import add_size
from jobbro.cli.serve import default_port, web_command
from jobbro.cli.worker import worker_command

ANSWER_SECONDS = 120.0


def add_arguments(parser: ArgumentParser) -> None:
    """Size of the demo, port, and whether to begin anew."""
    add_size(parser)
    parser.add_argument("--port", type=int, default=default_port(), help="port on 127.0.0.1 (or PORT; 8000)")
    parser.add_argument("--reset", action="store_true", help="delete the demo data and begin anew")


def run(options: Namespace) -> int:
    """Database, migrations, data, web and worker; returns after an orderly stop."""
    if not is_free(options.port):
        raise CommandFailed(
            f"Port {options.port} er optaget af et andet program. Luk det, eller vælg en anden port: "
            f"make demo PORT={options.port + 1}"
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["JOBBRO_DEMO"] = "1"
    if options.reset:
        _reset()
    with loops_being_made(), running_database() as database:
        _say_where(database)
        _step("migrate", "--quiet")
        _step("seed", "--size", str(options.size))
        children = [Child("Webserveren", web_command(port=options.port)), Child("Baggrundsjobbet", worker_command())]
        keep_running(children, tell=_tell, once_started=lambda: _welcome(options.port))
        print("\nJobbro er stoppet. Dine data er gemt til næste gang.")
    return 0


@contextmanager
def loops_being_made() -> Iterator[None]:
    """The compiled loops of matching are made beside migrations and data: the first time takes half a minute.

    The web server needs them at its start and waits for what is not there yet; a failure here is its to tell.
    """
    command = [sys.executable, "-c", "from jobbro.engines.matching.warming import warm_up; warm_up()"]
    making = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        making.terminate()
        making.wait()


def _reset() -> None:
    if is_external():
        raise CommandFailed("DATABASE_URL peger på en rigtig server. Jobbro sletter ikke data der; gør det selv.")
    EmbeddedPostgres(data_folder()).remove()
    for name in ("keys.json", "keys.lock"):
        (data_folder() / name).unlink(missing_ok=True)


def _say_where(database: Database) -> None:
    if database.server is None:
        print("Jobbro bruger databasen i DATABASE_URL.")
    else:
        print(f"Jobbros database ligger i {database.server.folder}", flush=True)


def _step(*arguments: str) -> None:
    """A command in a process of its own: this one stays small and free of Django."""
    answer = subprocess.run([sys.executable, "-m", "jobbro.cli", *arguments])
    if answer.returncode:
        raise CommandFailed(f"`jobbro {' '.join(arguments)}` lykkedes ikke. Linjerne ovenfor siger hvorfor.")


def _welcome(port: int) -> None:
    _wait_for_answer(port)
    print(f"\nJobbro kører på http://{LOCAL}:{port}/\nTryk Ctrl-C for at stoppe.", flush=True)


def _wait_for_answer(port: int) -> None:
    give_up_at = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < give_up_at:
        connection = http.client.HTTPConnection(LOCAL, port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise CommandFailed(f"Webserveren svarer ikke på port {port}. Linjerne ovenfor siger hvorfor.")


def _tell(name: str) -> None:
    print(f"{name} stoppede og er startet igen.", flush=True)
