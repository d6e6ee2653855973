"""Numbers that are kept back are not worked out from those that are told: every way that fits them leaves a doubt."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.apps.outreach.figures import FEWEST, hide_small

CODES = ("yes", "no", "not_now", "rather_not")


def _ways(shown: dict[str, int | None], *, total: int) -> list[tuple[int, ...]]:
    """Everything that the hidden numbers can be for somebody who adds up, and knows that some of them are small."""
    hidden = sum(shown[code] is None for code in CODES)
    rest = total - sum(shown[code] or 0 for code in CODES)
    return [
        values
        for values in product(range(1, rest + 1), repeat=hidden)
        if sum(values) == rest and any(value < FEWEST for value in values)
    ]


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_hidden_number_is_certain(counts) -> None:
    total = sum(counts)
    shown = hide_small(dict(zip(CODES, counts, strict=True)), total=total, parts=CODES)
    assert all(number is None or number == 0 or number >= FEWEST for number in shown.values())
    if total < FEWEST or None not in shown.values():
        return
    for found in zip(*_ways(shown, total=total), strict=True):
        assert len(set(found)) > 1, (counts, shown)


@pytest.mark.parametrize("few", [(1, 1), (1, 1, 1), (1, 2), (4, 4), (4, 4, 4)])
def test_few_who_stand_alone_are_not_told_by_their_sum(few) -> None:
    counts = dict(zip(CODES, (*few, *(0,) * (3 - len(few)), 20), strict=True))
    shown = hide_small(counts, total=sum(counts.values()), parts=CODES)
    assert shown["rather_not"] is None
    assert all(shown[code] in (None, 0) for code in CODES)
