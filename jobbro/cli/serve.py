"""`jobbro serve`: the web server."""

import os
import sys
from argparse import ArgumentParser, Namespace

from jobbro.cli.children import Child, keep_running
from jobbro.cli.database import is_external, running_database
from jobbro.cli.embedded.ports import LOCAL, is_free
from jobbro.cli.errors import CommandFailed

DEFAULT_PORT = 8000
PROCESSES, THREADS = 2, 4


def add_arguments(parser: ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, default=default_port(), help="port on 127.0.0.1 (or PORT; 8000)")


def default_port() -> int:
    """The port of the environment variable PORT, else 8000."""
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CommandFailed(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def run(options: Namespace) -> int:
    """Serve until stopped; with a server of its own the process becomes gunicorn itself."""
    refuse_taken_port(options.port)
    command = web_command(port=options.port)
    if is_external():
        os.execv(command[0], command)
    with running_database():
        keep_running([Child(name="web", command=command)], tell=_tell, once_started=lambda: None)
    return 0


def refuse_taken_port(port: int) -> None:
    """Say it before anything is started."""
    if not is_free(port):
        raise CommandFailed(
            f"Port {port} is in use. Stop the program that uses it, or choose another port: PORT={port + 1}"
        )


def web_command(*, port: int) -> tuple[str, ...]:
    """gunicorn with threads; its control socket would be written under the home folder."""
    return (
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{LOCAL}:{port}"),
        *("--worker-class", "gthread", "--workers", str(PROCESSES), "--threads", str(THREADS)),
        *("--preload", "--no-control-socket", "--graceful-timeout", "10", "--log-level", "warning"),
    )


def _tell(name: str) -> None:
    print(f"{name} stopped and is started again.", file=sys.stderr)
