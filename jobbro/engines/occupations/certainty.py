"""How sure a level is: the doubts about it, counted."""

from __future__ import annotations

from collections.abc import Mapping

from jobbro.engines.occupations.records import Certainty, Doubt, Reached, Relation

# Measured only indirectly by O*NET, or told as much the same of every occupation.
INDIRECT = frozenset({"mental_energy", "change", "memory", "sensory_tolerance"})
LITTLE_DIFFERENCE = frozenset({"seeing", "hearing"})
# Nurses, therapists, educators and carers by DISCO code: they lift persons, which O*NET does not count as lifting.
CARE_CODES = (
    "2221.", "2222.", "2264.3", "2269.4", "2269.8", "2342.", "2635.2", "3258.", "3412.4", "5311.", "5312.", "5321.",
    "5322.", "5329.",
)  # fmt: skip

# From these shares of a level's width on, rows that differ make the mean less sure.
SPREAD_FROM, WIDE_SPREAD_FROM = 0.5, 1.0
# Below this the ESCO occupation is mostly a part of the O*NET row (broadMatch counts 1, narrowMatch 2).
LOOSE_MATCH_BELOW = 2.0

# Spread weighs most because it showed most: of levels estimated anew from looser occupations 62 % came out the same,
# 50 % where the rows differed by half a level, 36 % where they differed by a whole one (docs/occupations.md).
WEIGHTS: Mapping[Doubt, int] = {
    Doubt.NEIGHBOUR: 3,
    Doubt.FAMILY: 1,
    Doubt.SUCCESSOR: 1,
    Doubt.LOOSE_TITLE: 1,
    Doubt.LOOSE_OCCUPATION: 1,
    Doubt.SPREAD: 2,
    Doubt.WIDE_SPREAD: 3,
    Doubt.INDIRECT: 1,
    Doubt.CARE_LIFTING: 2,
    Doubt.LITTLE_DIFFERENCE: 1,
    Doubt.MISSING_ELEMENTS: 1,
}
_GUESS_FROM = 3

_OF_REACHED = {Reached.NEIGHBOUR: Doubt.NEIGHBOUR, Reached.FAMILY: Doubt.FAMILY, Reached.SUCCESSOR: Doubt.SUCCESSOR}
_OF_SPREAD = {1: Doubt.SPREAD, 2: Doubt.WIDE_SPREAD}


def spread_step(widths: float) -> int:
    """How much the rows behind a level differ, from their standard deviation in widths of a level: 0, 1 or 2."""
    return (widths >= SPREAD_FROM) + (widths >= WIDE_SPREAD_FROM)


def certainty(doubts: tuple[Doubt, ...]) -> Certainty:
    """Rather sure without a doubt, a guess from three points of `WEIGHTS` on, else roughly."""
    points = sum(WEIGHTS[doubt] for doubt in doubts)
    if points == 0:
        return Certainty.RATHER_SURE
    return Certainty.GUESS if points >= _GUESS_FROM else Certainty.ROUGHLY


def doubts_about(
    area: str, *, code: str, reached: Reached, relation: Relation, match: float, spread: int, is_partial: bool = False
) -> tuple[Doubt, ...]:
    """Every doubt about one level, the gravest kind first; `spread` 0-2 by `spread_step`, `match` 1-4.

    `is_partial`: the source lacks some of the elements of the area's score.
    """
    found: list[Doubt] = []
    if reached in _OF_REACHED:
        found.append(_OF_REACHED[reached])
    if relation in (Relation.NARROW, Relation.BROAD):
        found.append(Doubt.LOOSE_TITLE)
    if match < LOOSE_MATCH_BELOW and reached is not Reached.NEIGHBOUR:
        found.append(Doubt.LOOSE_OCCUPATION)
    if spread:
        found.append(_OF_SPREAD[spread])
    if area in INDIRECT:
        found.append(Doubt.INDIRECT)
    if area in LITTLE_DIFFERENCE:
        found.append(Doubt.LITTLE_DIFFERENCE)
    if area == "lifting" and code.startswith(CARE_CODES):
        found.append(Doubt.CARE_LIFTING)
    if is_partial:
        found.append(Doubt.MISSING_ELEMENTS)
    return tuple(found)
