"""The identity provider of the tests and a person who logs in there with a browser's manners."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client

from config.settings.oidc import LOCAL_BACKEND, PROVIDER_BACKEND, oidc_settings
from jobbro.cli.database import PROJECT

from . import provider

OURS = ("http://testserver", "http://127.0.0.1", "http://localhost")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Visit = Callable[..., str]


def free_port() -> int:
    """A port of loopback where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="session")
def provider_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an identity provider that runs in a process of its own."""
    folder, port = Path(tmp_path_factory.mktemp("provider")), free_port()
    command = [sys.executable, "-W", "error", "-m", "tests.web.accounts.oidc.provider", str(folder), str(port), *OURS]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as running,
    ):
        assert running.stdout and running.stdin
        assert running.stdout.readline() == "ready\n", (folder / "log").read_text()
        yield f"http://127.0.0.1:{port}"
        running.stdin.close()


@pytest.fixture
def municipality_login(provider_url: str, settings):
    """Jobbro is set up for that provider; both ways to log in are open."""
    environ = {
        "OIDC_ISSUER": f"{provider_url}/o",
        "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{provider_url}/o/authorize/",
        "OIDC_OP_TOKEN_ENDPOINT": f"{provider_url}/o/token/",
        "OIDC_OP_JWKS_ENDPOINT": f"{provider_url}/o/.well-known/jwks.json",
        "OIDC_OP_LOGOUT_ENDPOINT": f"{provider_url}/o/logout/",
        "OIDC_RP_CLIENT_ID": provider.CLIENT_ID,
        "OIDC_RP_CLIENT_SECRET": provider.CLIENT_SECRET,
        "OIDC_CVRS": provider.OURS,
    }
    for name, value in oidc_settings(environ).items():
        setattr(settings, name, value)
    settings.AUTHENTICATION_BACKENDS = [LOCAL_BACKEND, PROVIDER_BACKEND]
    return settings


@pytest.fixture
def visit(municipality_login) -> Visit:
    """`visit(client, "mette")`: out from our login page, through the provider's, and the address that leads back."""

    def visit(client: Client, name: str, *, to: str = "") -> str:
        start = client.get("/login/municipality/", {"next": to} if to else {})
        assert start.status_code == 302
        return logged_in_there(start.headers["Location"], name=name)

    return visit


def logged_in_there(address: str, *, name: str) -> str:
    """Our return address with code and state, as the provider sends a browser there."""
    with requests.Session() as browser:
        form = browser.get(address)
        found = TOKEN.search(form.text)
        assert found, form.text
        fields = {"csrfmiddlewaretoken": found[1], "username": name, "password": provider.PASSWORD}
        answer = browser.post(form.url, fields, allow_redirects=False)
        there = urlsplit(form.url).netloc
        while urlsplit(onward := requests.compat.urljoin(answer.url, answer.headers["Location"])).netloc == there:
            answer = browser.get(onward, allow_redirects=False)
    parts = urlsplit(onward)
    return f"{parts.path}?{parts.query}"
