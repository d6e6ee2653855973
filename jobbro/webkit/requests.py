"""A request as the middleware hands it on, and the one answer to what is not there."""

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest

from jobbro.apps.accounts.actor import Actor

if TYPE_CHECKING:
    from .access import Look

Found = TypeVar("Found")


class Request(HttpRequest):
    """What a guarded view can rely on; `actor` is None only on pages whose rule lets anyone in."""

    id: UUID
    actor: Actor
    at: datetime
    on: date
    is_easy: bool
    look: "Look"
    denied: "Look | None"
    session_actor_id: UUID | None
    LANGUAGE_CODE: str


def found(thing: Found | None) -> Found:
    """The thing; none, or not yours, is the same answer. Raises Http404."""
    if thing is None:
        raise Http404
    return thing
