"""Economics of a caseload: our tables and a plain matrix of all cases and draws on the same input."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

import numpy as np

from jobbro.engines.economics.accounts import account_for
from jobbro.engines.economics.caseload import Caseload, CaseloadAccount, account_for_caseload
from jobbro.engines.economics.courses import Course, Paid, Party, Support, Taxes
from jobbro.engines.economics.estimates import Draws, Estimate, Floats, Grade, known
from jobbro.engines.economics.weeks import Ladder

SIZES = {"S": 20_000, "M": 200_000, "L": 1_000_000}
# Cases answered by brute force as well; its time a case is scaled to all cases.
SAMPLE = {"S": 2_000, "M": 4_000, "L": 8_000}
LIVES = 2_000_000
DRAWS = 1_000
ONE_CASE_DRAWS = 5_000
SEED = 20_260_201

# The figures asked for.
MOST_SECONDS, MOST_MILLISECONDS, MOST_OFF_PERCENT = 0.5, 5.0, 0.5
# A case may differ from brute force by so many percent of its own width between 5 and 95 %: half of them, 99 of 100.
NEAR_HALF, NEAR_MOST = 0.5, 3.0

Result = TypeVar("Result")


def _between(low: float, high: float, likely: float | None = None) -> Estimate:
    return Estimate(low=low, high=high, likely=likely, grade=Grade.ASSUMPTION, source="made up for the bench")


def _sure(value: float) -> Estimate:
    return known(value, source="made up for the bench")


LADDER = Ladder(ends=(4, 26, 52), shares=(0.8, 0.4, 0.3, 0.2), source="made up for the bench")
EFFECT = _between(0.0, 0.3, 0.1)
TAXES = Taxes(municipality=_between(0.20, 0.27), state=_between(0.10, 0.20))
SUPPORT = Support(
    scheme="personlig_assistance",
    price=None,
    paid=Paid.WEEKLY_IN_JOB,
    path=(Party.MUNICIPALITY, Party.EMPLOYER, Party.OUTSIDE),
    state_share=_sure(0.5),
)
COURSE = Course(
    benefit_week=_sure(4000.0),
    wage_week=_sure(7000.0),
    weeks_on_benefit=20,
    yearly_chance=_sure(0.25),
    effect=EFFECT,
    supports=(
        replace(SUPPORT, price=_between(800, 1200)),
        Support(
            scheme="mentor",
            price=_between(500, 900),
            paid=Paid.WEEKLY,
            weeks=26,
            path=(Party.MUNICIPALITY, Party.OUTSIDE),
        ),
    ),
    refund=LADDER,
    taxes=TAXES,
)


@dataclass(frozen=True, kw_only=True)
class _Brute:
    """The municipality's net: (draws,) of all cases and (cases, 3) of each."""

    total: Floats
    net_of_case: Floats


