"""One request, one actor, one transaction."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone, translation

from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.audit.context import acting_as, enter
from jobbro.apps.audit.enums import Outcome
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.services import record_look

from .requests import Request

Next = Callable[[Request], HttpResponse]
# Answers that are no accident: the form comes back, and what was looked at stays recorded.
KEPT = (401, 409, 422)
EASY_COOKIE = "jobbro_easy"


class LanguageMiddleware:
    """Danish unless the person chose otherwise; the browser's own wish does not count, the cookie does."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.is_easy = request.COOKIES.get(EASY_COOKIE) == "1"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ContextMiddleware:
    """Opens the request's transaction and tells the database who acts; a failed answer leaves nothing behind."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.id = uuid7()
        request.denied = None
        request.session_actor_id = _session_actor(request)
        with transaction.atomic():
            enter(actor_id=request.session_actor_id, request_id=request.id)
            response = self.get_response(request)
            if response.status_code >= 400 and response.status_code not in KEPT:
                transaction.set_rollback(True)
        _record_denied(request)
        return response


def _session_actor(request: Request) -> UUID | None:
    try:
        return UUID(request.session[SESSION_KEY])
    except (KeyError, ValueError):
        return None


def _record_denied(request: Request) -> None:
    """A look that was refused is written after the request's own transaction has been undone."""
    denied = request.denied
    if denied is None or denied.purpose is None:
        return
    with acting_as(denied.actor_id, request_id=request.id):
        record_look(
            citizen_ids=(),
            purpose=denied.purpose,
            view=denied.view,
            kind=denied.kind,
            tier=denied.tier,
            outcome=Outcome.DENIED,
        )


class ActorMiddleware:
    """Builds `request.actor`; a session whose account is gone acts as nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.at = timezone.now()
        request.on = timezone.localdate(request.at)
        if request.user.is_authenticated:
            request.actor = actor_of(user=request.user, on=request.on)
        else:
            request.actor = None  # type: ignore[assignment]
            if request.session_actor_id is not None:
                enter(actor_id=None, request_id=request.id)
        response = self.get_response(request)
        if request.actor is not None:
            # Refusals too: they carry the person's name and tell what they tried to open.
            response.headers["Cache-Control"] = "no-store, private"
        return response
