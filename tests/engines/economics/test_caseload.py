"""A caseload: equal to its courses one by one, and wrong arrays refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jobbro.engines.economics import caseload as caseload_module
from jobbro.engines.economics.accounts import account_for
from jobbro.engines.economics.caseload import Caseload, account_for_caseload
from jobbro.engines.economics.courses import Course, Paid, Party, Start
from jobbro.engines.economics.drawing import books_of, draw, lines_of
from jobbro.engines.economics.estimates import Draws, EconomicsError
from tests.engines.economics.made_up import ASSISTANCE, COURSE, LADDER, MENTOR, M, caseload, spread, sure
from tests.engines.plain_loops import plain_loops

LOOPS = plain_loops("jobbro.engines.economics.caseload_loops")


@pytest.fixture(autouse=True)
def loops_in_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload_module, "_loops", lambda: LOOPS)


def course_of(cases: Caseload, case: int) -> Course:
    return replace(
        COURSE,
        start=cases.start,
        benefit_week=sure(float(cases.benefit_week[case])),
        wage_week=sure(float(cases.wage_week[case])),
        weeks_on_benefit=int(cases.weeks_on_benefit[case]),
        yearly_chance=sure(cases.chances[int(cases.chance_class[case])]),
        supports=tuple(
            replace(support, price=factor.times(float(price)))
            for support, factor, price in zip(cases.supports, cases.price_factors, cases.prices[case], strict=True)
        ),
        horizon_weeks=cases.horizon_weeks,
        benefit_kept=cases.benefit_kept,
    )


LADDERED = (
    replace(ASSISTANCE, price=None, paid=Paid.WEEKLY_IN_JOB, weeks=40, state_share=LADDER),
    replace(MENTOR, price=None, paid=Paid.ONCE_IN_JOB, weeks=None, state_share=LADDER),
)


@pytest.mark.parametrize("changes", [{}, {"start": Start.IN_WORK}, {"supports": LADDERED}, {"benefit_kept": 0.5}])
def test_every_case_equals_its_course_and_the_total_their_sum(changes: dict[str, Any]) -> None:
    cases = caseload(12, **changes)
    account = account_for_caseload(cases, 200, 7, is_exact=True)
    totals = {party: np.zeros(200) for party in Party}
    for case in range(12):
        course = course_of(cases, case)
        found = account_for(course, 200, 7).parties[M].net
        assert found is not None
        assert account.net_of_case[case] == pytest.approx([found.low, found.median, found.high], abs=1e-6)
        drawn = draw(course, draws=Draws(count=200, seed=7))
        books = books_of(lines_of(course, drawn=drawn, setting=drawn.setting(course)))
        for party in Party:
            totals[party] += books.nets[party]
    for party, total in totals.items():
        assert account.totals[party].net.median == pytest.approx(np.quantile(total, 0.5), abs=1e-4)
        assert account.totals[party].net.low == pytest.approx(np.quantile(total, 0.05), abs=1e-4)
    assert np.abs(sum(totals.values())).max() < 1e-4


def test_the_total_is_as_uncertain_as_what_is_shared() -> None:
    account = account_for_caseload(caseload(500), 400, 1)
    widths = account.net_of_case[:, 2] - account.net_of_case[:, 0]
    total = account.totals[M].net
    assert total.high - total.low < widths.sum()
    assert total.low < account.net_of_case[:, 1].sum() < total.high


@pytest.mark.parametrize("party", [Party.MUNICIPALITY, Party.STATE, Party.CITIZEN])
@pytest.mark.parametrize("changes", [{}, {"start": Start.IN_WORK}, {"supports": LADDERED}])
def test_the_table_is_near_to_every_draw(party: Party, changes: dict[str, Any]) -> None:
    cases = caseload(500, **changes)
    quick = account_for_caseload(cases, 200, 1, party=party, is_exact=False)
    exact = account_for_caseload(cases, 200, 1, party=party, is_exact=True)
    width = exact.net_of_case[:, 2] - exact.net_of_case[:, 0]
    error = np.abs(quick.net_of_case - exact.net_of_case) / np.maximum(width, 1.0)[:, None]
    assert np.median(error) < 0.01 and np.quantile(error, 0.95) < 0.08
    assert quick.totals == exact.totals and (exact.is_exact, quick.is_exact) == (True, False)


def test_without_supports_and_with_nothing_uncertain() -> None:
    changes: dict[str, Any] = {"supports": (), "price_factors": (), "prices": np.empty((50, 0))}
    cases = caseload(50, **changes, effect=sure(0.1))
    for is_exact in (True, False):
        found = account_for_caseload(cases, 50, is_exact=is_exact).net_of_case
        assert np.isfinite(found).all()
    nothing = caseload(50, benefit_week=np.zeros(50), wage_week=np.zeros(50), prices=np.zeros((50, 2)))
    assert not account_for_caseload(nothing, 50, is_exact=False).net_of_case.any()


def test_many_chances_and_one_case() -> None:
    chances = tuple(np.linspace(0.0, 0.9, 20).tolist())
    cases = caseload(200, chances=chances, chance_class=np.arange(200) % 20)
    assert np.isfinite(account_for_caseload(cases, 30, is_exact=False).net_of_case).all()
    assert account_for_caseload(caseload(1), 30).net_of_case.shape == (1, 3)


def test_the_same_seed_gives_the_same() -> None:
    one, other = (account_for_caseload(caseload(200), 100, 9) for _ in range(2))
    assert np.array_equal(one.net_of_case, other.net_of_case) and one.totals == other.totals


def with_value(value: float) -> np.ndarray[Any, Any]:
    amounts = np.full(10, 100.0)
    amounts[3] = value
    return amounts


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"benefit_week": with_value(np.nan)}, "benefit_week"),
        ({"benefit_week": with_value(-1)}, "benefit_week"),
        ({"benefit_week": with_value(np.inf)}, "benefit_week"),
        ({"wage_week": np.zeros(9)}, "wage_week"),
        ({"wage_week": np.zeros(10, dtype=np.float32)}, "wage_week"),
        ({"wage_week": [0.0] * 10}, "wage_week"),
        ({"prices": np.zeros((10, 1))}, "prices"),
        ({"prices": np.zeros(10)}, "prices"),
        ({"weeks_on_benefit": np.zeros(10)}, "weeks_on_benefit"),
        ({"weeks_on_benefit": np.full(10, -1)}, "weeks_on_benefit"),
        ({"chance_class": np.full(10, 2)}, "chance_class"),
        ({"chances": (0.1, 1.5)}, "chances"),
        ({"chances": (0.1, float("nan"))}, "chances"),
        ({"chances": tuple([0.1] * 201)}, "chances"),
        ({"effect": sure(2.0)}, "effect"),
        ({"price_factors": (sure(1.0),)}, "price_factors"),
        ({"price_factors": (sure(1.0), spread(-1, 1))}, "mentor.price_factor"),
        ({"supports": (ASSISTANCE, MENTOR)}, "personlig_assistance.price"),
        ({"horizon_weeks": -5}, "horizon_weeks"),
        ({"start": 1}, "start"),
        ({"refund": None}, "refund"),
    ],
)
def test_wrong_arrays_are_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(EconomicsError) as caught:
        caseload(10, **changes)
    assert caught.value.field == field


def test_no_cases_are_refused() -> None:
    with pytest.raises(EconomicsError, match="at least one case"):
        caseload(0)
