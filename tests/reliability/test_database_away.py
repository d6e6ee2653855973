"""The database goes away while somebody answers: the words come back to them, and are kept once afterwards."""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from jobbro.cli.database import PROJECT
from jobbro.cli.embedded.ports import LOCAL
from jobbro.cli.smoke.visiting import CSRF

WORDS = "Jeg løfter op til 5 kilo, men ikke <over> skulderen & aldrig alene."
TEXT = re.compile(r"<[^>]+>")


class Forms(HTMLParser):
    """The forms of a page that post: their addresses and named fields as they stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "form" and about.get("method") == "post":
            self.forms.append((about.get("action") or "", []))
        elif tag == "input" and self.forms and about.get("name"):
            self.forms[-1][1].append((str(about["name"]), about.get("value") or ""))


def _send(port: int, *, path: str, session: str, fields: list[tuple[str, str]] | None) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(LOCAL, port, timeout=60)
    headers = {"Cookie": f"csrftoken={CSRF}; sessionid={session}"}
    if fields is None:
        connection.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", path, body=urlencode(fields).encode(), headers=headers)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response.status, response.headers.get("Location") or "", body


def errand() -> dict[str, object]:
    """Run in a process of its own: stop the database, send, start it, send what the page gave back, twice."""
    from tests.reliability.kill import Course, house_for

    with tempfile.TemporaryDirectory(prefix="jobbro-away-") as folder:
        Path(folder).chmod(0o755)
        with house_for(Path(folder), course=Course(writes=1, kills=0, http_writers=1, service_writers=0)) as house:
            return _answer_meanwhile(house)


def _answer_meanwhile(house) -> dict[str, object]:  # type: ignore[no-untyped-def]
    import psycopg

    (person,) = json.loads((house.folder / "people.json").read_text())
    session, citizen = person["session"], person["citizens"][0]
    path = f"/citizens/{citizen}/dialogue/topics/lifting/"
    status, _, page = _send(house.port, path=path, session=session, fields=None)
    assert status == 200, status
    fields = next(fields for action, fields in Forms(page).forms if action == path)
    kept = [(name, value) for name, value in fields if name in ("csrfmiddlewaretoken", "form_token", "seen", "back")]
    typed = [*kept, ("said_by", "citizen"), ("words", WORDS)]
    house.embedded.stop()
    away, _, sorry = _send(house.port, path=path, session=session, fields=typed)
    reading, _, closed = _send(house.port, path="/citizens/", session=session, fields=None)
    (action, carried) = Forms(sorry).forms[0]
    house.embedded.start()
    answers = [_send(house.port, path=action, session=session, fields=carried) for _ in range(4)]
    while answers[0][0] >= 500:
        answers = [_send(house.port, path=action, session=session, fields=carried) for _ in range(4)]
    with psycopg.connect(house.owner_url) as connection:
        words = [row[0] for row in connection.execute("select words from screening_answer")]
    return {
        "away": away,
        "reading": reading,
        "sorry": TEXT.sub(" ", sorry),
        "closed": TEXT.sub(" ", closed),
        "action": action,
        "path": path,
        "carried": dict(carried),
        "token": dict(kept)["form_token"],
        "answers": [answer[:2] for answer in answers],
        "words": words,
    }


def test_what_was_typed_comes_back_and_is_kept_once() -> None:
    code = "import json; from tests.reliability.test_database_away import errand; print(json.dumps(errand()))"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=300, env=dict(os.environ)
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    found = json.loads(answer.stdout.splitlines()[-1])
    assert (found["away"], found["reading"]) == (503, 503)
    assert "Jobbro" in found["sorry"] and "Jobbro" in found["closed"]
    assert found["action"] == found["path"]
    assert found["carried"]["words"] == WORDS
    assert found["carried"]["form_token"] == found["token"]
    assert {status for status, _ in found["answers"]} == {302}
    assert len({where for _, where in found["answers"]}) == 1
    assert found["words"] == [WORDS]
