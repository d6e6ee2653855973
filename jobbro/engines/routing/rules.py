"""What counts how much when cases are spread: points that are added up over all cases, with a version that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

# What can be known, in the order in which reasons are told.
KINDS: tuple[str, ...] = ("language", "area_group", "area", "scheme", "trade", "place")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Points, whole numbers from 0. The best spread is the one with the fewest points over all cases.

    `unknown`: kind -> points for a need that the colleague does not know. `group_only`: for an area when only its
    group is known. `place_in_person`: instead of `unknown["place"]` when the person wishes to meet. `stranger`: when
    somebody else knows the person already. `load`: a colleague of full time with n cases gives `load`·n² points, one
    of half time twice as many: so each further case weighs more, and the load is spread by hours.
    """

    unknown: Mapping[str, int]
    group_only: int
    place_in_person: int
    stranger: int
    load: int

    @property
    def version(self) -> str:
        """A short digest of the points, kept with every decision that rests on them."""
        told = [sorted(self.unknown.items()), self.group_only, self.place_in_person, self.stranger, self.load]
        return f"routing-{sha256(repr(told).encode()).hexdigest()[:12]}"


# One case more or less in full time is 20 points: for a language it is right to have 15 cases more than a colleague,
# for one area two, for a person one knows already six. The figures are a choice, not a measurement.
RULES = Rules(
    unknown={"language": 300, "area": 40, "scheme": 20, "trade": 20, "place": 20},
    group_only=10,
    place_in_person=60,
    stranger=120,
    load=10,
)
