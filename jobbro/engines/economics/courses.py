"""A course of support as it is put in: a person's situation, the schemes with price and payer, and what they change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobbro.engines.economics.estimates import (
    EconomicsError,
    Estimate,
    Grade,
    check_between,
    check_estimate,
    check_whole,
    known,
)
from jobbro.engines.economics.weeks import MAX_CHANCE, MAX_WEEKS, Ladder
from jobbro.kernel.vocabulary import PAYERS

MAX_KR = 1e9


class Party(StrEnum):
    """Who pays and gains. `OUTSIDE` is everybody else: suppliers, assistants, customers the work is done for."""

    MUNICIPALITY = "municipality"
    STATE = "state"
    EMPLOYER = "employer"
    CITIZEN = "citizen"
    OUTSIDE = "outside"


class Start(StrEnum):
    """Where the course begins: out of work with a chance of a job, or in work with a risk of losing it."""

    OUT_OF_WORK = "out_of_work"
    IN_WORK = "in_work"


class Paid(StrEnum):
    """When a price falls due: once, or for each week of a kind."""

    ONCE = "once"
    ONCE_IN_JOB = "once_in_job"
    WEEKLY = "weekly"
    WEEKLY_UNTIL_JOB = "weekly_until_job"
    WEEKLY_IN_JOB = "weekly_in_job"


NO_SHARE = known(0.0, source="nothing is refunded", grade=Grade.MEASURED, mark="D")
UNKNOWN_SHARE = Estimate(
    low=0.0, high=1.0, grade=Grade.ASSUMPTION, source="no source found: anything from nothing to all", mark="U"
)
WHOLE_VALUE = known(1.0, source="the work is taken to be worth its wage", grade=Grade.ASSUMPTION, mark="U")


@dataclass(frozen=True, kw_only=True)
class Support:
    """One scheme in the course.

    `price`: kr a week (or once), at least 0, None when nobody knows it. `weeks`: at most so many weeks, None without a
    limit. `path`: the hands the money goes through, from payer to last receiver, as municipality, employer, outside
    for an assistant whom the employer pays. `state_share`: what the state refunds of the municipality's expense, 0-1,
    or a ladder by weeks on benefit. `is_taxed`: the citizen receives it as income.
    """

    scheme: str
    price: Estimate | None
    paid: Paid
    weeks: int | None = None
    path: tuple[Party, ...]
    state_share: Estimate | Ladder = NO_SHARE
    is_taxed: bool = False

    def __post_init__(self) -> None:
        if self.scheme not in PAYERS:
            raise EconomicsError(field="scheme", reason=f"unknown scheme {self.scheme!r}")
        if self.price is not None:
            check_estimate(self.price, field=f"{self.scheme}.price", low=0, high=MAX_KR)
        if not isinstance(self.paid, Paid):
            raise EconomicsError(field=f"{self.scheme}.paid", reason=f"use one of {', '.join(Paid)}")
        if self.weeks is not None:
            check_whole(self.weeks, field=f"{self.scheme}.weeks", low=1, high=MAX_WEEKS)
        self._check_path()
        self._check_share()

    def _check_path(self) -> None:
        field = f"{self.scheme}.path"
        if len(self.path) < 2 or not all(isinstance(party, Party) for party in self.path):
            raise EconomicsError(field=field, reason="must name at least a payer and a receiver")
        if len(set(self.path)) < len(self.path):
            raise EconomicsError(field=field, reason="names a party twice")
        if self.is_taxed and self.path[-1] is not Party.CITIZEN:
            raise EconomicsError(field=f"{self.scheme}.is_taxed", reason="only what the citizen keeps is taxed here")

    def _check_share(self) -> None:
        field = f"{self.scheme}.state_share"
        if not isinstance(self.state_share, Ladder):
            check_estimate(self.state_share, field=field, low=0, high=1)
        if self.path[0] is not Party.MUNICIPALITY and self.state_share != NO_SHARE:
            raise EconomicsError(field=field, reason="the state refunds only what the municipality pays")


@dataclass(frozen=True, kw_only=True)
class Taxes:
    """Shares (0-1) of one more krone of income that go to municipality and state."""

    municipality: Estimate
    state: Estimate

    def __post_init__(self) -> None:
        check_estimate(self.municipality, field="taxes.municipality", low=0, high=1)
        check_estimate(self.state, field="taxes.state", low=0, high=1)
        if self.municipality.high + self.state.high > 1:
            raise EconomicsError(field="taxes", reason="municipality and state together take more than the whole")


@dataclass(frozen=True, kw_only=True)
class Course:
    """One person's course over `horizon_weeks`.

    `benefit_week`, `wage_week` (with pension): kr a week before tax; wage None when nobody knows it.
    `weeks_on_benefit`: whole weeks of the refund ladder used up at the start. `yearly_chance`: out of work the chance
    of a job within a year without support, in work the risk of losing it (0 - 0.9999). `effect`: what the supports
    together add to that chance, or take off that risk, in points of share (0.05 is five points; may be below 0).
    `benefit_kept`: the share of the benefit that goes on in the job. `work_value`: what the work is worth to the
    employer, a share of the wage. `refund`: the state's share of the benefit by week. A job that is found lasts, and a
    job that is lost stays lost, to the end of the horizon.
    """

    start: Start = Start.OUT_OF_WORK
    benefit_week: Estimate
    wage_week: Estimate | None
    weeks_on_benefit: int
    yearly_chance: Estimate
    effect: Estimate
    supports: tuple[Support, ...]
    refund: Ladder
    taxes: Taxes
    benefit_kept: float = 0.0
    work_value: Estimate = WHOLE_VALUE
    horizon_weeks: int = 104

    def __post_init__(self) -> None:
        if not isinstance(self.start, Start):
            raise EconomicsError(field="start", reason=f"use one of {', '.join(Start)}")
        check_estimate(self.benefit_week, field="benefit_week", low=0, high=MAX_KR)
        if self.wage_week is not None:
            check_estimate(self.wage_week, field="wage_week", low=0, high=MAX_KR)
        check_whole(self.weeks_on_benefit, field="weeks_on_benefit", low=0, high=MAX_WEEKS)
        check_estimate(self.yearly_chance, field="yearly_chance", low=0, high=MAX_CHANCE)
        check_estimate(self.effect, field="effect", low=-1, high=1)
        check_estimate(self.work_value, field="work_value", low=0, high=10)
        check_between(self.benefit_kept, field="benefit_kept", low=0, high=1)
        check_whole(self.horizon_weeks, field="horizon_weeks", low=1, high=MAX_WEEKS)
        for field, kind in (("refund", Ladder), ("taxes", Taxes)):
            if not isinstance(getattr(self, field), kind):
                raise EconomicsError(field=field, reason=f"must be a {kind.__name__}")
        check_supports(self.supports, start=self.start)


def check_supports(supports: tuple[Support, ...], *, start: Start) -> None:
    """Raises `EconomicsError` when a scheme stands twice or is paid until a job that the person has already."""
    if not isinstance(supports, tuple) or not all(isinstance(support, Support) for support in supports):
        raise EconomicsError(field="supports", reason="must be a tuple of Support")
    schemes = [support.scheme for support in supports]
    if len(set(schemes)) < len(schemes):
        raise EconomicsError(field="supports", reason="name a scheme twice; the same hours are not paid twice")
    for support in supports:
        if start is Start.IN_WORK and support.paid is Paid.WEEKLY_UNTIL_JOB:
            raise EconomicsError(field=f"{support.scheme}.paid", reason="until a job, but the person has a job")
