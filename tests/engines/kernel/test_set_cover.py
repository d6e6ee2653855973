"""All minimal covers come once each and in order; hard inputs stay fast."""

from __future__ import annotations

import random
import time
from itertools import combinations, islice

from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.kernel.set_cover import Candidate, Cover, smallest_cover, smallest_minimal_covers

BITS = 5
candidates_of = st.lists(
    st.builds(
        Candidate, code=st.sampled_from("abcdeABCDE"), covers=st.integers(0, 2**BITS - 1), cost=st.integers(1, 3)
    ),
    max_size=8,
    unique_by=lambda one: one.code,
)


def union(chosen: tuple[Candidate, ...]) -> int:
    covered = 0
    for one in chosen:
        covered |= one.covers
    return covered


def all_minimal(candidates: list[Candidate], whole: int) -> list[Cover]:
    found = []
    for size in range(len(candidates) + 1):
        for chosen in combinations(candidates, size):
            without_one = [tuple(other for other in chosen if other is not one) for one in chosen]
            if union(chosen) & whole == whole and not any(union(rest) & whole == whole for rest in without_one):
                codes = tuple(sorted(one.code for one in chosen))
                found.append(Cover(size, sum(one.cost for one in chosen), codes))
    return sorted(found)


@settings(max_examples=40, deadline=None)
@given(candidates=candidates_of, bits=st.integers(0, BITS))
def test_minimal_covers_equal_brute_force_in_order(candidates: list[Candidate], bits: int) -> None:
    whole = 2**bits - 1
    expected = all_minimal(candidates, whole)
    assert list(smallest_minimal_covers(candidates=candidates, whole=whole)) == expected
    assert smallest_cover(candidates=candidates, whole=whole) == (expected[0] if expected else None)


def test_a_hundred_measures_and_all_areas_are_answered_quickly() -> None:
    numbers = random.Random(1)
    candidates = [
        Candidate(
            code=f"m{number:03}",
            covers=sum(1 << bit for bit in numbers.sample(range(24), 4)),
            cost=numbers.randint(1, 4),
        )
        for number in range(100)
    ]
    started = time.process_time()
    covers = list(islice(smallest_minimal_covers(candidates=candidates, whole=2**24 - 1), 2))
    assert covers == sorted(covers) and len(covers) == 2
    assert time.process_time() - started < 3


def test_many_equal_covers_do_not_explode() -> None:
    candidates = [
        Candidate(code=f"{bit:02}{copy:02}", covers=1 << bit, cost=1) for bit in range(12) for copy in range(10)
    ]
    first, second = islice(smallest_minimal_covers(candidates=candidates, whole=2**12 - 1), 2)
    assert first.codes == tuple(f"{bit:02}00" for bit in range(12))
    assert second.codes == (*(f"{bit:02}00" for bit in range(11)), "1101")
