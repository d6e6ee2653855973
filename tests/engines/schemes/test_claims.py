"""Quarters of personal assistance: the limit of 20/37, the hours of a quarter and how far a claim reaches."""

import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.schemes.claims import (
    Quarter,
    claim_from,
    claim_standing,
    claim_until,
    hours_allowed,
    is_within_limit,
    months_before,
    quarters,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


# principmeddelelse 28-19 and 31-20: exactly 20/37 is allowed, a hair above is not, more than 37 hours cuts nothing off.
@pytest.mark.parametrize(
    ("help_hours", "working", "expected"),
    [
        ("20", "37", True),
        ("20.01", "37", False),
        ("10", "18.5", True),
        ("10", "18.49", False),
        ("20", "40", True),
        ("20.01", "40", None),
        ("1", "1.85", True),
        ("1", "1.849", False),
    ],
)
def test_the_limit_is_compared_exactly(help_hours: str, working: str, expected: bool | None) -> None:
    found = is_within_limit(hours_week=Fraction(help_hours), working_hours_week=Fraction(working))
    assert found is expected


def test_a_grant_is_cut_into_calendar_quarters() -> None:
    found = list(quarters(from_on=date(2026, 2, 15), until_on=date(2026, 10, 3)))
    assert [(row.code, row.from_on, row.until_on) for row in found] == [
        ("2026-1", date(2026, 2, 15), date(2026, 3, 31)),
        ("2026-2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-4", date(2026, 10, 1), date(2026, 10, 3)),
    ]


@given(first=DAYS, length=st.integers(0, 2000))
def test_every_day_of_a_grant_is_in_one_quarter(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(quarters(from_on=first, until_on=last))
    assert sum(row.days for row in found) == length + 1
    assert found[0].from_on == first
    assert found[-1].until_on == last
    assert all(after.from_on == before.until_on + timedelta(days=1) for before, after in itertools.pairwise(found))


def test_hours_of_a_whole_quarter() -> None:
    quarter = Quarter(year=2026, number=2, from_on=date(2026, 4, 1), until_on=date(2026, 6, 30))
    assert hours_allowed(hours_week=Fraction(7), quarter=quarter) == 91
    assert claim_from(quarter) == date(2026, 7, 1)


@given(day=DAYS, months=st.integers(0, 60))
def test_months_back_keep_the_day_or_the_last_of_the_month(day: date, months: int) -> None:
    found = months_before(day, months=months)
    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(first=DAYS, back=st.integers(1, 12))
def test_a_claim_reaches_the_last_day_of_the_quarter_and_then_no_more(first: date, back: int) -> None:
    quarter = next(iter(quarters(from_on=first, until_on=first + timedelta(days=400))))
    last = claim_until(quarter=quarter, back_months=back)
    assert months_before(last, months=back) <= quarter.until_on < months_before(last + timedelta(days=1), months=back)
    assert claim_standing(quarter=quarter, back_months=back, on=quarter.until_on) == "running"
    assert claim_standing(quarter=quarter, back_months=back, on=last) == "due"
    assert claim_standing(quarter=quarter, back_months=back, on=last + timedelta(days=1)) == "lost"
