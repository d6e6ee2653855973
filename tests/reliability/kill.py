"""Answers are written while server and web server are killed; afterwards every acknowledged one is looked for.

A writer holds on to its form until it is acknowledged, as a person with the page open would: same form, same token.
Some writers are browsers' worth of HTTP against gunicorn, the others call the same service in processes of their own.
"""

import contextlib
import http.client
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from jobbro.cli.database import APP_URL, OWNER_URL, PROJECT, prepared_database
from jobbro.cli.embedded import EmbeddedPostgres
from jobbro.cli.embedded.ports import LOCAL, free_port
from jobbro.cli.embedded.postmaster import read_postmaster
from jobbro.cli.serve import web_command
from jobbro.cli.smoke.product import wait_for_answer
from jobbro.cli.smoke.visiting import CSRF

TOPICS_EACH = 20
TARGETS = ("postgres", "postgres", "postgres", "postgres", "web worker", "web master")
PATIENCE = 120.0
# Without these a commit waits for nothing: what was acknowledged is still in the killed server's memory.
CARELESS = ("alter system set synchronous_commit = off", "alter system set wal_writer_delay = '10s'")


@dataclass(frozen=True)
class Course:
    """How much is written and killed."""

    writes: int
    kills: int
    http_writers: int = 2
    service_writers: int = 2
    is_careful: bool = True
    seed: int = 1


@dataclass(frozen=True)
class Job:
    """One answer to give: who gives it, about whom, to what, and the words by which it is found again."""

    user_id: UUID
    citizen_id: UUID
    topic: str
    words: str
    token: UUID


@dataclass
class Figures:
    """What came of it."""

    is_careful: bool
    acknowledged: int = 0
    by_http: int = 0
    by_service: int = 0
    retried: int = 0
    lost: int = 0
    duplicated: int = 0
    unacknowledged: int = 0
    half_states: int = 0
    broken_seals: int = 0
    sealed_rows: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    slowest_restart: float = 0.0
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Nothing lost, nothing twice, nothing half."""
        return not (self.lost or self.duplicated or self.half_states or self.broken_seals or self.unacknowledged)


def run(course: Course) -> Figures:
    """The figures of one course, on a server, a web server and people of its own."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jobbro-kill-") as folder:
        Path(folder).chmod(0o755)
        with house_for(Path(folder), course=course) as house:
            figures = _write_and_kill(house, course=course)
            house.make_whole()
            _count(figures, owner_url=house.owner_url, acknowledged=_acknowledged(Path(folder)))
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


class House:
    """The durable server and gunicorn in front of it, both of which can be killed and come back."""

    def __init__(self, folder: Path, *, embedded: EmbeddedPostgres) -> None:
        self.folder, self.embedded = folder, embedded
        self.server = embedded.start()
        database = prepared_database(embedded, server=self.server)
        self.app_url, self.owner_url = database.app_url, str(database.owner_url)
        self.port = free_port()
        self.web: subprocess.Popen[bytes] | None = None

    def start_web(self) -> None:
        """gunicorn as `jobbro serve` starts it; a killed one's workers leave the port within a second or so."""
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                web_command(port=self.port), cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def kill(self, what: str) -> float:
        """It is gone without a word, and back again; the seconds that took."""
        if what == "postgres":
            postmaster = read_postmaster(self.embedded.cluster)
            assert postmaster is not None
            os.kill(postmaster.pid, signal.SIGKILL)
        elif what == "web worker":
            os.kill(random.choice(_workers(self.web)), signal.SIGKILL)
        else:
            assert self.web is not None
            self.web.kill()
            self.web.wait()
        started = time.monotonic()
        self.make_whole()
        return time.monotonic() - started

    def make_whole(self) -> None:
        """Both run. The address of the database stays the same, or nobody would find it again."""
        server = self.embedded.start()
        assert server.port == self.server.port, "the server came back on another port"
        if self.web is None or self.web.poll() is not None:
            self.start_web()

    def stop(self) -> None:
        if self.web is not None:
            self.web.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.web.wait(timeout=20)
            self.web.kill()
        self.embedded.stop()


def _workers(process: "subprocess.Popen[bytes] | None") -> list[int]:
    """The web server's workers; one that has just been started again loads the product before it has any."""
    assert process is not None
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    give_up_at = time.monotonic() + PATIENCE
    while not (workers := children.read_text().split()):
        assert time.monotonic() < give_up_at, "the web server started no workers"
        time.sleep(0.05)
    return [int(pid) for pid in workers]


@contextlib.contextmanager
def house_for(folder: Path, *, course: Course) -> Iterator[House]:
    house = House(folder, embedded=EmbeddedPostgres(folder / "data"))
    before = dict(os.environ)
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "JOBBRO_DATA": str(folder / "keys"),
            APP_URL: house.app_url,
            OWNER_URL: house.owner_url,
        }
    )
    try:
        _prepare(house, course=course)
        yield house
    finally:
        house.stop()
        os.environ.clear()
        os.environ.update(before)


