"""What an authority decided about an application, with its terms and a reference to the letter, never its grounds."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.schemes.claims import is_within_limit

from ..due import CLAIMED, GRANTS
from ..enums import Outcome
from ..models import Application, Decision
from ..permissions import can_move_application
from ..refusals import Refused
from .locking import locked_application, moved

LONGEST_REFERENCE = 60
MOST_HOURS = Decimal(60)
HIGHEST_RATE = Decimal(10_000)


@dataclass(frozen=True, kw_only=True)
class DecisionDraft:
    """A decision as it was recorded. `received_on` is the day the citizen got it: complaint counts from there."""

    outcome: str
    decided_on: date
    received_on: date
    from_on: date | None = None
    until_on: date | None = None
    hours_week: Decimal | None = None
    working_hours_week: Decimal | None = None
    is_above_limit: bool = False
    rate: Decimal | None = None
    reference: str = ""


def decide_application(
    *, actor: Actor, application_id: UUID, draft: DecisionDraft, seen: str, at: datetime
) -> Decision:
    """The decision stands, and the application with it.

    Refused: `outcome`, `day_ahead`, `day_before`, `received_before`, `period`, `terms` (a refusal has none), `from`,
    `hours`, `working_hours`, `limit` (more than 20/37 without its own ground), `rate`, `too_long`.
    """
    row = locked_application(actor=actor, application_id=application_id, seen=seen)
    if not can_move_application(actor, row.citizen_id, "decide"):
        raise PermissionDenied
    state = moved(row.state, "decide")
    _check(row, draft=draft, today=timezone.localdate(at))
    decision = Decision(
        citizen_id=row.citizen_id,
        application=row,
        outcome=draft.outcome,
        decided_on=draft.decided_on,
        received_on=draft.received_on,
        from_on=draft.from_on,
        until_on=draft.until_on,
        hours_week=draft.hours_week,
        working_hours_week=draft.working_hours_week,
        is_above_limit=draft.is_above_limit,
        rate=draft.rate,
        reference=draft.reference.strip(),
        recorded_by_id=actor.id,
        recorded_at=at,
    )
    decision.save(force_insert=True)
    row.state, row.answer_by = state, None
    row.save(update_fields=["state", "answer_by"])
    record_event(
        verb=Verb.DECISION_RECORDED,
        citizen_id=row.citizen_id,
        subject=decision,
        detail={"outcome": draft.outcome, "scheme": row.scheme},
    )
    return decision


def _check(row: Application, *, draft: DecisionDraft, today: date) -> None:
    if draft.outcome not in (Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED):
        raise Refused("outcome", fields=("outcome",))
    _check_days(row, draft=draft, today=today)
    if len(draft.reference.strip()) > LONGEST_REFERENCE:
        raise Refused("too_long", fields=("reference",))
    if draft.outcome in GRANTS:
        _check_terms(row, draft=draft)
    elif any((draft.from_on, draft.until_on, draft.hours_week, draft.rate)):
        raise Refused("terms", fields=("outcome",))


def _check_days(row: Application, *, draft: DecisionDraft, today: date) -> None:
    if draft.decided_on > today:
        raise Refused("day_ahead", fields=("decided_on",))
    earliest = row.complained_on or row.received_on
    if earliest is not None and draft.decided_on < earliest:
        raise Refused("day_before", fields=("decided_on",))
    if draft.received_on < draft.decided_on:
        raise Refused("received_before", fields=("received_on",))
    if draft.received_on > today:
        raise Refused("day_ahead", fields=("received_on",))


def _check_terms(row: Application, *, draft: DecisionDraft) -> None:
    if draft.from_on and draft.until_on and draft.until_on < draft.from_on:
        raise Refused("period", fields=("until_on",))
    if draft.until_on and not draft.from_on:
        raise Refused("from", fields=("from_on",))
    for code, hours in (("hours", draft.hours_week), ("working_hours", draft.working_hours_week)):
        if hours is not None and not 0 < hours <= MOST_HOURS:
            raise Refused(code, fields=(f"{code}_week",))
    if draft.rate is not None and not 0 < draft.rate <= HIGHEST_RATE:
        raise Refused("rate", fields=("rate",))
    if row.scheme in CLAIMED:
        _check_assistance(draft)


def _check_assistance(draft: DecisionDraft) -> None:
    """A grant of assistance says from when and how many hours: the quarters are reckoned from it."""
    if draft.from_on is None:
        raise Refused("from", fields=("from_on",))
    if draft.hours_week is None:
        raise Refused("hours", fields=("hours_week",))
    if draft.working_hours_week is None:
        return
    is_within = is_within_limit(
        hours_week=Fraction(draft.hours_week), working_hours_week=Fraction(draft.working_hours_week)
    )
    # Above the limit a grant has its own ground (principmeddelelse 28-19); where the texts are silent so too.
    if is_within is not True and not draft.is_above_limit:
        raise Refused("limit", fields=("hours_week", "is_above_limit"))
