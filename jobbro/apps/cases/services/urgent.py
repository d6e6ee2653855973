"""Urgent access to a file from outside the team, and the team lead's answer to it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.guessing import refuse_guessing

from ..enums import Review
from ..models import BreakGlass
from ..permissions import can_open_urgently, can_review_urgent_access
from .locking import CaseUnknown

HOURS = 8
SHORTEST_REASON = 20


class ReasonTooShort(ValueError):
    """The reason must say enough for somebody else to judge it."""


def open_urgently(*, actor: Actor, cpr: Cpr, reason: str, at: datetime) -> UUID | None:
    """The citizen's id, and their file is open to the actor for eight hours; the team lead is told.

    None when the number belongs to nobody in the actor's municipalities; nothing tells whether it belongs to
    somebody elsewhere. Raises ReasonTooShort, TooManyGuesses.
    """
    if not can_open_urgently(actor):
        raise PermissionDenied
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    refuse_guessing(actor=actor, at=at)
    access_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "select open_urgently(%s::bytea, %s::uuid, %s::text, %s::int)", [cpr.key, access_id, reason.strip(), HOURS]
        )
        citizen_id: UUID | None = cursor.fetchone()[0]
    record_event(verb=Verb.GLASS_BROKEN, citizen_id=citizen_id, detail={"is_found": citizen_id is not None})
    return citizen_id


def review_urgent_access(*, actor: Actor, access_id: UUID, review: Review, text: str, at: datetime) -> BreakGlass:
    """The team lead has answered: in order, asked about, or not in order with a text. Raises CaseUnknown."""
    access = (
        BreakGlass.objects.visible_to(actor)
        .select_related("citizen__case__team")
        .select_for_update(of=("self",))
        .filter(pk=access_id)
        .first()
    )
    if access is None:
        raise CaseUnknown(access_id)
    # Nobody answers for themselves.
    is_lead = can_review_urgent_access(actor, unit_id=access.citizen.case.team.unit_id)
    if not is_lead or access.user_id == actor.id:
        raise PermissionDenied
    access.review, access.review_text, access.reviewed_at, access.reviewed_by_id = review, text.strip(), at, actor.id
    access.save(update_fields=["review", "review_text", "reviewed_at", "reviewed_by"])
    record_event(verb=Verb.GLASS_REVIEWED, citizen_id=access.citizen_id, subject=access, detail={"review": str(review)})
    return access
