"""Half-days and numbers as people say them."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from jobbro.web.screening.words import numbers_words, slots_words

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def _halves(days: tuple[str, ...], *halves: str) -> list[str]:
    return [f"{day}_{half}" for day in days for half in halves]


@pytest.mark.parametrize(
    ("slots", "told"),
    [
        ([], []),
        (["wed_pm"], ["Wednesday afternoon"]),
        (_halves(WORKDAYS, "am"), ["Monday to Friday morning"]),
        (_halves(WORKDAYS, "am", "pm"), ["Monday to Friday, all day"]),
        (["mon_am", "tue_am"], ["Monday and Tuesday morning"]),
        (_halves(("mon", "tue", "wed", "fri", "sun"), "am"), ["Monday to Wednesday, Friday and Sunday morning"]),
        (["fri_am", "mon_am", "mon_pm"], ["Monday and Friday morning", "Monday afternoon"]),
    ],
)
def test_days_in_a_row_are_told_as_one(slots: list[str], told: list[str]) -> None:
    assert slots_words(slots) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"least": 18, "most": 20}, ["18 to 20 hours a week"]),
        ({"least": 12.5, "most": 12.5}, ["12.5 hours a week"]),
        ({"least": 1, "most": 1}, ["1 hour a week"]),
        ({"least": 0, "most": 0}, ["0 hours a week"]),
        ({"least": 8}, ["at least 8 hours a week"]),
        ({"most": 8}, ["at most 8 hours a week"]),
        ({"most_km": 6}, ["at most 6 km"]),
        ({"steps": 3}, ["Steps: 3"]),
        ({}, []),
    ],
)
def test_numbers_are_told_as_a_sentence(said: dict[str, float], told: list[str]) -> None:
    assert numbers_words(said, labels={"steps": "Steps"}) == told