def _prepare(house: House, *, course: Course) -> None:
    subprocess.run([sys.executable, "-m", "jobbro.cli", "migrate", "--quiet"], cwd=PROJECT, check=True)
    context = multiprocessing.get_context("spawn")
    people = context.Process(target=_write_people, args=(house.owner_url, course, str(house.folder / "people.json")))
    people.start()
    people.join()
    assert people.exitcode == 0, "the people could not be written"
    if not course.is_careful:
        with psycopg.connect(house.server.superuser_url, autocommit=True) as connection:
            for statement in (*CARELESS, "select pg_reload_conf()"):
                connection.execute(statement.encode())
    house.start_web()
    assert house.web is not None
    wait_for_answer(port=house.port, process=house.web, log=house.folder / "web.log")


def _write_people(owner_url: str, course: Course, file: str) -> None:
    """In a process of its own, as the owner: one caseworker a writer, with enough citizens; and sessions for HTTP."""
    from jobbro.cli.django_setup import start_django

    start_django(database_url=owner_url)
    from jobbro.cli.smoke.visiting import session_of
    from tests.reliability.people import write_people

    writers = course.http_writers + course.service_writers
    # Writers are of different speed, and go on until the last kill: each has enough for twice the whole.
    each = course.writes * 2 // TOPICS_EACH + 2
    people = write_people(caseworkers=writers, citizens_each=each)
    made = [{"user": str(u), "session": session_of(u), "citizens": [str(c) for c in cs]} for u, cs in people]
    Path(file).write_text(json.dumps(made), encoding="utf-8")


def _write_and_kill(house: House, *, course: Course) -> Figures:
    context = multiprocessing.get_context("spawn")
    counter, stop = context.Value("L", 0), context.Event()
    people = json.loads((house.folder / "people.json").read_text())
    processes = [
        context.Process(target=_writer, args=(number, person, house.port, str(house.folder), counter, stop, course))
        for number, person in enumerate(people)
    ]
    for process in processes:
        process.start()
    try:
        figures = _kill_on_the_way(house, course=course, counter=counter, processes=processes)
    finally:
        stop.set()
        for process in processes:
            process.join(timeout=PATIENCE)
    assert [process.exitcode for process in processes] == [0] * len(processes), "a writer fell over"
    return figures


def _kill_on_the_way(house: House, *, course: Course, counter: "Synchronized[int]", processes: list[Any]) -> Figures:
    """Kills spread over the writes, each at a random moment; two in three hit the database."""
    chance = random.Random(course.seed)
    figures, killed = Figures(is_careful=course.is_careful), Counter[str]()
    last_news = (0, time.monotonic())
    while counter.value < course.writes or sum(killed.values()) < course.kills:
        time.sleep(chance.uniform(0.02, 0.2))
        last_news = _still_going(counter.value, last_news, processes=processes)
        due = (sum(killed.values()) + chance.random()) * course.writes / course.kills
        if sum(killed.values()) < course.kills and counter.value >= due * 0.97:
            what = chance.choice(TARGETS) if course.is_careful else "postgres"
            figures.slowest_restart = round(max(figures.slowest_restart, house.kill(what)), 2)
            killed[what] += 1
            figures.sealed_rows += _seal(house.owner_url)
    figures.kills = dict(killed)
    return figures


def _still_going(written: int, last_news: tuple[int, float], *, processes: list[Any]) -> tuple[int, float]:
    if written != last_news[0]:
        return written, time.monotonic()
    assert all(process.is_alive() for process in processes), "a writer fell over"
    assert time.monotonic() - last_news[1] < PATIENCE, "nothing has been written for two minutes"
    return last_news


def _seal(owner_url: str) -> int:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        return int(connection.execute("select audit_seal_logs()").fetchone()[0])  # type: ignore[index]


# --- writers: processes of their own ---------------------------------------------------------------------------------


def _writer(
    number: int,
    person: dict[str, Any],
    port: int,
    folder: str,
    counter: "Synchronized[int]",
    stop: Event,
    course: Course,
) -> None:
    """Writes answers until told to stop; each acknowledged one is a line in a file."""
    from jobbro.cli.django_setup import start_django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reliability.settings"
    start_django()
    is_http = number < course.http_writers
    write = HttpWriter(port=port, session=person["session"]) if is_http else ServiceWriter()
    way = "http" if is_http else "service"
    with (Path(folder) / f"acknowledged-{number}.{way}").open("w", encoding="utf-8") as lines:
        for job in _jobs(person, number=number):
            if stop.is_set():
                return
            tries = _until_acknowledged(write, job, is_patient=course.is_careful)
            lines.write(f"{job.words}\t{tries}\n")
            lines.flush()
            with counter.get_lock():
                counter.value += 1
    raise AssertionError("there were too few citizens to write about")


def _jobs(person: dict[str, Any], *, number: int) -> Iterator[Job]:
    from jobbro.apps.audit.ids import uuid7
    from jobbro.engines import needs

    topics = list(needs.load_guide().by_code)[:TOPICS_EACH]
    for citizen in person["citizens"]:
        for topic in topics:
            yield Job(
                user_id=UUID(person["user"]),
                citizen_id=UUID(citizen),
                topic=topic,
                words=f"Skrevet af {number} til {topic}: {citizen}",
                token=uuid7(),
            )


