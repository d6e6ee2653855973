"""One course: by hand, against simulated lives, and the properties every account has."""

from __future__ import annotations

import doctest
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.economics import accounts
from jobbro.engines.economics.accounts import Account, account_for, compare
from jobbro.engines.economics.courses import NO_SHARE, UNKNOWN_SHARE, Course, Paid, Party, Start, Support
from jobbro.engines.economics.drawing import books_of, draw, lines_of
from jobbro.engines.economics.estimates import Draws, EconomicsError, Grade
from jobbro.engines.economics.quantiles import Quantiles
from jobbro.engines.economics.transfers import Kind
from jobbro.engines.economics.weeks import Ladder
from tests.engines.economics.made_up import (
    ASSISTANCE,
    COURSE,
    LADDER,
    MENTOR,
    SURE,
    C,
    E,
    M,
    O,
    S,
    simulate_lives,
    sure,
)
from tests.engines.economics.made_up import spread as between


def net(account: Account, party: Party) -> Quantiles:
    found = account.parties[party].net
    assert found is not None
    return found


def item(account: Account, party: Party, kind: Kind, scheme: str | None = None) -> Quantiles:
    found = [i.amount for i in account.parties[party].items if (i.kind, i.scheme) == (kind, scheme)]
    assert len(found) == 1 and found[0] is not None
    return found[0]


def test_two_weeks_by_hand() -> None:
    # A week's chance is 1-(1-0)^(1/52) = 0 without and h = 1-(1-0.75)^(1/52) = 0.0263073 with the support. Week 0 is
    # spent out of work either way, so two weeks give h more weeks in the job. Benefit 1000, wage 3000, refund 80 %.
    course = replace(
        SURE,
        yearly_chance=sure(0.0),
        effect=sure(0.75),
        benefit_week=sure(1000.0),
        wage_week=sure(3000.0),
        weeks_on_benefit=0,
        horizon_weeks=2,
        supports=(replace(ASSISTANCE, price=sure(500.0)),),
    )
    account = account_for(course, draws=20)
    h = 1 - 0.25 ** (1 / 52)
    assert account.more_weeks_in_job.median == pytest.approx(h)
    assert item(account, M, Kind.BENEFIT).median == pytest.approx(1000 * h)
    assert item(account, M, Kind.BENEFIT_REFUND).median == pytest.approx(-800 * h)
    assert item(account, M, Kind.TAX).median == pytest.approx(0.25 * 2000 * h)
    assert item(account, M, Kind.SUPPORT, "personlig_assistance").median == pytest.approx(-500 * h)
    assert item(account, M, Kind.SUPPORT_REFUND, "personlig_assistance").median == pytest.approx(250 * h)
    assert net(account, M).median == pytest.approx((1000 - 800 + 500 - 500 + 250) * h)
    assert net(account, S).median == pytest.approx((800 + 0.15 * 2000 - 250) * h)
    assert net(account, C).median == pytest.approx((2000 - 0.4 * 2000) * h)
    assert net(account, E).median == 0
    assert account.public.net and account.public.net.median == pytest.approx((1000 + 0.4 * 2000 - 500) * h)


def test_the_method_of_the_literature_by_its_own_table() -> None:
    # net = benefit * M + tax * dT - cost * (1 - state) * J, with the sums written out week by week.
    course = replace(SURE, supports=(replace(ASSISTANCE, price=sure(1000.0)),))
    weeks = np.arange(104)
    stays = [((1 - p) ** (1 / 52)) ** weeks for p in (0.25, 0.45)]
    refund = np.array([0.8] * 4 + [0.4] * 22 + [0.3] * 26 + [0.2] * 200)[20 + weeks]
    saved = stays[0] - stays[1]
    expected = 4000 * (saved * (1 - refund)).sum() + 0.25 * 3000 * saved.sum() - 1000 * 0.5 * (1 - stays[1]).sum()
    assert net(account_for(course, draws=20), M).median == pytest.approx(expected)


