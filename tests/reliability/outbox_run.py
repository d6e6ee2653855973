"""Messages are sent while the worker is killed; afterwards each is looked for at the mail server and in the folder.

The mail server counts letters by their id; the folder's files are taken away now and then, as a gateway does. Each run
of the worker is a process of its own that is killed by SIGKILL in the middle; the next one's clock stands a quarter
later, so that what the dead one held is tried again.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller

from jobbro.cli.database import APP_URL, OWNER_URL, PROJECT, prepared_database
from jobbro.cli.embedded import EmbeddedPostgres
from jobbro.cli.embedded.ports import free_port

CITIZENS = 500
MAIL_PART = 0.6
WORKER = """
import os
from datetime import timedelta
from jobbro.cli.django_setup import start_django
start_django()
from django.utils import timezone
from jobbro.apps.outbox.sending import send_messages
ahead = timedelta(minutes=int(os.environ["MINUTES_AHEAD"]))
send_messages(clock=lambda: timezone.now() + ahead)
"""
MIGRATE = """
from jobbro.cli.django_setup import start_django
start_django()
from jobbro.cli.migrate import migrate
migrate(verbosity=0)
"""
SEED = (
    "insert into organisations_municipality (code, name, region, phone, from_on)"
    " values ('9999', 'Prøvekøbing', 'Prøveland', '70102030', '2020-01-01')",
    "insert into citizens_citizen (id, municipality_id, cpr_cipher, cpr_key, given_name, family_name, is_protected,"
    " channel, interpreter, companion, is_easy, created_by, created_at)"
    " select gen_random_uuid(), '9999', '', decode(lpad(to_hex(n), 64, '0'), 'hex'), 'Prøve', 'Person', false, 'sms',"
    " '', '', false, gen_random_uuid(), now() from generate_series(1, {citizens}) n",
    "insert into citizens_contact (id, citizen_id, address, postcode, city, phone, email)"
    " select gen_random_uuid(), id, '', '', '', '12345678', '' from citizens_citizen",
    "insert into outbox_message (id, key, email, name, language, kind, link, values, send_at, made_at, way, state,"
    " attempts, next_try_at, problem) select gen_random_uuid(), 'mail:' || n, 'p' || n || '@borger.example', '', 'da',"
    " 'meeting_reminder', '/meetings/', '{{}}', now(), now(), '', 'waiting', 0, now(), ''"
    " from generate_series(1, {mails}) n",
    "insert into outbox_message (id, key, citizen_id, email, name, language, kind, link, values, send_at, made_at, way,"
    " state, attempts, next_try_at, problem) select gen_random_uuid(), 'sms:' || n, c.id, '', '', 'da',"
    " 'meeting_reminder', '/meetings/', '{{}}', now(), now(), '', 'waiting', 0, now(), ''"
    " from generate_series(1, {files}) n"
    " join (select id, row_number() over (order by id) place from citizens_citizen) c on c.place = 1 + n % {citizens}",
)


@dataclass(frozen=True, kw_only=True)
class Course:
    """How many messages, and how often the worker is killed."""

    messages: int
    kills: int
    seed: int = 1


@dataclass(kw_only=True)
class Figures:
    """What came of it. `unsure`: mails whose worker died between content and answer; told, and not sent again."""

    messages: int
    kills: int
    mails: int = 0
    mails_twice: int = 0
    unsure: int = 0
    unsure_that_arrived: int = 0
    sent_that_never_came: int = 0
    files: int = 0
    files_twice: int = 0
    files_lost: int = 0
    half_files: int = 0
    states: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    seconds_sending: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Nothing twice, no file lost or half, and of the mails at most one unsure for each kill."""
        broken = self.mails_twice or self.files_twice or self.files_lost or self.half_files
        return not (broken or self.sent_that_never_came) and self.unsure <= self.kills

    @property
    def a_second(self) -> float:
        """Messages a second while a worker ran."""
        return round(self.messages / self.seconds_sending, 1) if self.seconds_sending else 0.0


class Mailbox:
    """Counts letters by their id."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Every letter is taken."""
        self.taken[str(message_from_bytes(envelope.content)["Message-ID"])] += 1
        return "250 OK"


