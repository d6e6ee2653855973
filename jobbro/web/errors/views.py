"""What a person sees when something did not work: what happened, that nothing is lost, what to do."""

import sys

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
    """The form was too old or came from elsewhere; what was typed can be sent again."""
    return render(request, "errors/403_form.html", {"carried": carried(request)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page does not exist, or the person is not among those this actor may see: the two look the same."""
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; a database that is away gets its own words and a button that sends the form again."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        context = {"carried": carried(request) if request.method == "POST" else None}
        response = render(request, "errors/503.html", context, status=503)
        response.headers["Retry-After"] = "5"
        return response
    return render(request, "errors/500.html", status=500)
