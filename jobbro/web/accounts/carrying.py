"""What was typed before the session ran out travels through the login page and is sent on afterwards."""

from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jobbro.webkit.requests import Request


def local_path(*, text: str) -> str:
    """The address when it leads to a page of ours, otherwise nothing."""
    if not text.startswith("/") or not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return ""
    try:
        found = resolve(text.split("?")[0].split("#")[0])
    except Resolver404:
        return ""
    return "" if found.view_name in ("login", "logout", "first_password") else text


def next_path(request: Request) -> str:
    """Where to go after this: the local `next`, or the front page."""
    return local_path(text=request.POST.get("next") or request.GET.get("next") or "") or reverse("home")


def carried_form(request: Request) -> dict[str, Any] | None:
    """The path and the fields that came with the login form; None when there were none or the path is not ours."""
    path = local_path(text=request.POST.get("carried_path", ""))
    if not path:
        return None
    # Two parallel lists, so that a carried field called "username" cannot be taken for the login's own.
    names, values = request.POST.getlist("carried_field"), request.POST.getlist("carried_value")
    return {"path": path, "fields": list(zip(names, values, strict=False))}
