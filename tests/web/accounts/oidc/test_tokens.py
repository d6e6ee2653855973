"""Tokens that a provider should never have made, or that somebody else made: none of them says who somebody is."""

import base64
import hmac
import json
import time
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from jobbro.apps.accounts.oidc import NotLetIn, OidcBackend, Refusal, Return

ISSUER, CLIENT = "https://login.example/o", "jobbro"
RETURN = Return(code="c", nonce="n", code_verifier="v", redirect_uri="https://jobbro.example/back/")
Backend = Callable[[str], OidcBackend]


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def receiving(key: rsa.RSAPrivateKey, settings) -> Backend:
    """A backend to which the provider hands this token; the provider's key is the one above."""
    settings.OIDC_OP_TOKEN_ENDPOINT, settings.OIDC_OP_JWKS_ENDPOINT = (
        "https://login.example/t",
        "https://login.example/j",
    )
    settings.OIDC_ISSUER, settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = ISSUER, CLIENT, "s" * 40
    public = jwt.PyJWK(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True))

    def receiving(token: str) -> OidcBackend:
        backend = OidcBackend()
        backend.get_token = lambda exchange: {"id_token": token}
        backend.retrieve_matching_jwk = lambda given: public
        return backend

    return receiving


def claims(**changed: object) -> dict[str, object]:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": CLIENT, "sub": "mette", "nonce": "n", "iat": now, "exp": now + 60}
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


@pytest.mark.parametrize("changed", [{}, {"aud": [CLIENT]}, {"aud": [CLIENT, "other"], "azp": CLIENT}])
def test_a_good_token_says_who_it_is(receiving: Backend, key: rsa.RSAPrivateKey, changed: dict) -> None:
    token = jwt.encode(claims(**changed), key, algorithm="RS256")
    assert receiving(token).claims_of(RETURN)["sub"] == "mette"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://login.example/other"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"aud": [CLIENT, "other"]},
        {"azp": "other"},
        {"sub": ""},
        {"sub": None},
        {"sub": 7},
        {"nonce": "of another login"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
    ],
    ids=str,
)
def test_a_token_with_something_wrong_is_refused(receiving: Backend, key: rsa.RSAPrivateKey, changed: dict) -> None:
    refuse(receiving(jwt.encode(claims(**changed), key, algorithm="RS256")))


def test_a_token_signed_by_somebody_else_is_refused(receiving: Backend) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    refuse(receiving(jwt.encode(claims(), other, algorithm="RS256")))


def test_a_token_without_a_signature_is_refused(receiving: Backend) -> None:
    refuse(receiving(jwt.encode(claims(), None, algorithm="none")))


@pytest.mark.parametrize("algorithm", ["RS384", "PS256"])
def test_another_algorithm_is_refused(receiving: Backend, key: rsa.RSAPrivateKey, algorithm: str) -> None:
    refuse(receiving(jwt.encode(claims(), key, algorithm=algorithm)))


def test_the_public_key_is_no_secret_to_sign_with(receiving: Backend, key: rsa.RSAPrivateKey) -> None:
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    signed = b".".join(_part(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims()))
    seal = hmac.digest(key.public_key().public_bytes(*form), signed, "sha256")
    refuse(receiving((signed + b"." + _part(seal)).decode()))


@pytest.mark.parametrize("token", ["", "a.b.c", "no token"])
def test_what_is_no_token_is_refused(receiving: Backend, token: str) -> None:
    refuse(receiving(token))


def _part(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def refuse(backend: OidcBackend) -> None:
    with pytest.raises(NotLetIn) as refused:
        backend.claims_of(RETURN)
    assert refused.value.reason == Refusal.ANSWER
