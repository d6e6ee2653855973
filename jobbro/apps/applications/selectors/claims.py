"""Reads of claims: the quarters of a grant of personal assistance."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.engines.schemes.claims import (
    Quarter,
    claim_from,
    claim_standing,
    claim_until,
    hours_allowed,
    is_within_limit,
    quarters,
)
from jobbro.engines.schemes.procedures import ClaimRule, Procedure

from ..due import CLAIMED, GRANTS
from ..enums import ClaimState
from ..facts import procedure_of
from ..models import Application, Claim, Decision
from ..permissions import can_keep_claims

_HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class QuarterRow:
    """A quarter of the grant: what may be used, what was used, what that comes to, and where the claim stands.

    `amount` is hours times rate, the most that can be claimed (only real wage cost is paid); None without a rate.

    `standing`: running, due or lost as long as nothing is sent; then sent, late (not paid in time) or paid.
    """

    quarter: Quarter
    hours_allowed: Decimal
    hours_used: Decimal | None
    amount: Decimal | None
    standing: str
    claim_from: date
    claim_until: date | None
    sent_on: date | None
    pay_by: date | None
    paid_on: date | None
    reference: str
    moves: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimsPage:
    """The quarters of a grant, newest first. `is_within_limit` None: the texts are silent."""

    citizen: Citizen
    application_id: UUID
    procedure: Procedure
    rule: ClaimRule | None
    hours_week: Decimal
    working_hours_week: Decimal | None
    is_within_limit: bool | None
    is_above_limit: bool
    from_on: date
    until_on: date | None
    rate: Decimal | None
    rows: tuple[QuarterRow, ...]
    is_own: bool
    may_keep: bool

    def row(self, code: str) -> QuarterRow | None:
        """The quarter with this code."""
        return next((row for row in self.rows if row.quarter.code == code), None)


def claims_of(*, actor: Actor, application_id: UUID, on: date) -> ClaimsPage | None:
    """The quarters of a grant, or None when there is no grant of assistance for the actor. Three queries."""
    found = Application.objects.visible_to(actor).select_related("citizen").filter(pk=application_id)
    row: Application | None = found.filter(scheme__in=CLAIMED).first()
    if row is None:
        return None
    procedure = procedure_of(row.scheme)
    grant = Decision.objects.filter(application=row).order_by("-recorded_at", "-id").first()
    if procedure is None or grant is None or grant.outcome not in GRANTS:
        return None
    if grant.hours_week is None or grant.from_on is None:
        return None
    claims = {(claim.year, claim.quarter): claim for claim in Claim.objects.filter(application=row)}
    may_keep = can_keep_claims(actor)
    covered = quarters(from_on=grant.from_on, until_on=min(grant.until_on or date.max, _end_of_quarter(on)))
    rows = [
        _row(
            quarter,
            claim=claims.get((quarter.year, quarter.number)),
            hours_week=grant.hours_week,
            rate=grant.rate,
            rule=procedure.claims,
            on=on,
            may_keep=may_keep,
        )
        for quarter in covered
    ]
    return ClaimsPage(
        citizen=row.citizen,
        application_id=row.pk,
        procedure=procedure,
        rule=procedure.claims,
        hours_week=grant.hours_week,
        working_hours_week=grant.working_hours_week,
        is_within_limit=_limit(grant),
        is_above_limit=grant.is_above_limit,
        from_on=grant.from_on,
        until_on=grant.until_on,
        rate=grant.rate,
        rows=tuple(reversed(rows)),
        is_own=actor.citizen_id == row.citizen_id,
        may_keep=may_keep,
    )


def _limit(grant: Decision) -> bool | None:
    if grant.hours_week is None or grant.working_hours_week is None:
        return None
    return is_within_limit(hours_week=Fraction(grant.hours_week), working_hours_week=Fraction(grant.working_hours_week))


def _row(
    quarter: Quarter,
    *,
    claim: Claim | None,
    hours_week: Decimal,
    rate: Decimal | None,
    rule: ClaimRule | None,
    on: date,
    may_keep: bool,
) -> QuarterRow:
    exact = hours_allowed(hours_week=Fraction(hours_week), quarter=quarter)
    pay_by = None
    if claim is not None and claim.sent_on is not None and rule is not None and rule.pay_within_days is not None:
        pay_by = claim.sent_on + timedelta(days=rule.pay_within_days)
    return QuarterRow(
        quarter=quarter,
        # Rounded down: a hair above is not allowed.
        hours_allowed=(Decimal(exact.numerator) / exact.denominator).quantize(_HUNDREDTHS, rounding=ROUND_DOWN),
        hours_used=claim.hours_used if claim else None,
        amount=_amount(claim, rate=rate),
        standing=_standing(quarter, claim=claim, pay_by=pay_by, rule=rule, on=on),
        claim_from=claim_from(quarter),
        claim_until=claim_until(quarter=quarter, back_months=rule.back_months) if rule and rule.back_months else None,
        sent_on=claim.sent_on if claim else None,
        pay_by=pay_by,
        paid_on=claim.paid_on if claim else None,
        reference=claim.reference if claim else "",
        moves=_moves(quarter, claim=claim, on=on) if may_keep else (),
    )


def _amount(claim: Claim | None, *, rate: Decimal | None) -> Decimal | None:
    if claim is None or rate is None:
        return None
    return (claim.hours_used * rate).quantize(_HUNDREDTHS, rounding=ROUND_DOWN)


def _standing(quarter: Quarter, *, claim: Claim | None, pay_by: date | None, rule: ClaimRule | None, on: date) -> str:
    if claim is not None and claim.state == ClaimState.PAID:
        return "paid"
    if claim is not None and claim.state == ClaimState.SENT:
        return "late" if pay_by is not None and pay_by < on else "sent"
    return claim_standing(quarter=quarter, back_months=(rule.back_months if rule else None) or 0, on=on)


def _moves(quarter: Quarter, *, claim: Claim | None, on: date) -> tuple[str, ...]:
    if claim is None:
        return ("enter",)
    if claim.state == ClaimState.ENTERED:
        return ("enter", "send") if on > quarter.until_on else ("enter",)
    return ("pay", "return") if claim.state == ClaimState.SENT else ()


def _end_of_quarter(day: date) -> date:
    return next(iter(quarters(from_on=day, until_on=date(day.year, 12, 31)))).until_on
