"""Claims for personal assistance: the hours of a quarter, the claim and the payment."""

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
from jobbro.engines.schemes.claims import Quarter, hours_allowed, quarters

from ..due import CLAIMED, GRANTS
from ..enums import ClaimState
from ..models import Application, Claim, Decision
from ..permissions import can_keep_claims
from ..refusals import NotNow, NotThere, Refused
from ..states import CLAIM_MOVES
from .locking import locked_application

MOST_HOURS = Decimal(1000)
LONGEST_REFERENCE = 60


@dataclass(frozen=True, kw_only=True)
class ClaimDraft:
    """The hours of one quarter."""

    year: int
    quarter: int
    hours_used: Decimal


def enter_claim(*, actor: Actor, application_id: UUID, draft: ClaimDraft, at: datetime) -> Claim:
    """The quarter has these hours. Refused: `hours_number`, `hours_allowed` (more than were granted)."""
    row, grant = _granted(actor=actor, application_id=application_id)
    quarter = _quarter(grant, year=draft.year, number=draft.quarter, today=timezone.localdate(at))
    if not draft.hours_used.is_finite() or not 0 <= draft.hours_used <= MOST_HOURS:
        raise Refused("hours_number", fields=("hours_used",))
    assert grant.hours_week is not None
    if Fraction(draft.hours_used) > hours_allowed(hours_week=Fraction(grant.hours_week), quarter=quarter):
        raise Refused("hours_allowed", fields=("hours_used",))
    claim = Claim.objects.filter(application=row, year=draft.year, quarter=draft.quarter).first()
    if claim is None:
        claim = Claim(
            citizen_id=row.citizen_id,
            application=row,
            year=draft.year,
            quarter=draft.quarter,
            hours_used=draft.hours_used,
        )
        claim.save(force_insert=True)
    elif claim.state != ClaimState.ENTERED:
        raise NotNow
    else:
        claim.hours_used = draft.hours_used
        claim.save(update_fields=["hours_used"])
    record_event(verb=Verb.CLAIM_ENTERED, citizen_id=row.citizen_id, subject=claim)
    return claim


def move_claim(
    *,
    actor: Actor,
    application_id: UUID,
    year: int,
    quarter: int,
    move: str,
    on: date,
    reference: str = "",
    at: datetime,
) -> Claim:
    """The claim is sent, sent back or paid. Refused: `day_ahead`, `day_before`, `quarter_runs`, `too_long`."""
    row, grant = _granted(actor=actor, application_id=application_id)
    today = timezone.localdate(at)
    covered = _quarter(grant, year=year, number=quarter, today=today)
    claim = Claim.objects.filter(application=row, year=year, quarter=quarter).first()
    if claim is None:
        raise NotThere
    state = CLAIM_MOVES.get((ClaimState(claim.state), move))
    if state is None:
        raise NotNow
    if on > today:
        raise Refused("day_ahead", fields=("on",))
    if len(reference.strip()) > LONGEST_REFERENCE:
        raise Refused("too_long", fields=("reference",))
    _set_day(claim, move=move, on=on, quarter=covered)
    claim.state, claim.reference = state, reference.strip() or claim.reference
    claim.save(update_fields=["state", "reference", "sent_on", "paid_on"])
    record_event(verb=Verb.CLAIM_MOVED, citizen_id=row.citizen_id, subject=claim, detail={"move": move, "state": state})
    return claim


def _set_day(claim: Claim, *, move: str, on: date, quarter: Quarter) -> None:
    if move == "send":
        if on <= quarter.until_on:
            raise Refused("quarter_runs", fields=("on",))
        claim.sent_on = on
    elif move == "pay":
        assert claim.sent_on is not None
        if on < claim.sent_on:
            raise Refused("day_before", fields=("on",))
        claim.paid_on = on
    else:
        claim.sent_on = None


def _granted(*, actor: Actor, application_id: UUID) -> tuple[Application, Decision]:
    """The application and the grant that its quarters are reckoned from."""
    row = locked_application(actor=actor, application_id=application_id)
    if not can_keep_claims(actor):
        raise PermissionDenied
    grant = Decision.objects.filter(application=row).order_by("-recorded_at", "-id").first()
    if row.scheme not in CLAIMED or grant is None or grant.outcome not in GRANTS or grant.hours_week is None:
        raise NotThere
    return row, grant


def _quarter(grant: Decision, *, year: int, number: int, today: date) -> Quarter:
    """The quarter, when the grant covers a day of it and it has begun."""
    assert grant.from_on is not None
    covered = quarters(from_on=grant.from_on, until_on=min(grant.until_on or today, _end_of_quarter(today)))
    found = next((quarter for quarter in covered if (quarter.year, quarter.number) == (year, number)), None)
    if found is None:
        raise NotThere
    return found


def _end_of_quarter(day: date) -> date:
    return next(iter(quarters(from_on=day, until_on=date(day.year, 12, 31)))).until_on
