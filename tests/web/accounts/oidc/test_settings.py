"""What the environment says of logging in: all of a provider or nothing, and no password beside it in real use."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.oidc import NEEDED, backends, local_login, oidc_settings, refuse_plain_http
from jobbro.cli.database import PROJECT

FULL = {name: f"https://login.example/{name.lower()}" for name in NEEDED}


def test_without_a_provider_passwords_are_the_only_way() -> None:
    assert oidc_settings({})["OIDC_ENABLED"] is False
    assert local_login({"JOBBRO_LOCAL_LOGIN": "0"}, is_usual=True, has_provider=False) is True


@pytest.mark.parametrize("name", NEEDED)
def test_half_a_provider_is_refused_by_name(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        oidc_settings({**FULL, name: " "})


def test_an_empty_list_of_levels_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_ACR_VALUES"):
        oidc_settings({**FULL, "OIDC_ACR_VALUES": " "})


def test_lists_are_read_with_commas_or_spaces() -> None:
    found = oidc_settings({**FULL, "OIDC_CVRS": "11111111, 22222222", "OIDC_ACR_VALUES": "high substantial"})
    assert found["OIDC_ENABLED"] is True
    assert found["OIDC_CVRS"] == ("11111111", "22222222")
    assert found["OIDC_ACR_VALUES"] == ("high", "substantial")


@pytest.mark.parametrize(
    ("environ", "is_usual", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"JOBBRO_LOCAL_LOGIN": "0"}, True, False),
        ({"JOBBRO_LOCAL_LOGIN": "1"}, False, True),
    ],
)
def test_beside_a_provider_passwords_are_as_said(environ: dict[str, str], is_usual: bool, expected: bool) -> None:
    assert local_login(environ, is_usual=is_usual, has_provider=True) is expected
    assert len(backends(is_local=expected, has_provider=True)) == 1 + expected


def test_a_provider_without_tls_is_refused() -> None:
    refuse_plain_http(oidc_settings(FULL))
    with pytest.raises(ImproperlyConfigured, match="OIDC_OP_TOKEN_ENDPOINT must"):
        refuse_plain_http(oidc_settings({**FULL, "OIDC_OP_TOKEN_ENDPOINT": "http://login.example/token"}))


def test_in_real_use_a_provider_takes_the_place_of_passwords() -> None:
    keys = {f"JOBBRO_{name}": "k" * 43 for name in ("SECRET_KEY", "CPR_KEY", "CPR_LOOKUP_KEY")}
    script = "from config.settings import prod; print(prod.LOCAL_LOGIN, *prod.AUTHENTICATION_BACKENDS)"
    environ = {"PATH": os.environ["PATH"], **keys, **FULL}
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, env=environ, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["False", "jobbro.apps.accounts.oidc.OidcBackend"]
