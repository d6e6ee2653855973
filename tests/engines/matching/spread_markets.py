"""Small markets for tests of the spread, and the spread of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from jobbro.engines.matching.spread.allocating import allocate
from jobbro.engines.matching.spread.model import Spread
from tests.engines.plain_loops import plain_loops

Lists = Sequence[Sequence[tuple[int, int]]]

PLAIN = plain_loops("jobbro.engines.matching.spread.auction_loops")


@st.composite
def markets(draw: st.DrawFn) -> tuple[Lists, list[int]]:
    """Lists of (job, weight) and places: few weights, so that most of them are equal, or many."""
    jobs = draw(st.integers(1, 7))
    weights = draw(st.sampled_from([st.just(1000), st.sampled_from([1000, 1200, 1300]), st.integers(1, 1500)]))
    one = st.dictionaries(st.integers(0, jobs - 1), weights, max_size=jobs).map(lambda found: list(found.items()))
    return draw(st.lists(one, max_size=9)), draw(st.lists(st.integers(1, 3), min_size=jobs, max_size=jobs))


def arrays_of(lists: Lists, places: Sequence[int]) -> dict[str, Any]:
    """The arrays of `allocate`."""
    flat = [pair for each in lists for pair in each]
    return {
        "person_start": np.cumsum([0, *(len(each) for each in lists)], dtype=np.int64),
        "job_index": np.array([job for job, _ in flat], dtype=np.int32),
        "weight": np.array([weight for _, weight in flat], dtype=np.int32),
        "places": np.array(places, dtype=np.int64),
    }


def spread_of(lists: Lists, places: Sequence[int], *, per_place: int = 1, per_person: int = 1) -> Spread:
    """The spread of these lists."""
    return allocate(**arrays_of(lists, places), per_place=per_place, per_person=per_person)
