"""Small numbers are hidden, and so is what they could be worked out from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.apps.outreach.figures import FEWEST, hide_small

PARTS = ("yes", "no", "not_now", "rather_not")


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"yes": 20, "no": 10, "not_now": 8, "rather_not": 6}, set()),
        ({"yes": 20, "no": 10, "not_now": 8, "rather_not": 0}, set()),
        ({"yes": 20, "no": 10, "not_now": 8, "rather_not": 2}, {"rather_not", "not_now"}),
        ({"yes": 20, "no": 3, "not_now": 8, "rather_not": 2}, {"rather_not", "no"}),
        ({"yes": 20, "no": 0, "not_now": 0, "rather_not": 2}, {"rather_not", "yes"}),
        ({"yes": 1, "no": 2, "not_now": 0, "rather_not": 1}, {"yes", "no", "not_now", "rather_not"}),
    ],
)
def test_what_is_hidden(counts: dict[str, int], hidden: set[str]) -> None:
    shown = hide_small(counts, total=sum(counts.values()), parts=PARTS)
    assert {code for code, count in shown.items() if count is None} == hidden
    assert all(count in (None, counts[code]) for code, count in shown.items())


def test_a_number_almost_as_large_as_the_total_tells_of_the_few_who_are_not_in_it() -> None:
    shown = hide_small({"never": 97, "plan": 40}, total=100, parts=())
    assert shown == {"never": None, "plan": 40}


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_no_small_number_can_be_worked_out(numbers: list[int]) -> None:
    """From the total and what is shown nobody can tell a number from 1 to 4: one hidden number is never alone."""
    counts = dict(zip(PARTS, numbers, strict=True))
    shown = hide_small(counts, total=sum(numbers), parts=PARTS)
    hidden = [code for code in PARTS if shown[code] is None]
    assert not any(shown[code] is not None and 0 < shown[code] < FEWEST for code in PARTS)
    assert len(hidden) != 1