def _until_acknowledged(write: Any, job: Job, *, is_patient: bool) -> int:
    """The number of times it was sent."""
    give_up_at = time.monotonic() + PATIENCE
    tries = 1
    while not write(job):
        assert time.monotonic() < give_up_at, "an answer was not acknowledged for two minutes"
        tries += 1
        time.sleep(0.1)
    return tries


class HttpWriter:
    """Sends the form of the page as a browser would."""

    def __init__(self, *, port: int, session: str) -> None:
        self._port = port
        self._headers = {
            "Cookie": f"csrftoken={CSRF}; sessionid={session}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def __call__(self, job: Job) -> bool:
        """Whether the web server said that it is kept: by leading on to the next page."""
        connection = http.client.HTTPConnection(LOCAL, self._port, timeout=30)
        try:
            connection.request("POST", _address(job), body=_form(job), headers=self._headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        location = response.headers.get("Location") or ""
        if response.status == 302 and f"/citizens/{job.citizen_id}/dialogue/" in location:
            return True
        assert response.status >= 500, f"the form was answered {response.status} {location}"
        return False


def _address(job: Job) -> str:
    return f"/citizens/{job.citizen_id}/dialogue/topics/{job.topic}/"


def _form(job: Job) -> bytes:
    fields = {"csrfmiddlewaretoken": CSRF, "form_token": str(job.token), "words": job.words, "said_by": "citizen"}
    return urlencode(fields).encode()


class ServiceWriter:
    """Calls the service as the page does: one transaction with the form's token in it."""

    def __call__(self, job: Job) -> bool:
        from django.db import InterfaceError, OperationalError, connection

        try:
            _record(job)
        except (OperationalError, InterfaceError):
            connection.close()
            return False
        return True


def _record(job: Job) -> None:
    from django.utils import timezone

    from jobbro.apps.accounts.actor import actor_of
    from jobbro.apps.accounts.models import User
    from jobbro.apps.audit.context import acting_as
    from jobbro.apps.audit.services import answer_form, receive_form
    from jobbro.apps.screening.enums import Speaker, Status
    from jobbro.apps.screening.services import Draft, record_answer

    at = timezone.now()
    on = timezone.localdate(at)
    with acting_as(job.user_id):
        if not receive_form(key=job.token, actor_id=job.user_id, at=at):
            return
        record_answer(
            actor=actor_of(user=User.objects.get(pk=job.user_id), on=on),
            citizen_id=job.citizen_id,
            topic=job.topic,
            draft=Draft(status=Status.TOLD, said_by=Speaker.CITIZEN, words=job.words),
            seen=None,
            at=at,
            on=on,
        )
        answer_form(key=job.token, location="/")


# --- the count ------------------------------------------------------------------------------------------------------


def _acknowledged(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """Way -> the words of each acknowledged answer and how often it was sent."""
    found: dict[str, list[tuple[str, int]]] = {"http": [], "service": []}
    for file in sorted(folder.glob("acknowledged-*")):
        for line in file.read_text(encoding="utf-8").splitlines():
            spoken, _, tries = line.rpartition("\t")
            found[file.suffix.lstrip(".")].append((spoken, int(tries)))
    return found


_HALF = """
    with answers as (select 'answer:' || id as subject, id::text as id from screening_answer),
    events as (select subject, count(*) n from audit_event where verb = 'answer_recorded' group by subject),
    changes as (select row_id, count(*) n from audit_change
                where table_name = 'screening_answer' and operation = 'INSERT' group by row_id)
    select
        (select count(*) from answers a full join events e using (subject)
         where a.subject is null or e.n is distinct from 1)
        + (select count(*) from answers a full join changes c on c.row_id = a.id
           where a.id is null or c.n is distinct from 1)
        + (select count(*) from audit_submission where location = '')
        + abs((select count(*) from audit_submission) - (select count(*) from answers))
"""


def _count(figures: Figures, *, owner_url: str, acknowledged: dict[str, list[tuple[str, int]]]) -> None:
    """An answer, its event, its history and its form token stand or fall together."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        kept = Counter(words for (words,) in connection.execute("select words from screening_answer"))
        figures.half_states = int(connection.execute(_HALF).fetchone()[0])  # type: ignore[index]
        figures.sealed_rows += int(connection.execute("select audit_seal_logs()").fetchone()[0])  # type: ignore[index]
        figures.broken_seals = len(connection.execute("select * from audit_broken_seals()").fetchall())
    said = {spoken for way in acknowledged.values() for spoken, _ in way}
    figures.by_http, figures.by_service = (len(acknowledged[way]) for way in ("http", "service"))
    figures.acknowledged = figures.by_http + figures.by_service
    figures.retried = sum(1 for way in acknowledged.values() for _, tries in way if tries > 1)
    figures.lost = len(said - kept.keys())
    figures.duplicated = sum(1 for count in kept.values() if count > 1)
    figures.unacknowledged = len(kept.keys() - said)


def as_dict(figures: Figures) -> dict[str, Any]:
    """The figures for JSON."""
    return asdict(figures)
