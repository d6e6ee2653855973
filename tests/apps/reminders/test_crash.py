"""Command and worker as processes of their own: killed in the middle, nobody gets two and nobody is forgotten."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from django.utils import timezone

from jobbro.cli.database import PROJECT
from tests.apps.reminders.mailbox import Mailbox, environment_of, running_mailbox
from tests.factories import accounts, citizens, organisations
from tests.factories.reminders import deadline, reachable
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db(transaction=True)
REMIND = (sys.executable, "-m", "jobbro.cli", "remind")
PEOPLE = 8


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with running_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def addresses() -> list[str]:
    """Eight caseworkers with a deadline each, and one who has none."""
    team, found = organisations.team(), []
    for number in range(PEOPLE):
        address = f"medarbejder{number}@proevekoebing.example"
        staff = reachable(accounts.employee(team=team, name=f"Medarbejder {number}"), address)
        deadline(citizen=citizens.citizen(team=team, lead=staff), staff=staff, on=timezone.localdate())
        found.append(address)
    reachable(accounts.employee(team=team, name="Uden frister"), "ingen@proevekoebing.example")
    return found


def started(command: tuple[str, ...], *, port: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, **environment_of(port), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.Popen(
        command, cwd=PROJECT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def remind(*options: str, port: int) -> tuple[int, str, str]:
    process = started((*REMIND, *options), port=port)
    out, error = process.communicate(timeout=60)
    return process.returncode, out, error


def killed_at(where: str, *, number: int, box: Mailbox) -> str:
    """The command is killed when the server hears of its `number`-th letter: at the address or at the content."""
    process: list[subprocess.Popen[str]] = []
    heard: list[str] = []
    victims: list[str] = []
    ready, dead = threading.Event(), threading.Event()

    def listen(to: str) -> None:
        heard.append(to)
        if len(heard) == number:
            victims.append(to)
            ready.wait(10)
            process[0].send_signal(signal.SIGKILL)
            dead.wait(10)

    setattr(box, where, listen)
    process.append(started(REMIND, port=box.port))
    ready.set()
    process[0].communicate(timeout=60)
    dead.set()
    setattr(box, where, lambda to: None)
    assert process[0].returncode == -signal.SIGKILL
    return victims[0]


def a_quarter_later() -> None:
    """Time goes by for what was begun."""
    run(
        "update reminders_digest set next_try_at = next_try_at - interval '15 min',"
        " begun_at = begun_at - interval '15 min' where $1 = ''"
    )


def states() -> dict[str, str]:
    found = rows_of(
        "select u.email, d.state from reminders_digest d join accounts_user u on u.id = d.user_id where $1=''"
    )
    return {row.email: row.state for row in found}


def test_killed_in_the_middle_nobody_gets_two_and_nobody_is_forgotten(box, addresses):
    before_content = killed_at("at_rcpt", number=3, box=box)
    assert before_content not in box.receivers
    a_quarter_later()
    taken = killed_at("at_data", number=2, box=box)
    a_quarter_later()
    code, out, _error = remind(port=box.port)
    assert code == 0
    assert "1 var på vej" in out
    # The server took the letter of the one whose process died at the content: once, and not again.
    assert box.receivers == sorted(addresses)
    assert states()[taken] == "unsure"
    assert {state for address, state in states().items() if address != taken} == {"sent", "nothing"}
    assert states()[before_content] == "sent"
    letters = len(box.letters)
    assert remind(port=box.port)[0] == 0
    assert len(box.letters) == letters == PEOPLE


def test_two_at_once_send_each_letter_once(box, addresses):
    both = [started(REMIND, port=box.port) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    assert box.receivers == sorted(addresses)


def test_a_dry_run_counts_and_keeps_nothing(box, addresses):
    code, out, _error = remind("--dry-run", port=box.port)
    assert code == 0
    assert "Prøve: der bliver ikke sendt noget." in out
    assert f"{PEOPLE} medarbejdere har noget at blive mindet om" in out
    assert "1 medarbejder har ingen frister" in out
    assert "@" not in out
    assert (box.letters, states()) == ([], {})


def test_without_a_mail_server_it_says_so_and_sends_nothing(box, addresses, monkeypatch):
    for name in environment_of(1):
        monkeypatch.delenv(name, raising=False)
    done = subprocess.run(
        REMIND,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )
    assert done.returncode == 1
    assert "Der er ikke sat en mailserver op, så der bliver ikke sendt påmindelser" in done.stderr
    assert states() == {}
    assert remind("--on", "2026-02-30", port=box.port)[0] == 2


def test_the_worker_sends_them(box, addresses):
    """On a day and at an hour for letters; else it leaves them."""
    command = (sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot")
    run(
        "insert into procrastinate_jobs (queue_name, task_name, args) values"
        " ('default', 'jobbro.apps.reminders.tasks.send_reminders', '{\"timestamp\": 1}') returning $1"
    )
    process = started(command, port=box.port)
    _out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    (job,) = rows_of(
        "select status from procrastinate_jobs where $1='' and task_name like '%send_reminders' order by id limit 1"
    )
    assert job.status == "succeeded"
    from jobbro.apps.reminders.tasks import BEGINS, ENDS, SATURDAY

    now = timezone.localtime()
    is_time = now.weekday() < SATURDAY and BEGINS <= now.time() < ENDS
    assert box.receivers == (sorted(addresses) if is_time else [])
