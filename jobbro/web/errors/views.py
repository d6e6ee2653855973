"""What a person sees when something did not work: what happened, that nothing is lost, what to do."""

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from jobbro.webkit.access import carried

# The answers below are made where no transaction and perhaps no database is left; their templates read nothing.


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be read, or brought more than a page takes."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page is not for this role."""
    return render(request, "errors/403.html", status=403)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old: what was typed can be sent again. What another site made is not offered for sending."""
    if not _came_from_here(request):
        return render(request, "errors/403.html", status=403)
    return _unkept(render(request, "errors/403_form.html", {"carried": carried(request)}, status=403))


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page does not exist, or the person is not among those this actor may see: the two look the same."""
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; a database that is away gets its own words and a button that sends the form again."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        is_form = request.method == "POST" and _came_from_here(request)
        context = {"carried": carried(request) if is_form else None}
        response = _unkept(render(request, "errors/503.html", context, status=503))
        response.headers["Retry-After"] = "5"
        return response
    return render(request, "errors/500.html", status=500)


def _came_from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form; browsers say so, and whoever says nothing is no browser."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    return origin is None or origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == request.get_host()


def _unkept(response: HttpResponse) -> HttpResponse:
    """The answer carries what somebody typed, so nothing between here and them keeps it."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
