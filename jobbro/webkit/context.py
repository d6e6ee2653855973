"""What every template may use: the actor, the reading level, the way to help."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `is_easy` and `navigation`; also where the middleware never came (errors)."""
    return {
        "actor": getattr(request, "actor", None),
        "is_easy": getattr(request, "is_easy", False),
        "navigation": [],
    }
