"""When talks are due, and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.follow_up import BadStep, after_workdays, due_days, is_workday, read_steps
from jobbro.engines.follow_up.workdays import easter_sunday

USUAL = read_steps(["7d", "1m", "3m", "6m", "12m"])
START = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("on", "last", "coming"),
    [
        (date(2026, 8, 31), None, date(2026, 9, 7)),
        (date(2026, 9, 6), None, date(2026, 9, 7)),
        (date(2026, 9, 7), date(2026, 9, 7), date(2026, 9, 30)),
        # A month that is too short ends on its last day.
        (date(2026, 9, 30), date(2026, 9, 30), date(2026, 11, 30)),
        (date(2027, 2, 28), date(2027, 2, 28), date(2027, 8, 31)),
        # Then half-yearly.
        (date(2028, 2, 29), date(2028, 2, 29), date(2028, 8, 31)),
        (date(2031, 8, 31), date(2031, 8, 31), date(2032, 2, 29)),
    ],
)
def test_the_usual_rhythm(on: date, last: date | None, coming: date | None) -> None:
    found = due_days(starts_on=START, steps=USUAL, then_months=6, on=on, ended_on=None)
    assert (found.last, found.coming) == (last, coming)


def test_nothing_comes_after_the_last_step_or_the_last_day() -> None:
    once = due_days(starts_on=START, steps=USUAL, then_months=0, on=date(2030, 1, 1), ended_on=None)
    assert (once.last, once.coming) == (date(2027, 8, 31), None)
    ended = due_days(starts_on=START, steps=USUAL, then_months=6, on=date(2027, 1, 1), ended_on=date(2026, 10, 15))
    assert (ended.last, ended.coming) == (date(2026, 9, 30), None)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 4000))
def test_the_next_day_always_lies_ahead(starts_on: date, days: int) -> None:
    on = starts_on + timedelta(days=days)
    found = due_days(starts_on=starts_on, steps=USUAL, then_months=6, on=on, ended_on=None)
    assert found.coming is not None and found.coming > on
    assert found.last is None or starts_on < found.last <= on


@pytest.mark.parametrize(
    "steps", [[], ["7"], ["d7"], ["0d"], ["7d", "7d"], ["1m", "7d"], ["61m"], ["7D"], ["1m"] * 13, ["-1d"]]
)
def test_steps_that_are_none(steps: list[str]) -> None:
    with pytest.raises(BadStep):
        read_steps(steps)


@pytest.mark.parametrize(
    ("year", "easter"),
    # Dates as printed in the almanac of the University of Copenhagen.
    [
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, easter: date) -> None:
    assert easter_sunday(year) == easter


@pytest.mark.parametrize(
    ("day", "count", "answer"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 1), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 3, date(2026, 4, 9)),
        # The general prayer day is a working day since 2024.
        (date(2026, 4, 30), 1, date(2026, 5, 1)),
        (date(2026, 5, 13), 1, date(2026, 5, 15)),
    ],
)
def test_working_days(day: date, count: int, answer: date) -> None:
    assert after_workdays(day, count=count) == answer
    assert is_workday(answer)


def test_no_working_day_is_no_answer() -> None:
    with pytest.raises(ValueError, match="one working day"):
        after_workdays(START, count=0)
