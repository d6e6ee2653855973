"""Writes of posts: who does tasks today, how much of their work may be given away, and what their hour costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.occupations.occupations import occupations

from ..models import Holder, HolderWage
from ..permissions import can_see_wages
from ..refusals import Changed, NotThere, Refused
from ..stamps import seen_holder
from ..task_checking import checked_name
from .tasks_locking import locked_turn, open_workplace, turn_of

LEAST_WAGE, MOST_WAGE = Decimal(1), Decimal(5000)


@dataclass(frozen=True, kw_only=True)
class HolderDraft:
    """A post as somebody wrote it. `max_release`: the share 0-1 of its hours that may be given away."""

    name: str
    occupation: str = ""
    max_release: Decimal = Decimal(1)
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WageDraft:
    """What an hour costs; None takes it away."""

    hourly: Decimal | None


def add_holder(
    *, actor: Actor, workplace_id: UUID, draft: HolderDraft, wage: WageDraft | None = None, on: date
) -> Holder:
    """The workplace has one more post. `wage` is for those who see wages.

    Refused: `closed`, `name_none`, `too_long`, `name_taken`, `occupation_unknown`, `release_share`, `wage_number`.
    """
    workplace = open_workplace(actor=actor, workplace_id=workplace_id, on=on)
    locked_turn(workplace)
    row = Holder(company_id=workplace.company_id, workplace=workplace)
    _write(row, draft=draft)
    _check_wage(row, wage=wage)
    row.save(force_insert=True)
    if wage is not None:
        _set_wage(row, wage=wage)
    record_event(verb=Verb.HOLDER_ADDED, subject=row)
    return row


def change_holder(
    *, actor: Actor, holder_id: UUID, draft: HolderDraft, seen: str, wage: WageDraft | None = None, on: date
) -> Holder:
    """The post says this now; its tasks stay when who held it leaves. Raises Changed; Refused as `add_holder`."""
    turn_of(Holder.objects.visible_to(actor).filter(pk=holder_id))
    rows = Holder.objects.visible_to(actor).select_for_update(of=("self",))
    row: Holder | None = rows.filter(pk=holder_id).first()
    if row is None:
        raise NotThere
    open_workplace(actor=actor, workplace_id=row.workplace_id, on=on)
    if seen_holder(row) != seen:
        raise Changed
    _write(row, draft=draft)
    _check_wage(row, wage=wage)
    row.save(update_fields=["name", "occupation", "max_release", "left_on"])
    if wage is not None:
        _set_wage(row, wage=wage)
    record_event(verb=Verb.HOLDER_CHANGED, subject=row, detail={"left": row.left_on is not None})
    return row


def _write(row: Holder, *, draft: HolderDraft) -> None:
    row.name = checked_name(draft.name)
    if Holder.objects.filter(workplace_id=row.workplace_id, name__iexact=row.name).exclude(pk=row.pk).exists():
        raise Refused("name_taken", fields=("name",))
    if draft.occupation and draft.occupation not in occupations():
        raise Refused("occupation_unknown", fields=("occupation",))
    if not draft.max_release.is_finite() or not 0 <= draft.max_release <= 1:
        raise Refused("release_share", fields=("max_release",))
    row.occupation, row.max_release = draft.occupation, draft.max_release.quantize(Decimal("0.01"))
    row.left_on = draft.left_on


def _check_wage(row: Holder, *, wage: WageDraft | None) -> None:
    if wage is None:
        return
    if not can_see_wages(row.company_id):
        raise PermissionDenied
    if wage.hourly is not None and not (wage.hourly.is_finite() and LEAST_WAGE <= wage.hourly <= MOST_WAGE):
        raise Refused("wage_number", fields=("hourly",))


def _set_wage(row: Holder, *, wage: WageDraft) -> None:
    if wage.hourly is None:
        HolderWage.objects.filter(holder=row).delete()
        return
    known = HolderWage.objects.select_for_update(of=("self",)).filter(holder=row).first()
    if known is None:
        HolderWage(company_id=row.company_id, holder=row, hourly=wage.hourly).save(force_insert=True)
    else:
        known.hourly = wage.hourly
        known.save(update_fields=["hourly"])
