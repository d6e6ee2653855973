"""`jobbro worker`: the process that does background jobs."""

import os
import sys
from argparse import ArgumentParser, Namespace

from jobbro.cli.children import Child, keep_running
from jobbro.cli.database import is_external, running_database
from jobbro.cli.django_setup import SETTINGS

# Of searches for carved jobs one short and one long run at a time: the third place is always free for all other work.
AT_ONCE = 3


def add_arguments(parser: ArgumentParser) -> None:
    """No arguments."""


def run(options: Namespace) -> int:
    """Work until stopped; with a server of its own the process becomes the worker itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    command = worker_command()
    if is_external():
        os.execv(command[0], command)
    with running_database():
        keep_running([Child(name="worker", command=command)], tell=_tell, once_started=lambda: None)
    return 0


def worker_command() -> tuple[str, ...]:
    """The worker of the job queue, through Django."""
    return (sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", str(AT_ONCE))


def _tell(name: str) -> None:
    print(f"{name} stopped and is started again.", file=sys.stderr)
