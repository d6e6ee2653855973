"""A real identity provider for tests: django-oauth-toolkit in a process of its own on loopback."""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT_ID, CLIENT_SECRET, PASSWORD = "jobbro-in-tests", "a-secret-of-the-test-run-only", "hos-kommunen"
SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/Substantial"
LOW = "https://data.gov.dk/concept/core/nsis/Low"
OURS, OTHERS = "29189846", "12345678"
# What the provider knows of each person; the name is also their `sub`.
PEOPLE = {
    "mette": {"acr": SUBSTANTIAL, "cvr": OURS},
    "svag": {"acr": LOW, "cvr": OURS},
    "uden-niveau": {"cvr": OURS},
    "anden-kommune": {"acr": SUBSTANTIAL, "cvr": OTHERS},
    "borger": {"acr": SUBSTANTIAL},
    "lukket": {"acr": SUBSTANTIAL, "cvr": OURS},
    # Has the address and the name of somebody else's account, and a `sub` that nobody here has.
    "fremmed": {"acr": SUBSTANTIAL, "cvr": OURS, "email": "mette@kommune.example", "preferred_username": "mette"},
}
LOGIN = '<form method="post">{% csrf_token %}{{ form.as_p }}<button>Log in</button></form>'


class Threaded(ThreadingMixIn, WSGIServer):
    """A browser opens connections that it does not use yet; they hold up nobody."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing."""


def _key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def configure(*, folder: Path, port: int) -> None:
    """Settings of the provider: nothing of ours, cookies under names of their own."""
    templates = {"registration/login.html": LOGIN}
    settings.configure(
        SECRET_KEY="provider-" + "p" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.web.accounts.oidc.provider_urls",
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request"],
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", templates),
                        "django.template.loaders.app_directories.Loader",
                    ],
                },
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        LOGIN_URL="/login/",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": _key(),
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
            "PKCE_REQUIRED": True,
            "ALLOW_LOCALHOST_LOOPBACK": True,
            "SCOPES": {"openid": "who you are"},
            "OAUTH2_VALIDATOR_CLASS": "tests.web.accounts.oidc.provider_claims.Claims",
        },
    )


def settle(*, returns: list[str], leaves: list[str]) -> None:
    """Tables, people, and us as their client; the client's secret is stored hashed."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import get_application_model

    call_command("migrate", verbosity=0)
    people = get_user_model().objects
    for name in PEOPLE:
        people.create_user(name, password=PASSWORD)
    get_application_model().objects.create(
        name="Jobbro",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        redirect_uris=" ".join(returns),
        post_logout_redirect_uris=" ".join(leaves),
        skip_authorization=True,
    )


def main() -> None:
    """`provider.py FOLDER PORT OUR_ADDRESS...`: says "ready" when it listens, ends when its standard input does."""
    folder, port, ours = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    configure(folder=folder, port=port)
    django.setup()
    returns = [f"{address}/login/municipality/return/" for address in ours]
    settle(returns=returns, leaves=[f"{address}/login/" for address in ours])
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", port, get_wsgi_application(), Threaded, Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
