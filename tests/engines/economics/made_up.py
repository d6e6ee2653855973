"""Courses and caseloads for the tests; all numbers are made up."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from jobbro.engines.economics.caseload import Caseload
from jobbro.engines.economics.courses import Course, Paid, Party, Start, Support, Taxes
from jobbro.engines.economics.estimates import Estimate, Grade, known
from jobbro.engines.economics.weeks import Ladder

M, S, E, C, O = Party  # noqa: E741

LADDER = Ladder(ends=(4, 26, 52), shares=(0.8, 0.4, 0.3, 0.2), source="made up")


def sure(value: float) -> Estimate:
    return known(value, source="made up")


def spread(low: float, high: float, likely: float | None = None) -> Estimate:
    return Estimate(low=low, high=high, likely=likely, grade=Grade.ASSUMPTION, source="made up")


ASSISTANCE = Support(
    scheme="personlig_assistance",
    price=spread(800, 1200),
    paid=Paid.WEEKLY_IN_JOB,
    path=(M, E, O),
    state_share=sure(0.5),
)
MENTOR = Support(scheme="mentor", price=spread(500, 900), paid=Paid.WEEKLY, weeks=26, path=(M, E, O))
COURSE = Course(
    benefit_week=sure(4000.0),
    wage_week=sure(7000.0),
    weeks_on_benefit=20,
    yearly_chance=sure(0.25),
    effect=spread(0.0, 0.3, 0.1),
    supports=(ASSISTANCE, MENTOR),
    refund=LADDER,
    taxes=Taxes(municipality=spread(0.20, 0.27), state=spread(0.10, 0.20)),
)
SURE = replace(
    COURSE,
    effect=sure(0.2),
    supports=(replace(ASSISTANCE, price=sure(1000.0)), replace(MENTOR, price=sure(700.0))),
    taxes=Taxes(municipality=sure(0.25), state=sure(0.15)),
)


def caseload(cases: int, **changes: Any) -> Caseload:
    random = np.random.default_rng(3)
    given: dict[str, Any] = {
        "benefit_week": random.uniform(2000, 5000, cases),
        "wage_week": random.uniform(3000, 9000, cases),
        "weeks_on_benefit": random.integers(0, 150, cases),
        "chance_class": random.integers(0, 2, cases),
        "prices": random.uniform(0, 3000, (cases, 2)),
        "chances": (0.15, 0.3),
        "effect": COURSE.effect,
        "supports": (replace(ASSISTANCE, price=None), replace(MENTOR, price=None)),
        "price_factors": (spread(0.9, 1.1), spread(0.8, 1.3)),
        "refund": LADDER,
        "taxes": COURSE.taxes,
    }
    return Caseload(**{**given, **changes})


def simulate_lives(course: Course, *, lives: int = 5_000) -> dict[Party, float]:
    """The mean net of each party, week by week, over so many simulated lives with and without the support.

    Everything uncertain must be known. Written plainly from the description of a course, not from the engine.
    """
    chance, effect = course.yearly_chance.low, course.effect.low
    if course.start is Start.IN_WORK:
        effect = -effect
    # Evenly spread luck: a few thousand lives then do for millions.
    luck = (np.arange(lives) + 0.5) / lives
    net = dict.fromkeys(Party, 0.0)
    for is_supported, sign in ((True, 1), (False, -1)):
        weekly = 1 - (1 - chance - (effect if is_supported else 0.0)) ** (1 / 52)
        # The week in which somebody leaves where they began: 1, 2, …
        leaves = np.floor(np.log(luck) / np.log(1 - weekly)).astype(int) + 1
        for week in range(course.horizon_weeks):
            has_left = leaves <= week
            in_job = has_left if course.start is Start.OUT_OF_WORK else ~has_left
            _one_week(net, course, sign=sign, week=week, in_job=in_job, leaves=leaves, is_supported=is_supported)
    return {party: total / lives for party, total in net.items()}


def _one_week(net: Any, course: Course, *, sign: int, week: int, in_job: Any, leaves: Any, is_supported: bool) -> None:
    def pay(payer: Party, receiver: Party, amount: float) -> None:
        net[payer] -= sign * amount
        net[receiver] += sign * amount

    taxes = ((M, course.taxes.municipality.low), (S, course.taxes.state.low))
    wage, benefit = course.wage_week.low if course.wage_week else 0.0, course.benefit_week.low
    since = week if course.start is Start.OUT_OF_WORK else week - leaves
    share = _shares(
        course.refund, begin=course.weeks_on_benefit - 1, end=course.weeks_on_benefit + course.horizon_weeks
    )
    on_benefit = np.where(in_job, course.benefit_kept, 1.0) * benefit
    refunded = float((on_benefit * share[np.maximum(np.broadcast_to(since, in_job.shape), -1) + 1]).sum())
    pay(M, C, float(on_benefit.sum()))
    pay(S, M, refunded)
    pay(E, C, float(in_job.sum()) * wage)
    pay(O, E, float(in_job.sum()) * wage * course.work_value.low)
    for receiver, rate in taxes:
        pay(C, receiver, rate * (float(in_job.sum()) * wage + float(on_benefit.sum())))
    if not is_supported:
        return
    for support in course.supports:
        weeks_in = week - leaves if course.start is Start.OUT_OF_WORK else np.full(leaves.shape, week)
        limit = course.horizon_weeks if support.weeks is None else support.weeks
        due = {
            Paid.ONCE: np.full(in_job.shape, week == 0),
            Paid.ONCE_IN_JOB: in_job & (weeks_in == 0),
            Paid.WEEKLY: np.full(in_job.shape, week < limit),
            Paid.WEEKLY_UNTIL_JOB: ~in_job & (week < limit),
            Paid.WEEKLY_IN_JOB: in_job & (weeks_in < limit),
        }[support.paid]
        assert support.price is not None
        cost = float(due.sum()) * support.price.low
        for payer, receiver in zip(support.path, support.path[1:], strict=False):
            pay(payer, receiver, cost)
        rate = support.state_share
        pay(S, M, cost * (_share(rate, course.weeks_on_benefit + week) if isinstance(rate, Ladder) else rate.low))
        if support.is_taxed:
            for receiver, tax in taxes:
                pay(C, receiver, tax * cost)


@cache
def _shares(ladder: Ladder, *, begin: int, end: int) -> Any:
    return np.array([_share(ladder, week) for week in range(begin, end)])


def _share(ladder: Ladder, week: int) -> float:
    return next(
        (share for end, share in zip(ladder.ends, ladder.shares, strict=False) if week < end), ladder.shares[-1]
    )
