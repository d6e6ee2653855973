"""Where text messages and Digital Post are laid for the municipality's own gateways, and in whose name."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def outbox_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """The folder, or none; the CVR number of each municipality by its code, as `0999:12345678,0101:87654321`."""
    return {
        "OUTBOX_FOLDER": environ.get("JOBBRO_OUTBOX", "").strip(),
        "SENDER_CVR": dict(_pair(text) for text in environ.get("JOBBRO_SENDER_CVR", "").split(",") if text.strip()),
    }


def _pair(text: str) -> tuple[str, str]:
    code, _, number = text.strip().partition(":")
    if not (len(code) == 4 and code.isdecimal() and len(number) == 8 and number.isdecimal()):
        raise ImproperlyConfigured("JOBBRO_SENDER_CVR is a code and a CVR number, for example 0999:12345678.")
    return code, number
