"""The self-check leaves no trace: not in the database, not in a session, not in a log, not in an address."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobbro.kernel.vocabulary import GROUPS
from jobbro.webkit.access import WriteOnRead
from jobbro.webkit.logs import NoPersonalData
from tests.factories import accounts, organisations
from tests.factories.rows import rows_of
from tests.postgres import Addresses
from tests.web.open_guide.test_leaves_no_trace import contents

CHECK, RESULT = "/self-check/", "/self-check/result/"
TICKED = ("lifting", "hearing", "memory", "stress")
A_CANARY = re.compile("|".join(rf"\b{word}\b" for word in TICKED))


def carried(page: str) -> dict[str, list[str]]:
    """What the form takes along."""
    found: dict[str, list[str]] = {}
    form = page.split("<fieldset", 1)[0].rsplit("<form", 1)[-1]
    for name, value in re.findall(r'<input type="hidden" name="(area|seen|group)" value="([^"]+)"', form):
        found.setdefault(name, []).append(value)
    return found


def walk(client: Client) -> str:
    """Through the five questions, with ticks, a step back, another language and the result."""
    client.get(CHECK)
    answer = client.post(CHECK, {})
    for _group in GROUPS:
        kept = carried(answer.content.decode())
        answer = client.post(CHECK, {**kept, "tick": [*TICKED], "go": "next"})
    kept = {"area": [*TICKED], "seen": list(GROUPS)}
    client.post(CHECK, {**kept, "group": "senses", "tick": ["hearing"], "go": "back"})
    client.post(CHECK, {**kept, "group": "body", "again": "1", "easy": "on", "language": "en"})
    client.post(CHECK, {"area": ["<b>", "nothing"], "seen": ["'", "body"], "group": "x"})
    return client.post(RESULT, {**kept, "municipality": "0000"}).content.decode()


@pytest.mark.django_db
def test_five_questions_lead_to_sentences_and_a_number_to_ring(client: Client) -> None:
    organisations.team()
    places = rows_of("select code, phone from organisations_municipality where phone <> ''")
    answer = client.post(CHECK, {})
    for number, group in enumerate(GROUPS, start=1):
        kept = carried(answer.content.decode())
        assert kept["group"] == [group] and len(kept.get("seen", [])) == number - 1
        answer = client.post(CHECK, {**kept, "tick": [*TICKED], "go": "next"})
    page = answer.content.decode()
    for word in ("Løfte", "Hør", "Husk"):
        assert word in page
    assert 'href="/schemes/' in page
    if places:
        sent = {"area": ["lifting"], "seen": list(GROUPS), "municipality": places[0].code}
        assert places[0].phone in client.post(RESULT, sent).content.decode()


@pytest.mark.django_db
def test_an_answer_to_another_group_is_left_out_and_a_step_back_loses_nothing(client: Client) -> None:
    sent = {"area": ["lifting"], "seen": ["body"], "group": "senses", "tick": ["hearing", "memory"], "go": "back"}
    page = client.post(CHECK, sent).content.decode()
    assert carried(page)["area"] == ["lifting", "hearing"] and carried(page)["group"] == ["body"]
    assert re.search(r'value="lifting"\s+checked', page)


@pytest.mark.django_db
def test_nothing_ticked_is_fine_too(client: Client) -> None:
    page = client.post(RESULT, {"seen": list(GROUPS)})
    assert page.status_code == 200 and '<h2 id="help-' not in page.content.decode()


@pytest.mark.django_db
def test_no_number_of_anybody_and_no_diagnosis_stands_in_the_result(client: Client) -> None:
    text = re.sub(r"<[^>]+>", " ", walk(client)).lower()
    assert not re.search(r"\b\d+ (point|procent)\b|\bscore\b|diagnose\b.*\bdin\b", text)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_the_same_before_and_after(client: Client, database_addresses: Addresses) -> None:
    before = contents(database_addresses.owner_url)
    walk(client)
    assert contents(database_addresses.owner_url) == before
    assert "sessionid" not in client.cookies


@pytest.mark.django_db
def test_no_statement_carries_an_answer_and_none_writes(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        walk(client)
    statements = [query["sql"] for query in asked]
    assert [text for text in statements if A_CANARY.search(text)] == []
    assert [text for text in statements if re.match(r"\s*(insert|update|delete|merge|copy)", text, re.IGNORECASE)] == []


@pytest.mark.django_db
def test_nobody_is_looked_at_when_somebody_is_logged_in(client: Client) -> None:
    browser = accounts.log_in(client, accounts.employee(team=organisations.team()))
    count = "select (select count(*) from audit_look) + (select count(*) from audit_event) as n"
    before = rows_of(count)[0].n
    walk(browser)
    assert rows_of(count)[0].n == before


@pytest.fixture
def heard() -> Iterator[list[logging.LogRecord]]:
    records: list[logging.LogRecord] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    listener = Listener(level=0)
    named = [logging.getLogger(name) for name in ("", "django", "django.request", "jobbro")]
    levels = [(logger, logger.level) for logger in named]
    for logger in named:
        logger.setLevel(logging.DEBUG)
    for logger in (logging.getLogger(), logging.getLogger("django")):
        logger.addHandler(listener)
    yield records
    for logger in (logging.getLogger(), logging.getLogger("django")):
        logger.removeHandler(listener)
    for logger, level in levels:
        logger.setLevel(level)


@pytest.mark.django_db
def test_no_answer_stands_in_a_log(client: Client, heard: list[logging.LogRecord], monkeypatch) -> None:
    client.raise_request_exception = False
    walk(client)

    def fail(areas: tuple[str, ...]) -> None:
        raise ValueError(f"cannot help with {areas}")

    monkeypatch.setattr("jobbro.web.outreach.self_checking.advice_for", fail)
    assert client.post(RESULT, {"area": [*TICKED], "seen": list(GROUPS)}).status_code == 500
    lines = [logging.Formatter().format(record) for record in heard if NoPersonalData().filter(record)]
    assert [line for line in lines if A_CANARY.search(line)] == []


@pytest.mark.django_db
def test_the_pages_themselves_refuse_to_write(client: Client, monkeypatch) -> None:
    def write(*_: object, **__: object) -> None:
        connection.cursor().execute("insert into audit_submission default values")

    monkeypatch.setattr("jobbro.web.outreach.self_checking.advice_for", write)
    with pytest.raises(WriteOnRead):
        client.post(RESULT, {"area": ["lifting"]})


@pytest.mark.django_db
def test_no_cookie_but_the_forms_own_and_nothing_is_kept_by_the_browser(client: Client) -> None:
    answer = client.post(CHECK, {"area": [*TICKED], "seen": ["body"]})
    assert set(answer.cookies) <= {"csrftoken"}
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_whoever_sends_a_book_is_not_filling_in_a_form(client: Client) -> None:
    assert client.post(CHECK, {"area": ["x" * 70_000]}).status_code == 413
