"""Hours over half-days: as much as can be placed, in hundredths, never more than fits."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.carving.spreading import spread

TASKS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 31)), max_size=6)


@given(TASKS, st.integers(0, 350))
def test_what_is_placed_is_the_most_that_can_be(tasks: list[tuple[int, int]], cap: int) -> None:
    hours, slots = [each[0] for each in tasks], [each[1] for each in tasks]
    found = spread(hours=hours, slots=slots, cap=cap)
    used = [sum(each.get(slot, 0) for each in found.hours) for slot in range(5)]
    assert max(used, default=0) <= cap
    assert all(slots[at] >> slot & 1 for at, each in enumerate(found.hours) for slot in each)
    assert all(amount > 0 for each in found.hours for amount in each.values())
    assert sum(used) + found.left_over == sum(hours)
    # The smallest cut: for some set of half-days, what has no other place is all that is left over.
    assert found.left_over == max(
        sum(hour for hour, mask in tasks if not mask & ~sum(1 << slot for slot in inside)) - cap * len(inside)
        for size in range(6)
        for inside in combinations(range(5), size)
    )


def test_a_full_half_day_makes_room_for_a_task_that_has_no_other() -> None:
    found = spread(hours=[100, 100], slots=[0b11, 0b01], cap=100)
    assert found.hours == ({1: 100}, {0: 100})
    assert found.left_over == 0
