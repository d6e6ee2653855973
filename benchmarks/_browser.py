"""A visitor's browser: cookies, one kept connection, forms filled in as they came. Standard library only."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from jobbro.cli.embedded.ports import LOCAL
from jobbro.webkit.measuring import QUERIES_HEADER

TIMEOUT = 60.0
# Everybody may know it: it opens fictive data only.
PASSWORD = "jobbro-demo"  # noqa: S105
CHECKED = ("radio", "checkbox")


class Refused(RuntimeError):
    """The product answered something that a bench does not expect; its figures would mean nothing."""


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took from being asked to the last byte."""

    status: int
    body: bytes
    location: str
    queries: int | None
    seconds: float


@dataclass
class Browser:
    """One visitor's; not shared between threads."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """The page, or `Refused` when it is not shown."""
        return self._expect(self._send("GET", path), path, status=200)

    def submit(self, page: Answer, *, action: str, typed: dict[str, str], status: int = 302) -> Answer:
        """The form of the page that goes to `action`, sent with all its hidden fields."""
        filled = {**form_values(page.body.decode(), action=action), **typed}
        return self._expect(self._send("POST", action, fields=filled), action, status=status)

    def log_in(self, username: str) -> None:
        """Name and password on the login page, as everybody does it."""
        page = self.get("/login/")
        self.submit(page, action="/login/", typed={"username": username, "password": PASSWORD})
        if "sessionid" not in self.cookies:
            raise Refused(f"{username} was not logged in.")

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _expect(self, answer: Answer, path: str, *, status: int) -> Answer:
        if answer.status != status:
            raise Refused(f"{path} answered {answer.status}, not {status}. {answer.body[:200]!r}")
        return answer

    def _send(self, method: str, path: str, *, fields: dict[str, str] | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(fields).encode() if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        response, content = self._exchange(method, path, headers=headers, body=body)
        seconds = time.perf_counter() - started
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        asked = response.headers.get(QUERIES_HEADER)
        return Answer(
            status=response.status,
            body=content,
            location=response.headers.get("Location") or "",
            queries=int(asked) if asked else None,
            seconds=seconds,
        )

    def _exchange(
        self, method: str, path: str, *, headers: dict[str, str], body: bytes | None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The server closes idle connections after two seconds: then, once, a new one is made."""
        is_kept = self._connection is not None
        self._connection = self._connection or http.client.HTTPConnection(LOCAL, self.port, timeout=TIMEOUT)
        try:
            self._connection.request(method, path, body=body, headers=headers)
            response = self._connection.getresponse()
            return response, response.read()
        except (ConnectionError, http.client.HTTPException):
            self.close()
            if not is_kept:
                raise
            return self._exchange(method, path, headers=headers, body=body)


class _Forms(HTMLParser):
    """The fields of every form, by address, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self._fields = self.forms.setdefault(has.get("action") or "", {})
        elif tag == "input" and has.get("name") and (has.get("type") not in CHECKED or "checked" in has):
            self._fields[str(has["name"])] = has.get("value") or ""


def form_values(html: str, *, action: str) -> dict[str, str]:
    """The fields of the form with this address. Raises Refused when the page has no such form."""
    parser = _Forms()
    parser.feed(html)
    if action not in parser.forms:
        raise Refused(f"There is no form to {action} on the page, only to {sorted(parser.forms)}.")
    return parser.forms[action]


_VARIES = re.compile(rb'name="(?:csrfmiddlewaretoken|form_token)" value="[^"]*"')
_MAIN = re.compile(rb"<main\b.*?</main>", re.DOTALL)


def main_region(page: Answer) -> bytes:
    """What the page says, without the tokens that are new on every page."""
    found = _MAIN.search(page.body)
    if found is None:
        raise Refused("The page has no <main>.")
    return _VARIES.sub(b"", found.group())
