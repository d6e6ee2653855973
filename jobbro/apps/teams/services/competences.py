"""What somebody knows and how much they work: told by themselves or by their lead, never measured."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import CompetenceKind, Sureness
from ..models import FULL_TIME, Competence, WorkingHours
from ..permissions import may_tell_for
from ..refusals import NotThere, Refused
from ..subjects import is_subject


def tell_competence(
    *, actor: Actor, user_id: UUID, kind: CompetenceKind, code: str, sureness: Sureness, at: datetime
) -> Competence:
    """The colleague knows this; told again with another sureness, the new word counts. Raises NotThere, Refused."""
    _refuse_others(actor, user_id=user_id)
    if not is_subject(kind=kind, code=code):
        raise Refused("unknown_subject", fields=("code",))
    before = _told(user_id=user_id).filter(kind=kind, code=code).select_for_update(of=("self",)).first()
    if before is not None:
        if before.sureness == sureness:
            return before
        _end(before, at=at)
    told = Competence(user_id=user_id, kind=kind, code=code, sureness=sureness, told_by_id=actor.id, told_at=at)
    told.save(force_insert=True)
    record_event(verb=Verb.COMPETENCE_TOLD, subject=told, detail={"user": user_id.hex, "kind": str(kind)})
    return told


def end_competence(*, actor: Actor, competence_id: UUID, at: datetime) -> Competence:
    """It is told no more; that it was told stays. Raises NotThere."""
    found = Competence.objects.visible_to(actor).filter(pk=competence_id, ended_at__isnull=True)
    told = found.select_for_update(of=("self",)).first()
    if told is None:
        raise NotThere
    _refuse_others(actor, user_id=told.user_id)
    _end(told, at=at)
    record_event(verb=Verb.COMPETENCE_ENDED, subject=told, detail={"user": told.user_id.hex, "kind": told.kind})
    return told


def tell_hours(*, actor: Actor, user_id: UUID, hours: Decimal, on: date) -> WorkingHours | None:
    """From today the colleague works so many hours a week with citizens; None when that was told before.

    Raises NotThere, Refused (`hours`).
    """
    _refuse_others(actor, user_id=user_id)
    if not 0 < hours <= FULL_TIME:
        raise Refused("hours", fields=("hours",))
    rows = WorkingHours.objects.standing(on=on).filter(user_id=user_id).select_for_update(of=("self",))
    before = rows.first()
    if before is not None and before.hours == hours:
        return None
    if before is not None and before.from_on >= on:
        raise Refused("told_today", fields=("hours",))
    if before is not None:
        before.until_on = on - timedelta(days=1)
        before.save(update_fields=["until_on"])
    told = WorkingHours(user_id=user_id, hours=hours, from_on=on, told_by_id=actor.id)
    told.save(force_insert=True)
    record_event(verb=Verb.HOURS_TOLD, subject=told, detail={"user": user_id.hex})
    return told


def _refuse_others(actor: Actor, *, user_id: UUID) -> None:
    if not may_tell_for(actor, user_id=user_id):
        raise NotThere


def _told(*, user_id: UUID) -> "QuerySet[Competence]":
    return Competence.objects.filter(user_id=user_id, ended_at__isnull=True)


def _end(told: Competence, *, at: datetime) -> None:
    told.ended_at = at
    told.save(update_fields=["ended_at"])
