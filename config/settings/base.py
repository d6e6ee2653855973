"""Settings shared by every way of running Jobbro; values that differ come from the environment."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.utils.translation import gettext_lazy as _

from .mail import mail_settings
from .oidc import backends, local_login, oidc_settings
from .outbox import outbox_settings

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("JOBBRO_DATA", ROOT / ".data"))
# Where the worker keeps the open jobs for the web processes: on a disk that both reach, else each makes its own.
MARKET_FOLDER = Path(os.environ.get("JOBBRO_MARKET", DATA / "market"))

DEBUG = False
SECRET_KEY = os.environ.get("JOBBRO_SECRET_KEY", "")
# Two keys of their own, so that a leaked session key opens no CPR number: one encrypts, one makes the look-up hash.
CPR_KEY = os.environ.get("JOBBRO_CPR_KEY", "")
CPR_LOOKUP_KEY = os.environ.get("JOBBRO_CPR_LOOKUP_KEY", "")
ALLOWED_HOSTS = os.environ.get("JOBBRO_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("JOBBRO_ORIGINS", "").split(",") if origin]
DEMO = os.environ.get("JOBBRO_DEMO") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "jobbro.apps.audit",
    "jobbro.apps.organisations",
    "jobbro.apps.accounts",
    "jobbro.apps.citizens",
    "jobbro.apps.employers",
    "jobbro.apps.cases",
    "jobbro.apps.outbox",
    "jobbro.apps.screening",
    "jobbro.apps.teams",
    "jobbro.apps.key_persons",
    "jobbro.apps.guidance",
    "jobbro.apps.jobs",
    "jobbro.apps.applications",
    "jobbro.apps.plans",
    "jobbro.apps.courses",
    "jobbro.apps.external_actors",
    "jobbro.apps.outreach",
    "jobbro.apps.matching",
    "jobbro.apps.placements",
    "jobbro.apps.follow_up",
    "jobbro.apps.mobility",
    "jobbro.apps.economics",
    "jobbro.apps.meetings",
    "jobbro.apps.closing",
    "jobbro.apps.imports",
    "jobbro.apps.worklist",
    "jobbro.apps.reminders",
    "jobbro.webkit",
    "jobbro.web",
]

# ContextMiddleware opens the one transaction of a request; everything below it reads and writes inside it.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jobbro.webkit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jobbro.webkit.middleware.ContextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jobbro.webkit.middleware.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jobbro.webkit.context.page",
            ],
            "builtins": ["jobbro.webkit.templatetags.jobbro"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """A `postgresql://user:password@host:port/name` address as Django wants it."""
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "jobbro",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or 5432),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Keeps values out of the server's statement log; docs/adr says what it costs.
            "server_side_binding": True,
            # A statement asked for the fifth time is planned once and kept: with the wall's policies in it, planning
            # costs more than running. Not through a pooler that shares connections between transactions.
            "prepare_threshold": 5,
            "connect_timeout": 5,
        },
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://jobbro_app@127.0.0.1:5432/jobbro"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
_oidc = oidc_settings(os.environ)
globals().update(_oidc)
# Named here too, so that types know those that our own code reads.
OIDC_ENABLED: bool = _oidc["OIDC_ENABLED"]
OIDC_ISSUER: str = _oidc["OIDC_ISSUER"]
OIDC_OP_LOGOUT_ENDPOINT: str = _oidc["OIDC_OP_LOGOUT_ENDPOINT"]
OIDC_RP_CLIENT_ID: str = _oidc["OIDC_RP_CLIENT_ID"]
OIDC_RP_CLIENT_SECRET: str = _oidc["OIDC_RP_CLIENT_SECRET"]
OIDC_ACR_VALUES: tuple[str, ...] = _oidc["OIDC_ACR_VALUES"]
OIDC_CVRS: tuple[str, ...] = _oidc["OIDC_CVRS"]
LOCAL_LOGIN = local_login(os.environ, is_usual=True, has_provider=OIDC_ENABLED)
AUTHENTICATION_BACKENDS = backends(is_local=LOCAL_LOGIN, has_provider=OIDC_ENABLED)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
]
LOGIN_URL = "login"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jobbro.web.errors.views.csrf_failure"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "jobbro" / "web" / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

_mail = mail_settings(os.environ)
MAIL_ENABLED: bool = _mail["MAIL_ENABLED"]
MAIL_HOST: str = _mail["MAIL_HOST"]
MAIL_PORT: int = _mail["MAIL_PORT"]
MAIL_SECURITY: str = _mail["MAIL_SECURITY"]
MAIL_USER: str = _mail["MAIL_USER"]
MAIL_PASSWORD: str = _mail["MAIL_PASSWORD"]
MAIL_FROM: str = _mail["MAIL_FROM"]
PUBLIC_ADDRESS: str = _mail["PUBLIC_ADDRESS"]
_outbox = outbox_settings(os.environ)
OUTBOX_FOLDER: str = _outbox["OUTBOX_FOLDER"]
SENDER_CVR: dict[str, str] = _outbox["SENDER_CVR"]

UPLOAD_LIMIT = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
FILE_UPLOAD_HANDLERS = [
    "jobbro.web.imports.uploading.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Technical logs hold no personal data: exceptions are told by class, SQLSTATE and place, never by their text.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_personal_data": {"()": "jobbro.webkit.logs.NoPersonalData"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_personal_data"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