SUPPORTS = (
    (replace(ASSISTANCE, price=sure(1000.0)), replace(MENTOR, price=sure(700.0))),
    (replace(ASSISTANCE, price=sure(1000.0), weeks=30), replace(MENTOR, price=sure(9000.0), paid=Paid.ONCE)),
    (
        Support(scheme="hjaelpemidler", price=sure(20_000.0), paid=Paid.ONCE_IN_JOB, path=(M, O), state_share=LADDER),
        Support(
            scheme="fleksjob",
            price=sure(900.0),
            paid=Paid.WEEKLY_IN_JOB,
            path=(M, C),
            state_share=LADDER,
            is_taxed=True,
        ),
    ),
    (
        Support(
            scheme="isbryder", price=sure(2000.0), paid=Paid.WEEKLY_IN_JOB, weeks=52, path=(M, E), state_share=LADDER
        ),
        Support(scheme="employer", price=sure(300.0), paid=Paid.WEEKLY_IN_JOB, path=(E, O)),
    ),
)


@pytest.mark.parametrize("supports", SUPPORTS)
@pytest.mark.parametrize("start", list(Start))
def test_every_party_agrees_with_simulated_lives(start: Start, supports: tuple[Support, ...]) -> None:
    course = replace(SURE, start=start, supports=supports, weeks_on_benefit=10)
    account, lives = account_for(course, draws=20), simulate_lives(course)
    turnover = max(abs(value) for value in lives.values())
    for party in Party:
        assert net(account, party).median == pytest.approx(lives[party], abs=0.005 * turnover), party


def test_until_a_job_and_a_benefit_that_goes_on_agree_with_simulated_lives() -> None:
    support = replace(MENTOR, price=sure(400.0), paid=Paid.WEEKLY_UNTIL_JOB, weeks=40, state_share=LADDER)
    course = replace(SURE, supports=(support,), benefit_kept=0.6, work_value=sure(0.8))
    account, lives = account_for(course, draws=20), simulate_lives(course)
    turnover = max(abs(value) for value in lives.values())
    for party in Party:
        assert net(account, party).median == pytest.approx(lives[party], abs=0.005 * turnover), party


def test_more_weeks_in_job_within_half_a_percent_of_simulated_lives() -> None:
    course = replace(SURE, supports=())
    chances = (0.25, 0.45)
    luck = np.random.default_rng(2).random(400_000)
    found = []
    for chance in chances:
        weekly = 1 - (1 - chance) ** (1 / 52)
        leaves = np.floor(np.log(luck) / np.log(1 - weekly)) + 1
        found.append(np.clip(104 - leaves, 0, None).mean())
    assert account_for(course, draws=20).more_weeks_in_job.median == pytest.approx(found[1] - found[0], rel=0.005)


def shares() -> st.SearchStrategy[float]:
    return st.floats(0.0, 1.0)


@st.composite
def courses(draw_from: Any) -> Course:
    low, width = draw_from(st.floats(-0.2, 0.5)), draw_from(st.floats(0, 0.4))
    ladder = Ladder(ends=(4, 30), shares=tuple(draw_from(st.tuples(shares(), shares(), shares()))), source="x")
    start = draw_from(st.sampled_from(Start))
    paid = [p for p in Paid if start is Start.OUT_OF_WORK or p is not Paid.WEEKLY_UNTIL_JOB]
    supports = tuple(
        Support(
            scheme=scheme,
            price=between(low_price, low_price * 2),
            paid=draw_from(st.sampled_from(paid)),
            weeks=draw_from(st.none() | st.integers(1, 150)),
            path=draw_from(st.sampled_from([(M, O), (M, E), (M, E, O), (M, C)])),
            state_share=draw_from(st.sampled_from([ladder, NO_SHARE, UNKNOWN_SHARE, sure(0.5)])),
        )
        for scheme in draw_from(st.sets(st.sampled_from(["mentor", "isbryder", "hjaelpemidler"])))
        for low_price in [draw_from(st.floats(0, 5000))]
    )
    return replace(
        COURSE,
        start=start,
        benefit_week=sure(draw_from(st.floats(0, 6000))),
        wage_week=between(3000, 9000),
        weeks_on_benefit=draw_from(st.integers(0, 80)),
        yearly_chance=sure(draw_from(st.floats(0, 0.99))),
        effect=between(low, low + width),
        supports=supports,
        refund=ladder,
        benefit_kept=draw_from(shares()),
        horizon_weeks=draw_from(st.integers(1, 300)),
    )


