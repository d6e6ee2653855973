"""Login through an identity provider: the settings of mozilla-django-oidc, read from the environment."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

LOCAL_BACKEND = "jobbro.apps.accounts.backends.LocalBackend"
PROVIDER_BACKEND = "jobbro.apps.accounts.oidc.OidcBackend"

# All of them or none: half a provider would let people go there and never come back.
NEEDED = (
    "OIDC_ISSUER",
    "OIDC_OP_AUTHORIZATION_ENDPOINT",
    "OIDC_OP_TOKEN_ENDPOINT",
    "OIDC_OP_JWKS_ENDPOINT",
    "OIDC_RP_CLIENT_ID",
    "OIDC_RP_CLIENT_SECRET",
)
LOGOUT = "OIDC_OP_LOGOUT_ENDPOINT"
# NSIS "betydelig" and "høj" as OIOSAML 3 writes them; docs/login.md says where.
LEVELS = "https://data.gov.dk/concept/core/nsis/Substantial https://data.gov.dk/concept/core/nsis/High"


def oidc_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """The provider as the environment describes it; off when it says nothing."""
    given = {name: environ.get(name, "").strip() for name in (*NEEDED, LOGOUT)}
    lacking = [name for name in NEEDED if not given[name]]
    if lacking and len(lacking) < len(NEEDED):
        raise ImproperlyConfigured(f"Login through a provider also needs {', '.join(lacking)}; see docs/login.md.")
    levels = tuple(environ.get("OIDC_ACR_VALUES", LEVELS).split())
    if not levels:
        raise ImproperlyConfigured("OIDC_ACR_VALUES is empty: nobody could log in. Leave it out for the usual levels.")
    return {
        **given,
        "OIDC_ENABLED": not lacking,
        "OIDC_ACR_VALUES": levels,
        "OIDC_CVRS": tuple(environ.get("OIDC_CVRS", "").replace(",", " ").split()),
        "OIDC_RP_SCOPES": environ.get("OIDC_RP_SCOPES", "openid"),
        "OIDC_AUTH_REQUEST_EXTRA_PARAMS": {"acr_values": " ".join(levels)},
        # Fixed: no weaker choice is offered. User info is never fetched, all that counts is in the signed token.
        "OIDC_OP_USER_ENDPOINT": "",
        "OIDC_RP_SIGN_ALGO": "RS256",
        "OIDC_USE_NONCE": True,
        "OIDC_USE_PKCE": True,
        "OIDC_PKCE_CODE_CHALLENGE_METHOD": "S256",
        "OIDC_CREATE_USER": False,
        "OIDC_TIMEOUT": 5,
        "OIDC_MAX_STATES": 10,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "oidc_return",
    }


def local_login(environ: Mapping[str, str], *, is_usual: bool, has_provider: bool) -> bool:
    """Whether username and password are asked for; without a provider there is no other way in."""
    return not has_provider or environ.get("JOBBRO_LOCAL_LOGIN", "1" if is_usual else "0") == "1"


def backends(*, is_local: bool, has_provider: bool) -> list[str]:
    """Ways in that hold: a session that came by another way ends at its next request."""
    return [*([LOCAL_BACKEND] if is_local else []), *([PROVIDER_BACKEND] if has_provider else [])]


def refuse_plain_http(settings: Mapping[str, Any]) -> None:
    """Raises when the provider would be spoken to without TLS."""
    plain = [name for name in (*NEEDED[:4], LOGOUT) if settings[name] and not settings[name].startswith("https://")]
    if plain:
        raise ImproperlyConfigured(f"{', '.join(plain)} must begin with https://.")
