"""Making the requests: real HTTP, real cookies, a session of the visitor's own."""

import http.client
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from uuid import UUID

from jobbro.cli.embedded.ports import LOCAL

from .shapes import Answer, Visit

# A form token of Django's shape; the cookie and the field only have to agree.
CSRF = "smokeSMOKEsmokeSMOKEsmokeSMOKE12"
CLIENTS = 4
TIMEOUT = 30.0


def session_of(user_id: UUID | None) -> str:
    """The key of a fresh session, as a login would leave it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from jobbro.apps.accounts.models import User
    from jobbro.apps.audit.context import acting_as

    if user_id is None:
        return ""
    with acting_as(user_id):
        store = SessionStore()
        store[SESSION_KEY] = str(user_id)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = User.objects.get(pk=user_id).get_session_auth_hash()
        store.save()
    return str(store.session_key)


class Caller:
    """Keeps one connection a thread."""

    def __init__(self, *, port: int) -> None:
        self._port, self._mine = port, threading.local()

    def read_all(self, visits: Iterable[tuple[Visit, str]]) -> list[Answer]:
        """GET each with its session, a few at a time; answers in the order of the visits."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            return list(pool.map(lambda pair: self.make(pair[0], session=pair[1]), visits))

    def make(self, visit: Visit, *, session: str) -> Answer:
        """One request. An empty form carries its CSRF token and nothing else."""
        headers = {"Cookie": f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")}
        body = b""
        if visit.method == "POST":
            body = urlencode({"csrfmiddlewaretoken": CSRF}).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        response, content = self._send(visit, headers=headers, body=body)
        return Answer(
            visit=visit,
            status=response.status,
            queries=int(response.headers.get("X-Jobbro-Queries") or 0),
            milliseconds=(time.perf_counter() - started) * 1000,
            request_id=response.headers.get("X-Jobbro-Request") or "",
            location=response.headers.get("Location") or "",
            kind=response.headers.get_content_type(),
            body=content,
        )

    def _send(self, visit: Visit, *, headers: dict[str, str], body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        """A kept connection may have been closed by the server in the meantime; then a new one is made."""
        for is_last in (False, True):
            connection = getattr(self._mine, "connection", None) or http.client.HTTPConnection(
                LOCAL, self._port, timeout=TIMEOUT
            )
            self._mine.connection = connection
            try:
                connection.request(visit.method, visit.path, body=body or None, headers=headers)
                response = connection.getresponse()
                return response, response.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                self._mine.connection = None
                if is_last:
                    raise
        raise AssertionError("unreachable")