def run(course: Course) -> Figures:
    """The figures of one course, on a durable database server of its own."""
    began = time.monotonic()
    figures = Figures(messages=course.messages, kills=course.kills)
    with tempfile.TemporaryDirectory(prefix="jobbro-outbox-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        box = Mailbox()
        with _house(folder, box=box) as (environment, owner_url):
            _seed(owner_url, course=course)
            files = Files(folder / "ud" / "sms")
            _send_and_kill(environment, owner_url=owner_url, course=course, box=box, files=files, figures=figures)
            _count(figures, owner_url=owner_url, box=box, files=files)
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def as_dict(figures: Figures) -> dict[str, Any]:
    """For JSON."""
    return {**asdict(figures), "is_whole": figures.is_whole, "a_second": figures.a_second}


class Files:
    """The folder as a gateway works it: what is there is taken away, every name counted each time it is found new."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: Counter[str] = Counter()

    def take(self) -> None:
        """All that is new has been moved to `taken`."""
        new, taken = self.folder / "new", self.folder / "taken"
        if new.exists():
            for path in list(new.iterdir()):
                self.found[path.name] += 1
                path.rename(taken / path.name)


@contextmanager
def _house(folder: Path, *, box: Mailbox) -> Iterator[tuple[dict[str, str], str]]:
    """A durable database server and a mail server; the environment of the worker, and the owner's address."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    embedded = EmbeddedPostgres(folder / "data")
    server = embedded.start()
    try:
        controller.start()
        database = prepared_database(embedded, server=server)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "JOBBRO_DATA": str(folder / "keys"),
            APP_URL: database.app_url,
            OWNER_URL: str(database.owner_url),
            "JOBBRO_SMTP_HOST": "127.0.0.1",
            "JOBBRO_SMTP_PORT": str(controller.port),
            "JOBBRO_SMTP_SECURITY": "none",
            "JOBBRO_MAIL_FROM": "jobbro@proevekoebing.example",
            "JOBBRO_ADDRESS": "https://jobbro.proevekoebing.example",
            "JOBBRO_OUTBOX": str(folder / "ud"),
        }
        owner = {**environment, APP_URL: str(database.owner_url)}
        subprocess.run([sys.executable, "-c", MIGRATE], cwd=PROJECT, env=owner, check=True)
        yield environment, str(database.owner_url)
    finally:
        controller.stop()
        embedded.stop()


def _seed(owner_url: str, *, course: Course) -> None:
    mails = int(course.messages * MAIL_PART)
    numbers = {"mails": mails, "files": course.messages - mails, "citizens": CITIZENS}
    with psycopg.connect(owner_url) as connection:
        connection.execute("select set_config('app.actor_id', '00000000-0000-7000-8000-000000000001', true)")
        for statement in SEED:
            connection.execute(statement.format(**numbers))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("analyze outbox_message")


def _send_and_kill(
    environment: dict[str, str], *, owner_url: str, course: Course, box: Mailbox, files: Files, figures: Figures
) -> None:
    """The worker runs; at moments spread over the work it is killed and another begins a quarter later."""
    rng = random.Random(course.seed)
    step = course.messages / (course.kills + 1)
    moments = [int(step * (number + rng.uniform(0.6, 1.0))) for number in range(course.kills)]
    for number, moment in enumerate([*moments, None]):
        worker = _started(environment, minutes_ahead=20 * number)
        began = time.monotonic()
        while worker.poll() is None:
            if moment is not None and _handed(box, files) >= moment:
                # At any point between two commits, not only right after a letter was taken.
                time.sleep(rng.uniform(0, 0.02))
                worker.send_signal(signal.SIGKILL)
                break
            time.sleep(0.01)
        worker.wait(60)
        figures.seconds_sending += time.monotonic() - began
        assert moment is None or worker.returncode == -signal.SIGKILL, "the work was done before the kill"
        files.take()
    # What the last killed one held in the folder is done again a quarter later.
    _started(environment, minutes_ahead=20 * (course.kills + 2)).wait(600)
    files.take()


def _started(environment: dict[str, str], *, minutes_ahead: int) -> "subprocess.Popen[bytes]":
    told = {**environment, "MINUTES_AHEAD": str(minutes_ahead)}
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=PROJECT, env=told)


def _handed(box: Mailbox, files: Files) -> int:
    """How many letters and files there are by now."""
    new = files.folder / "new"
    waiting = len(os.listdir(new)) if new.exists() else 0
    return len(box.taken) + len(files.found) + waiting


def _count(figures: Figures, *, owner_url: str, box: Mailbox, files: Files) -> None:
    with psycopg.connect(owner_url) as connection:
        rows = connection.execute("select id::text, key, state from outbox_message").fetchall()
    figures.states = dict(Counter(state for _id, _key, state in rows))
    taken = {key.strip("<>").partition("@")[0]: count for key, count in box.taken.items()}
    mails = {message: state for message, key, state in rows if key.startswith("mail:")}
    texts = {message for message, key, _state in rows if key.startswith("sms:")}
    figures.mails = len(taken)
    figures.mails_twice = sum(count > 1 for count in taken.values())
    figures.unsure = sum(state == "unsure" for state in mails.values())
    figures.unsure_that_arrived = sum(state == "unsure" and message in taken for message, state in mails.items())
    figures.sent_that_never_came = sum(state == "sent" and message not in taken for message, state in mails.items())
    figures.files = len(files.found)
    figures.files_twice = sum(count > 1 for count in files.found.values())
    figures.files_lost = len(texts - {Path(name).stem for name in files.found})
    figures.half_files = _half(files.folder / "taken")


def _half(folder: Path) -> int:
    """Files that are not whole."""
    return sum(not path.read_bytes().rstrip().endswith(b"}") for path in folder.iterdir())