@settings(max_examples=25, deadline=None)
@given(course=courses())
def test_what_one_gives_another_gets(course: Course) -> None:
    drawn = draw(course, draws=Draws(count=50, seed=1))
    books = books_of(lines_of(course, drawn=drawn, setting=drawn.setting(course)))
    total = books.net(tuple(Party))
    assert total is not None and np.abs(total).max() < 1e-3
    account = account_for(course, draws=50)
    for party in account.parties.values():
        assert party.net and party.net.low <= party.net.median <= party.net.high
        assert np.isfinite([party.net.low, party.net.high]).all()
        assert party.over_time[-1] == (course.horizon_weeks, party.net)
        assert party.chance_of_gain is not None and 0 <= party.chance_of_gain <= 1


@settings(max_examples=15, deadline=None)
@given(course=courses(), factor=st.floats(0.5, 20))
def test_all_amounts_in_another_coin_are_the_same_account(course: Course, factor: float) -> None:
    other = replace(
        course,
        benefit_week=course.benefit_week.times(factor),
        wage_week=course.wage_week.times(factor) if course.wage_week else None,
        supports=tuple(replace(s, price=s.price.times(factor) if s.price else None) for s in course.supports),
    )
    one, changed = account_for(course, draws=50), account_for(other, draws=50)
    for party in Party:
        assert net(changed, party).high == pytest.approx(factor * net(one, party).high, rel=1e-6, abs=0.01)


def test_no_effect_and_no_price_moves_nothing() -> None:
    account = account_for(replace(COURSE, effect=sure(0.0), supports=()))
    assert all(net(account, party) == Quantiles(low=0, median=0, high=0) for party in Party)
    assert account.chance_of_more_work == 0 == account.parties[M].chance_of_gain


@pytest.mark.parametrize("start", list(Start))
def test_a_larger_effect_gives_more_work_and_a_dearer_scheme_costs_more(start: Start) -> None:
    course = replace(COURSE, start=start, yearly_chance=sure(0.4))
    weeks = [account_for(replace(course, effect=sure(e))).more_weeks_in_job.median for e in (-0.1, 0.0, 0.1, 0.2, 0.3)]
    assert weeks == sorted(weeks) and weeks[1] == pytest.approx(0, abs=1e-9)
    nets = [
        net(account_for(replace(course, supports=(replace(ASSISTANCE, price=sure(price)),))), M).median
        for price in (0.0, 500.0, 1000.0, 4000.0)
    ]
    assert nets == sorted(nets, reverse=True)


def test_a_higher_refund_of_the_benefit_leaves_the_municipality_less() -> None:
    nets = [
        net(account_for(replace(COURSE, refund=Ladder(ends=(), shares=(share,), source="x"))), M).median
        for share in (0.0, 0.3, 0.8)
    ]
    assert nets == sorted(nets, reverse=True)


def test_same_seed_same_account() -> None:
    assert account_for(COURSE, 500, 3) == account_for(COURSE, 500, 3)
    assert net(account_for(COURSE, 500, 3), M) != net(account_for(COURSE, 500, 4), M)


def test_what_only_passes_through_is_no_line() -> None:
    account = account_for(COURSE)
    assert Kind.SUPPORT not in {line.kind for line in account.parties[E].items}
    assert net(account, E) == Quantiles(low=0, median=0, high=0)


def test_break_even_is_where_the_net_turns() -> None:
    account = account_for(SURE)
    assert account.break_even and account.break_even.median
    at = account.break_even.median
    for effect, is_gain in ((at * 0.99, False), (at * 1.01, True)):
        assert (net(account_for(replace(SURE, effect=sure(effect))), M).median > 0) is is_gain
    assert account.break_even.chance_never == 0


def test_break_even_never_and_always() -> None:
    dear = account_for(replace(SURE, supports=(replace(MENTOR, price=sure(90_000.0)),))).break_even
    assert dear and dear.median is None and dear.chance_never == 1
    free = account_for(replace(SURE, supports=())).break_even
    assert free and free.high == 0


