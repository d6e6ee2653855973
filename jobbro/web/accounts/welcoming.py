"""A session begins: the same whether the person came by password or through the municipality's login."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login as start_session
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from jobbro.apps.accounts import services
from jobbro.webkit.cookies import remember
from jobbro.webkit.middleware import EASY_COOKIE
from jobbro.webkit.requests import Request

from .carrying import carried_form


def welcome(request: Request, *, account: Any, to: str, backend: str) -> HttpResponse:
    """A new session, language and reading level as the account has them, and on to where the person was going."""
    start_session(request, account, backend=backend)
    services.note_logged_in(account=account)
    carried = carried_form(request)
    if carried is None:
        response: HttpResponse = HttpResponseRedirect(to)
    else:
        response = render(request, "accounts/send_again.html", {"carried": carried, "account": account})
    remember(request, response, settings.LANGUAGE_COOKIE_NAME, account.language)
    remember(request, response, EASY_COOKIE, "1" if account.is_easy else "0")
    response.headers["Cache-Control"] = "no-store, private"
    return response