def run(size: str = "L") -> dict[str, Any]:
    """Times, memory and ratios for `size` "S", "M" or "L"; raises `AssertionError` when an answer differs."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    cases = make_caseload(SIZES[size])
    _, _, first_call = _timed(lambda: account_for_caseload(_first(cases, 100), DRAWS, SEED, is_exact=False))
    account, cpu, wall = _timed(lambda: account_for_caseload(cases, DRAWS, SEED, is_exact=False))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sample = _first(cases, SAMPLE[size])
    brute, brute_cpu, _ = _timed(lambda: _by_brute_force(sample))
    nearness = _compare(account, brute, sample=sample)
    scaled = brute_cpu / SAMPLE[size] * SIZES[size]
    return {
        "bench": "economics",
        "size": size,
        "cases": SIZES[size],
        "draws": DRAWS,
        "jobbro": {
            "cpu_seconds": round(cpu, 3),
            "wall_seconds": round(wall, 3),
            "wall_seconds_goal": MOST_SECONDS,
            "first_call_seconds": round(first_call, 3),
            "peak_mb": round(peak_mb, 1),
        },
        "peers": {
            "brute_force": {
                "sample": SAMPLE[size],
                "cpu_seconds": round(brute_cpu, 3),
                "cpu_seconds_scaled": round(scaled, 1),
                "ratio": round(scaled / cpu, 1),
                **nearness,
            }
        },
        "one_case": _one_case(),
        "simulated_lives": _lives(),
    }


def make_caseload(cases: int) -> Caseload:
    """Made-up cases, always the same ones for the same number: one scheme, two chances, prices of their own."""
    random = np.random.default_rng(SEED)
    return Caseload(
        benefit_week=random.uniform(2000, 5000, cases),
        wage_week=random.uniform(3000, 9000, cases),
        weeks_on_benefit=random.integers(0, 150, cases),
        chance_class=random.integers(0, 2, cases),
        prices=random.uniform(200, 3000, (cases, 1)),
        chances=(0.15, 0.30),
        effect=EFFECT,
        supports=(SUPPORT,),
        price_factors=(_between(0.85, 1.15),),
        refund=LADDER,
        taxes=TAXES,
    )


def _first(cases: Caseload, number: int) -> Caseload:
    return replace(
        cases,
        benefit_week=cases.benefit_week[:number],
        wage_week=cases.wage_week[:number],
        weeks_on_benefit=cases.weeks_on_benefit[:number],
        chance_class=cases.chance_class[:number],
        prices=cases.prices[:number],
    )


def _by_brute_force(cases: Caseload) -> _Brute:
    """Every case in every draw, every week summed; only the draws themselves are shared with the product."""
    draws = Draws(count=DRAWS, seed=SEED)
    effect = draws.of(EFFECT, name="effect")
    factor = draws.of(cases.price_factors[0], name=f"price.{SUPPORT.scheme}")
    tax = draws.of(TAXES.municipality, name="municipal_tax")
    weeks = np.arange(cases.horizon_weeks)
    share = np.array([_refund(week) for week in range(int(cases.weeks_on_benefit.max()) + cases.horizon_weeks)])
    net = np.empty((len(cases.benefit_week), DRAWS))
    for number, chance in enumerate(cases.chances):
        without = (1 - chance) ** (weeks / 52)
        supported = (1 - chance - effect[:, None]) ** (weeks / 52)
        saved = without - supported
        more, in_job = saved.sum(axis=1), (1 - supported).sum(axis=1)
        for spell in np.unique(cases.weeks_on_benefit):
            rows = np.flatnonzero((cases.weeks_on_benefit == spell) & (cases.chance_class == number))
            kept = saved @ (1 - share[spell : spell + cases.horizon_weeks])
            net[rows] = np.outer(cases.benefit_week[rows], kept - tax * more)
            net[rows] += np.outer(cases.wage_week[rows], tax * more)
            net[rows] -= np.outer(cases.prices[rows, 0], 0.5 * factor * in_job)
    return _Brute(total=net.sum(axis=0), net_of_case=np.quantile(net, [0.05, 0.5, 0.95], axis=1).T)


def _refund(week: int) -> float:
    return 0.8 if week < 4 else 0.4 if week < 26 else 0.3 if week < 52 else 0.2


def _compare(account: CaseloadAccount, brute: _Brute, *, sample: Caseload) -> dict[str, Any]:
    """How near we are; raises `AssertionError` when not near enough."""
    exact = account_for_caseload(sample, DRAWS, SEED, is_exact=True)
    if not np.allclose(exact.net_of_case, brute.net_of_case, rtol=1e-9, atol=1e-4):
        raise AssertionError("cases answered draw by draw differ from brute force")
    ours = exact.totals[Party.MUNICIPALITY].net
    theirs = np.quantile(brute.total, [0.05, 0.5, 0.95])
    if not np.allclose([ours.low, ours.median, ours.high], theirs, rtol=1e-9, atol=1e-2):
        raise AssertionError(f"totals differ: {ours} against {theirs.tolist()}")
    error = np.abs(account.net_of_case[: len(brute.net_of_case)] - brute.net_of_case)
    width = brute.net_of_case[:, 2] - brute.net_of_case[:, 0]
    percent = 100 * error / np.maximum(width, 1.0)[:, None]
    half, most = float(np.median(percent)), float(np.quantile(percent, 0.99))
    if half > NEAR_HALF or most > NEAR_MOST:
        raise AssertionError(
            f"cases by table are off by {half:.2f} % (half) and {most:.2f} % (99 of 100) of their width"
        )
    return {
        "totals_equal": 3,
        "exact_answers_equal": int(brute.net_of_case.size),
        "off_kr_half_of_cases": round(float(np.median(error)), 1),
        "off_kr_99_of_100": round(float(np.quantile(error, 0.99)), 1),
        "off_percent_of_width_half": round(half, 2),
        "off_percent_of_width_99_of_100": round(most, 2),
    }


def _one_case() -> dict[str, Any]:
    account_for(COURSE, ONE_CASE_DRAWS, SEED)
    walls = [1000 * _timed(partial(account_for, COURSE, ONE_CASE_DRAWS, seed))[2] for seed in range(50)]
    return {
        "draws": ONE_CASE_DRAWS,
        "schemes": len(COURSE.supports),
        "milliseconds_median": round(statistics.median(walls), 2),
        "milliseconds_least": round(min(walls), 2),
        "milliseconds_goal": MOST_MILLISECONDS,
    }


def _lives() -> dict[str, Any]:
    """More weeks in a job, closed form against simulated lives, at a known effect of twenty points."""
    ours = account_for(replace(COURSE, effect=_sure(0.2)), 20, SEED).more_weeks_in_job.median
    luck = np.random.default_rng(SEED).random(LIVES)
    weeks = []
    for chance in (0.25, 0.45):
        weekly = 1 - (1 - chance) ** (1 / 52)
        found_in = np.floor(np.log(luck) / np.log(1 - weekly)) + 1
        weeks.append(float(np.clip(COURSE.horizon_weeks - found_in, 0, None).mean()))
    theirs = weeks[1] - weeks[0]
    off = 100 * abs(ours - theirs) / theirs
    if off > MOST_OFF_PERCENT:
        raise AssertionError(f"closed form {ours} against {theirs} simulated weeks")
    return {
        "lives": LIVES,
        "closed_form_weeks": round(ours, 4),
        "simulated_weeks": round(theirs, 4),
        "off_percent": round(off, 3),
        "off_percent_goal": MOST_OFF_PERCENT,
    }


def _timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def _print(figures: dict[str, Any]) -> None:
    ours, brute = figures["jobbro"], figures["peers"]["brute_force"]
    one, lives = figures["one_case"], figures["simulated_lives"]
    print(f"economics {figures['size']}: {figures['cases']:,} cases x {figures['draws']:,} draws, totals and each case")
    print(
        f"  jobbro       {ours['cpu_seconds']:>10.2f} CPU s  {ours['wall_seconds']:>8.2f} s wall (goal "
        f"{ours['wall_seconds_goal']})  {ours['peak_mb']:>7.0f} MB peak  (first call {ours['first_call_seconds']} s, "
        "not counted)"
    )
    print(
        f"  brute_force  {brute['cpu_seconds_scaled']:>10.1f} CPU s  {brute['ratio']:>8.0f} x    scaled from "
        f"{brute['sample']:,} cases; totals equal; each case off by {brute['off_percent_of_width_half']} % of its "
        f"width (half), {brute['off_percent_of_width_99_of_100']} % (99 of 100)"
    )
    print(
        f"  one case     {one['milliseconds_median']} ms median, {one['milliseconds_least']} ms least, of "
        f"{one['draws']:,} draws (goal {one['milliseconds_goal']})"
    )
    print(
        f"  closed form  {lives['closed_form_weeks']} weeks against {lives['simulated_weeks']} in {lives['lives']:,} "
        f"simulated lives: {lives['off_percent']} % off (goal {lives['off_percent_goal']})"
    )


def main(*, size: str = "L", as_json: bool = False) -> int:
    """Run the bench and print its figures; 0 when all answers agree, else `AssertionError`."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.economics", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="S 20,000, M 200,000, L 1,000,000 cases")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