def test_the_price_limit_is_where_the_net_turns() -> None:
    account = account_for(SURE)
    assert [limit.scheme for limit in account.price_limits] == ["personlig_assistance", "mentor"]
    limit = account.price_limits[0].limit.median
    at_limit = replace(SURE, supports=(replace(ASSISTANCE, price=sure(limit)), SURE.supports[1]))
    assert net(account_for(at_limit), M).median == pytest.approx(0, abs=0.01)


def test_an_unknown_price_gives_nothing_where_it_matters_and_a_limit_instead() -> None:
    aid = Support(scheme="hjaelpemidler", price=None, paid=Paid.ONCE_IN_JOB, path=(M, O), state_share=UNKNOWN_SHARE)
    account = account_for(replace(COURSE, supports=(aid,)))
    for party in (M, S, O):
        assert account.parties[party].net is None and account.parties[party].chance_of_gain is None
        assert all(found is None for _, found in account.parties[party].over_time)
    assert account.public.net is None and account.break_even is None and account.public_break_even is None
    assert net(account, C).median > 0
    assert {(r.code, r.params["scheme"]) for r in account.unknown} == {
        ("price_unknown", "hjaelpemidler"),
        ("state_share_unknown", "hjaelpemidler"),
    }
    assert [limit.scheme for limit in account.price_limits] == ["hjaelpemidler"]
    assert any(line.kind is Kind.SUPPORT and line.amount is None for line in account.parties[M].items)


def test_an_unknown_price_that_only_passes_through_does_not_hide_the_employers_account() -> None:
    account = account_for(replace(COURSE, supports=(replace(ASSISTANCE, price=None),)))
    assert net(account, E).median == 0


def test_two_unknown_prices_have_no_limits() -> None:
    both = (replace(ASSISTANCE, price=None), replace(MENTOR, price=None))
    assert account_for(replace(COURSE, supports=both)).price_limits == ()


def test_an_unknown_wage_is_said() -> None:
    account = account_for(replace(COURSE, wage_week=None))
    assert [reason.code for reason in account.unknown] == ["wage_unknown"]
    assert account.parties[C].net is None and account.parties[M].net is None
    assert account.more_weeks_in_job.median > 0


def test_the_weakest_grade_is_told_and_every_input_has_a_source() -> None:
    account = account_for(COURSE)
    assert account.weakest is Grade.ASSUMPTION
    assert {(i.code, i.scheme) for i in account.inputs} >= {("effect", None), ("price", "mentor"), ("work_value", None)}
    assert all(i.estimate.source for i in account.inputs)


def test_over_time_a_support_first_costs_and_then_pays() -> None:
    over_time = account_for(replace(SURE, horizon_weeks=208)).parties[M].over_time
    assert [weeks for weeks, _ in over_time] == [52, 104, 156, 208]
    medians = [found.median for _, found in over_time if found]
    assert medians[0] < 0 < medians[-1]


def test_paired_courses_differ_only_by_what_differs() -> None:
    without = replace(COURSE, supports=(ASSISTANCE,))
    assert all(found.net == Quantiles(low=0, median=0, high=0) for found in compare(COURSE, COURSE).values())
    difference = compare(without, COURSE)[M].net
    # 26 weeks of a mentor at 500 - 900 kr, whatever the effect is.
    assert difference and difference.low == pytest.approx(-26 * 880, rel=0.01)
    assert difference.high == pytest.approx(-26 * 520, rel=0.01)
    with pytest.raises(EconomicsError, match="one horizon"):
        compare(COURSE, replace(COURSE, horizon_weeks=52))


@pytest.mark.parametrize(("draws", "seed"), [(5, 0), (100, -1), (100, 2**63)])
def test_wrong_draws_are_refused(draws: int, seed: int) -> None:
    with pytest.raises(EconomicsError):
        account_for(COURSE, draws, seed)


def test_one_case_is_quick() -> None:
    account_for(COURSE)
    times = []
    for seed in range(20):
        begun = time.process_time()
        account_for(COURSE, 5_000, seed)
        times.append(time.process_time() - begun)
    # 5 ms is the goal and is measured by the bench; here only a slip by a factor is caught.
    assert min(times) < 0.02


def test_the_example_in_the_docstring_holds() -> None:
    found = doctest.testmod(accounts)
    assert found.attempted >= 8 and found.failed == 0
