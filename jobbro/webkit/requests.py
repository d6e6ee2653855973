"""A request as the middleware hands it on."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from jobbro.apps.accounts.actor import Actor

if TYPE_CHECKING:
    from .access import Look


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
