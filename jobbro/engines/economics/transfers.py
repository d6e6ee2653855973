"""Who gives what to whom because of the support: every amount leaves one party and reaches another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from jobbro.engines.economics.courses import Paid, Party, Start, Support
from jobbro.engines.economics.estimates import Floats
from jobbro.engines.economics.weeks import ALWAYS, Ladder, Stay


class Kind(StrEnum):
    """What an amount is."""

    BENEFIT = "benefit"
    BENEFIT_REFUND = "benefit_refund"
    WAGE = "wage"
    WORK = "work"
    TAX = "tax"
    SUPPORT = "support"
    SUPPORT_REFUND = "support_refund"


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """From `payer` to `receiver`: `weeks` times the weekly (or single) amount that the transfer belongs to.

    `weeks` is the expected number with the support less the number without; below 0 the money goes the other way.
    `scheme` is None for what is not a scheme's.
    """

    kind: Kind
    scheme: str | None
    payer: Party
    receiver: Party
    weeks: Floats

    def net_of(self, party: Party) -> int:
        """1 for the receiver, -1 for the payer, 0 for the others."""
        return (party is self.receiver) - (party is self.payer)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where a course stands: how people stay where they began, without and with support, and the shared conditions.

    Arrays of any shapes that broadcast, usually (cases or classes, draws).
    """

    start: Start
    weeks: int
    weeks_on_benefit: ArrayLike
    without: Stay
    supported: Stay
    refund: Ladder
    municipal_tax: Floats
    state_tax: Floats
    benefit_kept: float
    work_value: Floats

    @cached_property
    def more_weeks_in_job(self) -> Floats:
        """Expected weeks in a job with the support, less those without."""
        difference = self.without.weeks(self.weeks) - self.supported.weeks(self.weeks)
        return difference if self.start is Start.OUT_OF_WORK else -difference

    def _refunded_weeks(self, stay: Stay) -> Floats:
        if self.start is Start.OUT_OF_WORK:
            return stay.weighed(ladder=self.refund, start=self.weeks_on_benefit, weeks=self.weeks)
        return stay.weighed_since_leaving(ladder=self.refund, start=self.weeks_on_benefit, weeks=self.weeks)

    @property
    def fewer_refunded_weeks(self) -> Floats:
        """Expected weeks on benefit without the support, less those with it, each times the state's share."""
        return self._refunded_weeks(self.without) - self._refunded_weeks(self.supported)


def benefit_transfers(setting: Setting) -> Iterator[Transfer]:
    """What one krone of benefit a week moves: benefit no longer paid, its refund and its tax."""
    lost = 1.0 - setting.benefit_kept
    weeks = lost * setting.more_weeks_in_job
    yield _transfer(Kind.BENEFIT, payer=Party.CITIZEN, receiver=Party.MUNICIPALITY, weeks=weeks)
    refunded = lost * setting.fewer_refunded_weeks
    yield _transfer(Kind.BENEFIT_REFUND, payer=Party.MUNICIPALITY, receiver=Party.STATE, weeks=refunded)
    yield from _tax(setting, weeks=-weeks)


def wage_transfers(setting: Setting) -> Iterator[Transfer]:
    """What one krone of wage a week moves: the wage, the work done for it and the tax."""
    weeks = setting.more_weeks_in_job
    yield _transfer(Kind.WAGE, payer=Party.EMPLOYER, receiver=Party.CITIZEN, weeks=weeks)
    yield _transfer(Kind.WORK, payer=Party.OUTSIDE, receiver=Party.EMPLOYER, weeks=weeks * setting.work_value)
    yield from _tax(setting, weeks=weeks)


def support_transfers(setting: Setting, *, support: Support, share: Floats | None) -> Iterator[Transfer]:
    """What one krone of the scheme's price moves: along its path, with the state's refund and the citizen's tax.

    `share`: the state's share as drawn; None when `support.state_share` is a ladder.
    """
    weeks = paid_weeks(setting, support=support, ladder=ALWAYS)
    for payer, receiver in pairwise(support.path):
        yield _transfer(Kind.SUPPORT, scheme=support.scheme, payer=payer, receiver=receiver, weeks=weeks)
    if isinstance(support.state_share, Ladder):
        refunded = paid_weeks(setting, support=support, ladder=support.state_share)
    else:
        refunded = weeks * (0.0 if share is None else share)
    if refunded.any():
        yield _transfer(
            Kind.SUPPORT_REFUND, scheme=support.scheme, payer=Party.STATE, receiver=Party.MUNICIPALITY, weeks=refunded
        )
    if support.is_taxed:
        yield from _tax(setting, weeks=weeks, scheme=support.scheme)


def paid_weeks(setting: Setting, *, support: Support, ladder: Ladder) -> Floats:
    """Expected number of times the price is paid with the support, each weighed with the ladder's share that week.

    Everybody who gets the job counts, also those who had found it without support.
    """
    start, horizon = np.asarray(setting.weeks_on_benefit), setting.weeks
    limit = horizon if support.weeks is None else min(support.weeks, horizon)
    in_work = setting.start is Start.IN_WORK
    match support.paid:
        case Paid.ONCE:
            return ladder.sum_of(start=start, weeks=1)
        case Paid.ONCE_IN_JOB if in_work:
            return ladder.sum_of(start=start, weeks=1)
        case Paid.ONCE_IN_JOB:
            return setting.supported.weighed_leaving(ladder=ladder, start=start, weeks=horizon)
        case Paid.WEEKLY:
            return ladder.sum_of(start=start, weeks=limit)
        case Paid.WEEKLY_UNTIL_JOB:
            return setting.supported.weighed(ladder=ladder, start=start, weeks=limit)
        case Paid.WEEKLY_IN_JOB if in_work:
            return setting.supported.weighed(ladder=ladder, start=start, weeks=limit)
        case Paid.WEEKLY_IN_JOB:
            # In the job, and not longer than `limit` weeks: found it by now, less found it `limit` weeks ago.
            waiting = setting.supported.weighed(ladder=ladder, start=start, weeks=horizon)
            begun = ladder.sum_of(start=start, weeks=limit)
            late = setting.supported.weighed(ladder=ladder, start=start + limit, weeks=horizon - limit)
            return begun + late - waiting


def _tax(setting: Setting, *, weeks: Floats, scheme: str | None = None) -> Iterator[Transfer]:
    for receiver, share in ((Party.MUNICIPALITY, setting.municipal_tax), (Party.STATE, setting.state_tax)):
        yield _transfer(Kind.TAX, scheme=scheme, payer=Party.CITIZEN, receiver=receiver, weeks=weeks * share)


def _transfer(kind: Kind, *, payer: Party, receiver: Party, weeks: Floats, scheme: str | None = None) -> Transfer:
    return Transfer(kind=kind, scheme=scheme, payer=payer, receiver=receiver, weeks=weeks)
