"""Login through the municipality's identity provider: an account is found by `sub` in a signed token alone."""

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from requests import Response
from requests.exceptions import HTTPError, RequestException

from .enums import Kind
from .models import User

log = logging.getLogger(__name__)

# Clocks of two houses are never quite the same.
LEEWAY_SECONDS = 60
CLAIMS = ["iss", "aud", "sub", "exp", "iat", "nonce"]


class Refusal(StrEnum):
    """Why somebody who came back from the provider is not let in."""

    UNKNOWN = "unknown"
    LEVEL = "level"
    ORGANISATION = "organisation"
    ANSWER = "answer"


class NotLetIn(Exception):
    """The provider's answer opens no account. `subject` is set when the answer itself was in order."""

    def __init__(self, reason: Refusal, *, subject: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.subject = subject


class ProviderAway(Exception):
    """The provider cannot be reached or has a fault of its own; the same login may be tried again in a moment."""


@dataclass(frozen=True)
class Return:
    """The code that came back with the browser, and what the session had kept for it."""

    code: str
    nonce: str
    code_verifier: str
    redirect_uri: str


class OidcBackend(OIDCAuthenticationBackend):
    """The library fetches the token and its key; who gets in is decided here."""

    def authenticate(
        self, request: HttpRequest | None, returned: Return | None = None, **credentials: Any
    ) -> User | None:
        """The account; raises NotLetIn or ProviderAway. None when this is not a return from the provider."""
        return None if returned is None else account_for(claims=self.claims_of(returned))

    def claims_of(self, returned: Return) -> dict[str, Any]:
        """What the provider's signed token says, for us and for this login."""
        exchange = {
            "client_id": settings.OIDC_RP_CLIENT_ID,
            "client_secret": settings.OIDC_RP_CLIENT_SECRET,
            "grant_type": "authorization_code",
            "code": returned.code,
            "redirect_uri": returned.redirect_uri,
            "code_verifier": returned.code_verifier,
        }
        try:
            token = self.get_token(exchange)["id_token"]
            return dict(self.verify_token(token, nonce=returned.nonce))
        except HTTPError as problem:
            raise _judged(problem) from None
        except RequestException as problem:
            log.error("the identity provider cannot be reached: %s", type(problem).__name__)
            raise ProviderAway from None
        except (SuspiciousOperation, jwt.PyJWTError, LookupError, TypeError, ValueError) as problem:
            log.warning("a token of the identity provider was refused: %s", type(problem).__name__)
            raise NotLetIn(Refusal.ANSWER) from None

    def _verify_jws(self, payload: str, key: Any) -> dict[str, Any]:
        """In place of the library's, which checks neither `aud` nor `iss`."""
        claims = jwt.decode(
            payload,
            key,
            algorithms=["RS256"],
            audience=settings.OIDC_RP_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": CLAIMS},
        )
        if not claims["sub"] or not _is_made_for_us(claims):
            raise jwt.InvalidTokenError
        return claims

    def get_user(self, user_id: UUID) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def account_for(*, claims: dict[str, Any]) -> User:
    """The one active account of `sub`, when level and organisation are good enough; raises NotLetIn.

    Citizens log in as private persons: no `cvr` is asked of them. Somebody at a company may do so too, but not for
    another workplace than a company they are or were a contact of.
    """
    subject = claims["sub"]
    if claims.get("acr") not in settings.OIDC_ACR_VALUES:
        raise NotLetIn(Refusal.LEVEL, subject=subject)
    account = next(iter(User.objects.raw("select * from account_for_subject(%s)", [subject])), None)
    if account is None:
        raise NotLetIn(Refusal.UNKNOWN, subject=subject)
    if not _is_for_right_workplace(account, cvr=claims.get("cvr")):
        raise NotLetIn(Refusal.ORGANISATION, subject=subject)
    return account


def _is_for_right_workplace(account: User, *, cvr: Any) -> bool:
    if account.kind == Kind.STAFF and settings.OIDC_CVRS:
        return str(cvr) in settings.OIDC_CVRS
    if account.kind == Kind.EMPLOYER and cvr:
        with connection.cursor() as cursor:
            cursor.execute("select app_is_account_at(%s::uuid, %s::text)", [account.pk, str(cvr)])
            return bool(cursor.fetchone()[0])
    return True


def _is_made_for_us(claims: dict[str, Any]) -> bool:
    """OpenID Connect Core 3.1.3.7, points 4 and 5: a token for several parties says which one asked for it."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    asked = claims.get("azp", settings.OIDC_RP_CLIENT_ID if len(audience) == 1 else None)
    return bool(asked == settings.OIDC_RP_CLIENT_ID)


def _judged(problem: HTTPError) -> Exception:
    """A code that is used up or not ours is the visitor's affair; every other refusal is the operator's."""
    answer = problem.response
    status, error = (answer.status_code, _error_in(answer)) if answer is not None else (0, "")
    if error == "invalid_grant":
        return NotLetIn(Refusal.ANSWER)
    log.error("the identity provider answered %s %s", status, error)
    return ProviderAway()


def _error_in(answer: Response) -> str:
    """The code of the error, as RFC 6749 writes it; nothing when it is no code."""
    try:
        error = str(answer.json()["error"])
    except (LookupError, TypeError, ValueError):
        return ""
    return error if error.isidentifier() else ""
