"""The open guide leaves no trace: not in the database, not in a session, not in a log, not in an address."""

import logging
import re
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from jobbro.engines.schemes import explaining
from jobbro.webkit.access import WriteOnRead
from tests.postgres import Addresses

QUESTIONS, RESULTS = "/guide/questions/", "/guide/results/"
# Answers that occur nowhere else, so that they can be looked for.
TELLING = (
    "birth_date:1971-07-13",
    "illness_days_last_year:213",
    "treatment:decided_when_hired",
    "work_hard_to_get:true",
)
CANARIES = ("1971-07-13", "13. juli 1971", "213", "decided_when_hired", "work_hard_to_get")
# Numbers that the machine draws, in which any three digits may stand: of a request, and of a thread in a savepoint.
DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\bs\d+_x\d+\b")


def walk(client: Client) -> list[str]:
    """Through both doors, with answers, mistakes, a change, the results and a refused CPR number."""
    seen = [client.get("/guide/").content.decode()]
    for door in ("person", "employer"):
        told: list[str] = list(TELLING)
        answer = client.post(QUESTIONS, {"door": door, "told": told})
        for _ in range(6):
            code = re.search(r'name="question" value="([^"]+)"', answer.content.decode())[1]
            told = [*told, f"{code}:?"]
            answer = client.post(QUESTIONS, {"door": door, "told": told})
        client.post(
            QUESTIONS, {"door": door, "told": told, "question": "birth_date", "answer": "130771-1234", "go": "next"}
        )
        client.post(QUESTIONS, {"door": door, "told": told, "change": "birth_date"})
        client.post(QUESTIONS, {"door": door, "told": told, "again": "birth_date", "easy": "on", "language": "en"})
        seen.append(client.post(RESULTS, {"door": door, "told": told, "show": "all"}).content.decode())
    return seen


def _tells(text: str) -> bool:
    """Whether an answer stands anywhere in the text."""
    bare = DRAWN.sub("", text)
    return any(canary in bare for canary in CANARIES)


def contents(owner_url: str) -> dict[str, tuple[object, ...]]:
    """Every table with its number of rows and the hash of all of them, and every sequence with where it stands."""
    with psycopg.connect(owner_url, autocommit=True) as database:
        tables = database.execute("select schemaname, relname from pg_stat_user_tables order by 1, 2").fetchall()
        database.execute("set row_security = off")
        found = {f"{schema}.{name}": _hash(database, schema, name) for schema, name in tables}
        sequences = database.execute("select sequencename, last_value from pg_sequences").fetchall()
    return {**found, **{f"sequence {name}": (value,) for name, value in sequences}}


def _hash(database: psycopg.Connection, schema: str, name: str) -> tuple[object, ...]:
    statement = sql.SQL("select count(*), md5(string_agg(t::text, '\n' order by t::text)) from {} t")
    return tuple(database.execute(statement.format(sql.Identifier(schema, name))).fetchone() or ())


@pytest.fixture
def heard() -> Iterator[list[logging.LogRecord]]:
    """Every record of every logger, at every level."""
    records: list[logging.LogRecord] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    listener, root = Listener(level=0), logging.getLogger()
    named = [logging.getLogger(name) for name in ("", "django", "django.request", "django.server", "jobbro")]
    levels = [(logger, logger.level) for logger in named]
    for logger in named:
        logger.setLevel(logging.DEBUG)
    for logger in (root, logging.getLogger("django")):
        logger.addHandler(listener)
    yield records
    for logger in (root, logging.getLogger("django")):
        logger.removeHandler(listener)
    for logger, level in levels:
        logger.setLevel(level)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_the_same_before_and_after(client: Client, database_addresses: Addresses) -> None:
    before = contents(database_addresses.owner_url)
    assert len(before) > 40
    pages = walk(client)
    assert 'class="panel scheme-card"' in pages[1]
    assert contents(database_addresses.owner_url) == before
    assert "sessionid" not in client.cookies


@pytest.mark.django_db
def test_no_statement_carries_an_answer_and_none_writes(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        walk(client)
    statements = [query["sql"] for query in asked]
    assert [text for text in statements if _tells(text)] == []
    assert [text for text in statements if re.match(r"\s*(insert|update|delete|merge|copy)", text, re.IGNORECASE)] == []


@pytest.mark.django_db
def test_nobody_is_looked_at_when_somebody_is_logged_in(client: Client) -> None:
    from jobbro.apps.audit.models import Event, Look
    from tests.factories import accounts, organisations

    browser = accounts.log_in(client, accounts.employee(team=organisations.team()))
    counts = (Look.objects.count(), Event.objects.count())
    walk(browser)
    assert (Look.objects.count(), Event.objects.count()) == counts


@pytest.mark.django_db
def test_no_answer_stands_in_a_log(client: Client, heard: list[logging.LogRecord], monkeypatch) -> None:
    client.raise_request_exception = False
    walk(client)

    def fail(facts, **_):
        raise ValueError(f"cannot explain {facts}")

    monkeypatch.setattr("jobbro.web.open_guide.asking.explain", fail)
    answer = client.post(RESULTS, {"door": "person", "told": list(TELLING)})
    assert answer.status_code == 500
    lines = [logging.Formatter().format(record) for record in filter(_as_the_console, heard)]
    assert [line for line in lines if _tells(line)] == []
    assert not any(canary in answer.content.decode() for canary in CANARIES[:4])


def _as_the_console(record: logging.LogRecord) -> bool:
    """What the console handler would make of it: the filter of the settings, which writes exceptions without text."""
    from jobbro.webkit.logs import NoPersonalData

    return NoPersonalData().filter(record)


@pytest.mark.django_db
def test_the_pages_themselves_refuse_to_write(client: Client, monkeypatch) -> None:
    def write(*_, **__):
        connection.cursor().execute("insert into audit_submission default values")

    monkeypatch.setattr("jobbro.web.open_guide.views.course_of", write)
    with pytest.raises(WriteOnRead):
        client.post(RESULTS, {"door": "person"})


@pytest.mark.django_db
def test_no_cookie_but_the_forms_own(client: Client) -> None:
    walk_without_choices = client.post(QUESTIONS, {"door": "person", "told": list(TELLING)})
    assert set(walk_without_choices.cookies) <= {"csrftoken"}
    assert walk_without_choices.headers["Cache-Control"] == "no-store, private"


def test_the_rules_keep_no_person() -> None:
    """What the engine keeps between requests is keyed by the law, never by a person's facts."""
    from jobbro.engines.schemes import deciding, resolving

    kept = [
        module
        for module in (deciding, resolving)
        for name in vars(module)
        if hasattr(getattr(module, name), "cache_info")
    ]
    assert kept
    assert not hasattr(explaining.explain, "cache_info")
