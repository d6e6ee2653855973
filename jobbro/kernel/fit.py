"""How a person and a piece of work fit: gap, relief, smallest support and verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jobbro.kernel.set_cover import Candidate, smallest_cover
from jobbro.kernel.vocabulary import (
    AREAS,
    Capacity,
    Demand,
    VocabularyError,
    check_capacity,
    check_demand,
    check_level,
    check_relief,
)

OPEN_FROM = 2


class Verdict(StrEnum):
    """What can be said of a person and a piece of work."""

    AS_IS = "as_is"
    WITH_SUPPORT = "with_support"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A support measure: relief 1-4 per area, cost band 1-4 (lower is less intrusive and cheaper), who can pay.

    Raises `VocabularyError` with the field for an unknown area or a value outside its range.
    """

    code: str
    relief: Mapping[str, int] = field(hash=False)
    cost: int
    scheme: str

    def __post_init__(self) -> None:
        for name in ("code", "scheme"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name):
                raise VocabularyError(path=name, reason=f"must be text, not {getattr(self, name)!r}")
        check_level(self.cost, path="cost", low=1)
        object.__setattr__(self, "relief", check_relief(self.relief))


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The fit of one person and one demand; area maps and tuples stand in area order.

    gaps: area -> 1-4. open: areas nobody has talked about where the work asks 2 or more. support: codes of the smallest
    support, in code order, empty for `no`. left: area -> what remains after all available measures together.
    """

    gaps: Mapping[str, int] = field(hash=False)
    open: tuple[str, ...]
    support: tuple[str, ...]
    left: Mapping[str, int] = field(hash=False)
    verdict: Verdict


def gaps(*, capacity: Capacity, demand: Demand) -> dict[str, int]:
    """Area -> max(0, demand - capacity), 1-4, in area order, zeros and unknown capacities left out.

    Raises `VocabularyError` when a level or an area is not in the vocabulary.
    """
    manages, asks = check_capacity(capacity), check_demand(demand)
    return {
        area: asked - managed
        for area, asked in asks.items()
        if (managed := manages.get(area)) is not None and asked > managed
    }


def open_areas(*, capacity: Capacity, demand: Demand) -> tuple[str, ...]:
    """Areas with unknown capacity where the work asks 2 or more, in area order. Raises as `gaps`."""
    manages, asks = check_capacity(capacity), check_demand(demand)
    return tuple(area for area, asked in asks.items() if asked >= OPEN_FROM and manages.get(area) is None)


def relief_of(measures: Iterable[Measure]) -> dict[str, int]:
    """Area -> the largest relief in the set, in area order: relief does not add up."""
    largest: dict[str, int] = {}
    for measure in measures:
        for area, relief in measure.relief.items():
            largest[area] = max(relief, largest.get(area, 0))
    return {area: largest[area] for area in AREAS if area in largest}


def left_after(*, gaps: Mapping[str, int], measures: Iterable[Measure]) -> dict[str, int]:
    """Area -> what remains of its gap after all measures together; closed gaps are left out."""
    relief = relief_of(measures)
    return {area: gap - relief.get(area, 0) for area, gap in gaps.items() if gap > relief.get(area, 0)}


def closable(*, gaps: Mapping[str, int], measures: Iterable[Measure]) -> bool:
    """True when all gaps are closed by all measures together."""
    return not left_after(gaps=gaps, measures=measures)


def smallest_support(gaps: Mapping[str, int], measures: Iterable[Measure]) -> tuple[str, ...] | None:
    """The codes of the smallest support that closes all gaps, in code order; () without gaps, None when none can.

    Fewest measures, then the lowest sum of cost bands, then the smallest sorted list of codes by Unicode code point
    (contracts, section 2). Exact: see `set_cover`. Raises `ValueError` when two measures have one code.
    """
    cover = smallest_cover(candidates=cover_candidates(gaps=gaps, measures=measures), whole=whole_of(gaps))
    return None if cover is None else cover.codes


def fit(*, capacity: Capacity, demand: Demand, measures: Iterable[Measure], conditions_met: bool = True) -> Fit:
    """The fit of a person (levels 0-4 or None) with a demand (0-4), given the measures available to both.

    Verdict in this order: `no` when a condition fails or a gap cannot be closed by all measures; `ask` when an area is
    open; `with_support` when there are gaps; else `as_is`. Raises `VocabularyError`, `ValueError` as above.
    """
    available = tuple(measures)
    known_gaps = gaps(capacity=capacity, demand=demand)
    unknown = open_areas(capacity=capacity, demand=demand)
    left = left_after(gaps=known_gaps, measures=available)
    verdict = verdict_of(refused=not conditions_met or bool(left), is_open=bool(unknown), has_gaps=bool(known_gaps))
    support = () if verdict is Verdict.NO else smallest_support(known_gaps, available)
    return Fit(gaps=known_gaps, open=unknown, support=support or (), left=left, verdict=verdict)


def cover_candidates(*, gaps: Mapping[str, int], measures: Iterable[Measure]) -> tuple[Candidate, ...]:
    """Each measure that closes at least one gap, with a bit for every gap it closes (bit 0 = first gap given)."""
    candidates: dict[str, Candidate] = {}
    seen: set[str] = set()
    for measure in measures:
        if measure.code in seen:
            raise ValueError(f"two measures have the code {measure.code!r}; codes must be unique")
        seen.add(measure.code)
        closes = sum(1 << bit for bit, (area, gap) in enumerate(gaps.items()) if measure.relief.get(area, 0) >= gap)
        if closes:
            candidates[measure.code] = Candidate(code=measure.code, covers=closes, cost=measure.cost)
    return tuple(candidates[code] for code in sorted(candidates))


def whole_of(gaps: Mapping[str, int]) -> int:
    """A bit for every gap."""
    return (1 << len(gaps)) - 1


def verdict_of(*, refused: bool, is_open: bool, has_gaps: bool) -> Verdict:
    """The verdict in the order of contracts, section 2: refused, then open areas, then gaps."""
    if refused:
        return Verdict.NO
    if is_open:
        return Verdict.ASK
    return Verdict.WITH_SUPPORT if has_gaps else Verdict.AS_IS
