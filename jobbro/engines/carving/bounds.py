"""Bounds that need no solver: true at once, and never below the best there is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from jobbro.engines.carving.instance import Instance, Pair


def quick_bound(instance: Instance) -> int:
    """At least the value of every carving: the smaller of a bound by persons and one by staff, measures for nothing."""
    by_persons = sum(
        _fractional(pairs, room=instance.max_hours[person], most=instance.workplace.limits.max_tasks)
        for person, pairs in enumerate(instance.pairs)
    )
    best: dict[int, Pair] = {}
    for pairs in instance.pairs:
        for pair in pairs:
            if pair.task not in best or pair.value > best[pair.task].value:
                best[pair.task] = pair
    by_staff = sum(
        _fractional([pair for pair in best.values() if pair.staff == staff], room=room, most=len(best))
        for staff, room in enumerate(instance.release)
    )
    return down_to_grain(min(by_persons, by_staff), grain=instance.grain)


def down_to_grain(bound: int, *, grain: int) -> int:
    """The largest value there can be that is not above the bound."""
    return bound // grain * grain


def _fractional(pairs: Iterable[Pair], *, room: int, most: int) -> int:
    """The lesser of two relaxations: tasks by the hour until the hours are used (Dantzig, 1957), and the best few."""
    gaining = sorted(
        (pair for pair in pairs if pair.value > 0),
        key=lambda pair: Fraction(pair.value, max(pair.hours, 1)),
        reverse=True,
    )
    by_number = sum(sorted((pair.value for pair in gaining), reverse=True)[:most])
    by_hours = Fraction(0)
    for pair in gaining:
        if pair.hours and pair.hours > room:
            by_hours += Fraction(pair.value * room, pair.hours)
            break
        room -= pair.hours
        by_hours += pair.value
    return min(by_number, ceil(by_hours))
