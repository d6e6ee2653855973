"""Hours of tasks spread over half-days, in whole hundredths: an exact flow, so that what is printed adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobbro.engines.carving.possible import bits_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """For each task: half-day number -> hundredths, none of them 0; and the hundredths that found no place."""

    hours: tuple[dict[int, int], ...]
    left_over: int


def spread(*, hours: Sequence[int], slots: Sequence[int], cap: int) -> Spread:
    """As many hundredths as can be placed: task i has `hours[i]` for the half-days in the bits of `slots[i]`.

    A half-day holds `cap` at most. Greatest flow by augmenting paths (Ford and Fulkerson, 1956): with whole numbers it
    ends in whole numbers, so tasks in hundredths that fit in any way fit in hundredths.
    """
    placed: list[dict[int, int]] = [{} for _ in hours]
    free = {slot: cap for mask in slots for slot in bits_of(mask)}
    left_over = 0
    for task, wanted in enumerate(hours):
        missing = wanted
        while missing:
            moved = _push(task, missing, placed=placed, slots=slots, free=free, seen=set())
            if not moved:
                break
            missing -= moved
        left_over += missing
    return Spread(hours=tuple({slot: each[slot] for slot in sorted(each)} for each in placed), left_over=left_over)


def _push(
    task: int, wanted: int, *, placed: list[dict[int, int]], slots: Sequence[int], free: dict[int, int], seen: set[int]
) -> int:
    """Place some hundredths of the task, moving others out of the way; how many found a place."""
    for slot in bits_of(slots[task]):
        if slot in seen:
            continue
        if free[slot]:
            moved = min(wanted, free[slot])
            free[slot] -= moved
            placed[task][slot] = placed[task].get(slot, 0) + moved
            return moved
    for slot in bits_of(slots[task]):
        if slot in seen:
            continue
        seen.add(slot)
        for other in range(len(placed)):
            there = placed[other].get(slot, 0)
            if other == task or not there:
                continue
            moved = _push(other, min(wanted, there), placed=placed, slots=slots, free=free, seen=seen)
            if moved:
                _move(other, slot, moved, placed=placed)
                placed[task][slot] = placed[task].get(slot, 0) + moved
                return moved
    return 0


def _move(task: int, slot: int, amount: int, *, placed: list[dict[int, int]]) -> None:
    placed[task][slot] -= amount
    if not placed[task][slot]:
        del placed[task][slot]
