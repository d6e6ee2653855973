"""What a process of the load set does; it imports no model until Django has been set up in it."""

import signal
from dataclasses import dataclass
from datetime import date

from jobbro.cli.django_setup import start_django


@dataclass(frozen=True, kw_only=True)
class Task:
    """One municipality to write."""

    number: int
    citizens: int
    password: str
    today: date
    owner_url: str


def start() -> None:
    """Django is ready in this process. Ctrl-C reaches it too, but the one that asked decides when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_django()


def load_municipality(task: Task) -> None:
    """The municipality and its citizens are there, in one transaction."""
    import psycopg

    from jobbro.apps.audit.context import SYSTEM_ACTOR
    from jobbro.cli.demo.loading import load_rows
    from jobbro.cli.demo.writing import write_rows

    rows = load_rows(number=task.number, citizens=task.citizens, password=task.password, today=task.today)
    with psycopg.connect(task.owner_url) as connection:
        write_rows(connection, rows.as_acts_of(SYSTEM_ACTOR))
