"""Mail: the server that reminders are handed to, read from the environment; off when it says nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlparse

from django.core.exceptions import ImproperlyConfigured

# All of them or none: a letter needs a way out, a sender, and an address to log in at.
NEEDED = ("JOBBRO_SMTP_HOST", "JOBBRO_MAIL_FROM", "JOBBRO_ADDRESS")
LOGIN = ("JOBBRO_SMTP_USER", "JOBBRO_SMTP_PASSWORD")
USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def mail_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """The mail server as the environment describes it; `MAIL_ENABLED` says whether there is one."""
    given = {name: environ.get(name, "").strip() for name in (*NEEDED, *LOGIN)}
    lacking = [name for name in NEEDED if not given[name]]
    if lacking and len(lacking) < len(NEEDED):
        raise ImproperlyConfigured(f"Mail also needs {', '.join(lacking)}; see docs/reminders.md.")
    if bool(given["JOBBRO_SMTP_USER"]) != bool(given["JOBBRO_SMTP_PASSWORD"]):
        raise ImproperlyConfigured("JOBBRO_SMTP_USER and JOBBRO_SMTP_PASSWORD go together; see docs/reminders.md.")
    security = environ.get("JOBBRO_SMTP_SECURITY", "starttls").strip()
    if security not in USUAL_PORTS:
        raise ImproperlyConfigured(f"JOBBRO_SMTP_SECURITY is one of {', '.join(USUAL_PORTS)}.")
    if given["JOBBRO_MAIL_FROM"] and not _is_plain_address(given["JOBBRO_MAIL_FROM"]):
        raise ImproperlyConfigured("JOBBRO_MAIL_FROM is one address without a name, for example jobbro@kommune.dk.")
    return {
        "MAIL_ENABLED": not lacking,
        "MAIL_HOST": given["JOBBRO_SMTP_HOST"],
        "MAIL_PORT": _port(environ.get("JOBBRO_SMTP_PORT", "").strip(), usual=USUAL_PORTS[security]),
        "MAIL_SECURITY": security,
        "MAIL_USER": given["JOBBRO_SMTP_USER"],
        "MAIL_PASSWORD": given["JOBBRO_SMTP_PASSWORD"],
        "MAIL_FROM": given["JOBBRO_MAIL_FROM"],
        "PUBLIC_ADDRESS": _public(given["JOBBRO_ADDRESS"]),
    }


def refuse_plain_mail(settings: Mapping[str, Any]) -> None:
    """Raises when letters or the password would travel readable, or the link in them would not be TLS."""
    if not settings["MAIL_ENABLED"]:
        return
    if settings["MAIL_SECURITY"] == "none" and settings["MAIL_HOST"] not in LOOPBACK:
        raise ImproperlyConfigured("JOBBRO_SMTP_SECURITY=none is for a mail server on this machine only.")
    if not settings["PUBLIC_ADDRESS"].startswith("https://"):
        raise ImproperlyConfigured("JOBBRO_ADDRESS must begin with https://.")


def _port(text: str, *, usual: int) -> int:
    if not text:
        return usual
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ImproperlyConfigured(f"JOBBRO_SMTP_PORT is a number from 1 to 65535, not {text!r}.")
    return int(text)


def _public(address: str) -> str:
    parts = urlparse(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
        raise ImproperlyConfigured("JOBBRO_ADDRESS is where people log in, for example https://jobbro.kommune.dk.")
    return address.rstrip("/")


def _is_plain_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    return bool(name and at and "." in domain) and text.isascii() and not any(mark in text for mark in ' <>",;\r\n')
