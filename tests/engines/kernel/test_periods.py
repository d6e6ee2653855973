"""Periods of whole days, half-open inside and closed where people name the last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.kernel.periods import Period, PeriodError

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)

days = st.integers(0, 40).map(lambda number: JAN + timedelta(days=number))
periods = st.builds(
    lambda first, length: Period(first, None if length is None else first + timedelta(days=length)),
    days,
    st.none() | st.integers(1, 20),
)


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2025, 12, 31), False), (JAN, True), (date(2026, 1, 31), True), (FEB, False)]
)
def test_the_first_day_counts_and_the_day_it_ends_on_does_not(on: date, expected: bool) -> None:
    assert Period(JAN, FEB).contains(on) is expected


def test_through_counts_the_last_day() -> None:
    period = Period.through(JAN, date(2026, 1, 31))
    assert period == Period(JAN, FEB)
    assert period.last_on == date(2026, 1, 31)
    assert period.days == 31
    assert Period.through(JAN, JAN).days == 1


def test_no_end_yet() -> None:
    period = Period.through(JAN, None)
    assert period.contains(date.max)
    assert (period.last_on, period.days) == (None, None)
    assert not period.is_before(date.max)


def test_periods_that_follow_each_other_share_no_day() -> None:
    assert not Period(JAN, FEB).overlaps(Period(FEB, MAR))
    assert Period(JAN, FEB).is_before(FEB)
    assert not Period(JAN, FEB).is_before(date(2026, 1, 31))


@pytest.mark.parametrize(
    ("from_on", "until_on"), [(FEB, JAN), (JAN, JAN), (None, JAN), ("2026-01-01", None), (datetime(2026, 1, 1), None)]
)
def test_bad_periods_are_refused(from_on: date, until_on: date | None) -> None:
    with pytest.raises(PeriodError):
        Period(from_on, until_on)


def test_the_last_day_of_the_calendar_is_refused() -> None:
    with pytest.raises(PeriodError, match="use None"):
        Period.through(JAN, date.max)


@settings(max_examples=40, deadline=None)
@given(one=periods, other=periods)
def test_intersection_holds_exactly_the_days_in_both(one: Period, other: Period) -> None:
    both = one.intersection(other)
    for number in range(70):
        on = JAN + timedelta(days=number)
        assert (both is not None and both.contains(on)) == (one.contains(on) and other.contains(on))
    assert both == other.intersection(one)
    assert one.overlaps(other) == (both is not None)
    assert one.covers(other) == (both == other)
