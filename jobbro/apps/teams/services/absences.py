"""Somebody is away or leaves, and is back; nobody writes why."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services.members import AROUND_CITIZENS

from ..enums import AbsenceKind
from ..models import Absence
from ..permissions import works_with
from ..refusals import NotNow, NotThere, Refused
from .covers import arrange_covers, end_covers_of_absence

DAY = timedelta(days=1)


def note_absence(
    *,
    actor: Actor,
    user_id: UUID,
    kind: AbsenceKind,
    from_on: date,
    until_on: date | None,
    cover_id: UUID | None,
    at: datetime,
    on: date,
) -> Absence:
    """The colleague is away, and somebody stands in with each of their citizens.

    Absences that meet or overlap become one, from the first day to the last. Raises NotThere for somebody whom the
    actor does not work with, Refused (`order`, `past`, `self_cover`, `not_here`).
    """
    if not works_with(user_id=user_id):
        raise NotThere
    last = None if kind == AbsenceKind.LEAVING else until_on
    _check(user_id=user_id, from_on=from_on, until_on=last, cover_id=cover_id, on=on)
    absence, others = _merged(user_id=user_id, kind=kind, from_on=from_on, until_on=last)
    for other in others:
        end_covers_of_absence(actor=actor, absence=other, on=on)
        other.called_off_at = at
        other.save(update_fields=["called_off_at"])
    absence.cover_id = cover_id or absence.cover_id
    _save(absence, actor=actor, at=at)
    record_event(verb=Verb.ABSENCE_NOTED, subject=absence, detail={"user": user_id.hex, "kind": str(absence.kind)})
    arrange_covers(actor=actor, user_id=user_id, at=at, on=on)
    return absence


def end_absence(*, actor: Actor, absence_id: UUID, back_on: date, at: datetime, on: date) -> Absence:
    """The colleague is back from this day. Raises NotThere, NotNow when it is over, Refused (`back_late`)."""
    absence = Absence.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=absence_id).first()
    if absence is None or not works_with(user_id=absence.user_id):
        raise NotThere
    if absence.called_off_at is not None or (absence.until_on is not None and absence.until_on < on):
        raise NotNow
    if back_on < on or (absence.until_on is not None and back_on > absence.until_on + DAY):
        raise Refused("back_late" if back_on > on else "back_past", fields=("back_on",))
    end_covers_of_absence(actor=actor, absence=absence, on=max(on, back_on) if absence.from_on < back_on else on)
    if absence.from_on >= back_on:
        absence.called_off_at = at
    else:
        absence.kind, absence.until_on = AbsenceKind.AWAY, back_on - DAY
    absence.save(update_fields=["kind", "until_on", "called_off_at"])
    record_event(verb=Verb.ABSENCE_ENDED, subject=absence, detail={"user": absence.user_id.hex})
    arrange_covers(actor=actor, user_id=absence.user_id, at=at, on=on)
    return absence


def _check(*, user_id: UUID, from_on: date, until_on: date | None, cover_id: UUID | None, on: date) -> None:
    if until_on is not None and until_on < from_on:
        raise Refused("order", fields=("until_on",))
    if until_on is not None and until_on < on:
        raise Refused("past", fields=("until_on",))
    if cover_id is None:
        return
    if cover_id == user_id:
        raise Refused("self_cover", fields=("cover",))
    units = Position.objects.standing(on=on).filter(user_id=user_id).values("unit_id")
    near = Position.objects.standing(on=on).filter(role__in=AROUND_CITIZENS, user__is_active=True, unit_id__in=units)
    if not near.filter(user_id=cover_id).exists():
        raise Refused("not_here", fields=("cover",))


def _merged(*, user_id: UUID, kind: AbsenceKind, from_on: date, until_on: date | None) -> tuple[Absence, list[Absence]]:
    """One absence for these days and all that they touch, and the other rows, which it takes the place of."""
    touching = Absence.objects.filter(user_id=user_id, called_off_at__isnull=True).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=from_on - DAY)
    )
    if until_on is not None:
        touching = touching.filter(from_on__lte=until_on + DAY)
    rows = list(touching.order_by("from_on", "pk").select_for_update(of=("self",)))
    absence = rows[0] if rows else Absence(user_id=user_id)
    absence.from_on = min([from_on, *(row.from_on for row in rows)])
    absence.until_on = _latest([until_on, *(row.until_on for row in rows)])
    is_leaving = kind == AbsenceKind.LEAVING or any(row.kind == AbsenceKind.LEAVING for row in rows)
    absence.kind = AbsenceKind.LEAVING if is_leaving else AbsenceKind.AWAY
    absence.cover_id = next((row.cover_id for row in rows if row.cover_id), None)
    return absence, rows[1:]


def _save(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """A new row is in the actor's name; one that has grown stays in the name of who noted it."""
    if absence.noted_at is not None:
        absence.save(update_fields=["kind", "from_on", "until_on", "cover"])
        return
    absence.noted_by_id, absence.noted_at = actor.id, at
    absence.save(force_insert=True)


def _latest(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
