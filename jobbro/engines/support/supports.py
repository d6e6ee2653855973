"""Which support closes the gaps: the smallest, the next best, what stays open and what is left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from jobbro.kernel.fit import (
    OPEN_FROM,
    Measure,
    Verdict,
    cover_candidates,
    gaps,
    left_after,
    open_areas,
    smallest_support,
    verdict_of,
    whole_of,
)
from jobbro.kernel.set_cover import smallest_minimal_covers
from jobbro.kernel.vocabulary import AREAS, Capacity, Demand, check_capacity, check_demand

LIMIT_MAX = 20


@dataclass(frozen=True, kw_only=True)
class AreaGap:
    """A gap in one area: what the person manages, the most that is asked, by whom, and what could close it.

    `capacity` and `demand` are levels 0-4, `gap` 1-4. `asked_by`: the codes of the demands that ask for more than the
    person manages, most first. `closing`: the codes of the measures that close the gap alone, by cost and code.
    """

    area: str
    capacity: int
    demand: int
    gap: int
    asked_by: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpenArea:
    """An area nobody has talked about, the most that is asked of it (2-4), and by whom, most first."""

    area: str
    demand: int
    asked_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Easing:
    """One chosen measure makes one area easier: the level the person manages without it and with it (0-4)."""

    measure: str
    area: str
    from_level: int
    to_level: int


@dataclass(frozen=True, kw_only=True)
class SupportSet:
    """A set of measures that closes what can be closed: codes in code order, sum of cost bands, what each eases."""

    codes: tuple[str, ...]
    cost: int
    easings: tuple[Easing, ...]


@dataclass(frozen=True, kw_only=True)
class SupportProposal:
    """What support could mean for this person and this work; codes only, nothing chosen.

    `smallest` closes all gaps that can be closed (all of them when `left` is empty). `alternatives` are the next best
    sets of which nothing can be left out. `with_wished` is the smallest set that holds every wished measure that closes
    a gap, or None when none is wished or it is among the sets above already.
    `wished_idle` are the wished measures that close no gap here.
    `left` maps an area to what remains after all available measures together.
    """

    verdict: Verdict
    gaps: tuple[AreaGap, ...]
    open: tuple[OpenArea, ...]
    left: Mapping[str, int] = field(hash=False)
    smallest: SupportSet
    alternatives: tuple[SupportSet, ...]
    with_wished: SupportSet | None
    wished_idle: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BridgeRow:
    """One row of the bridge: `demand` planks (1-4); solid + hatched + missing + dashed = demand.

    solid: laid by the person. hatched: laid by `measure`, which `payer` can pay; both None when nothing is hatched.
    missing: nobody lays them. dashed: nobody has talked about the area, so all its planks are; `open` when work asks
    for 2 or more there and somebody has to.
    """

    area: str
    demand: int
    solid: int
    hatched: int
    missing: int
    dashed: int
    open: bool
    measure: str | None
    payer: str | None


def combined_demand(demands: Mapping[str, Demand]) -> dict[str, int]:
    """Area -> the most that any of the demands (code -> demand) asks, in area order, zeros left out.

    Raises `VocabularyError` with the path (`demands.9112.2.lifting`) for a level outside 0-4 or an unknown area.
    """
    checked = [check_demand(demand, path=f"demands.{code}") for code, demand in demands.items()]
    most = {area: max((demand.get(area, 0) for demand in checked), default=0) for area in AREAS}
    return {area: level for area, level in most.items() if level}


def propose_support(
    *,
    capacity: Capacity,
    demands: Mapping[str, Demand],
    measures: Iterable[Measure],
    wished: Collection[str] = (),
    declined: Collection[str] = (),
    limit: int = 3,
) -> SupportProposal:
    """The smallest support for a person (levels 0-4 or None) and one or many demands (code -> demand 0-4).

    Many demands are met together: each area counts with the most that is asked. Declined measures are left out, a
    wish for a declined measure too. `limit` (0-20) is how many alternatives follow the smallest. Ordered as contracts,
    section 2: fewest measures, lowest sum of cost bands, smallest sorted list of codes; exact, nothing else counts.
    Raises `VocabularyError` for a level or area that is not in the vocabulary and `ValueError` for a limit outside its
    range, a wished or declined code that names no measure, and two measures of one code.
    """
    if not 0 <= limit <= LIMIT_MAX:
        raise ValueError(f"limit must be from 0 to {LIMIT_MAX}, not {limit}")
    offered = tuple(measures)
    _check_codes(offered=offered, named={*wished, *declined})
    available = tuple(measure for measure in offered if measure.code not in declined)
    demand = combined_demand(demands)
    known = gaps(capacity=capacity, demand=demand)
    unknown = open_areas(capacity=capacity, demand=demand)
    left = left_after(gaps=known, measures=available)
    within_reach = {area: gap for area, gap in known.items() if area not in left}
    sets = _smallest_sets(capacity=capacity, gaps=within_reach, measures=available, count=limit + 1)
    candidates = {candidate.code for candidate in cover_candidates(gaps=within_reach, measures=available)}
    wishes = {code for code in wished if code not in declined}
    return SupportProposal(
        verdict=verdict_of(refused=bool(left), is_open=bool(unknown), has_gaps=bool(known)),
        gaps=_area_gaps(capacity=capacity, demand=demand, gaps=known, demands=demands, measures=available),
        open=tuple(
            OpenArea(area=area, demand=demand[area], asked_by=_asked_by(area=area, above=1, demands=demands))
            for area in unknown
        ),
        left=left,
        smallest=sets[0],
        alternatives=sets[1:],
        with_wished=_with_wished(
            capacity=capacity, gaps=within_reach, measures=available, wishes=wishes & candidates, sets=sets
        ),
        wished_idle=tuple(sorted(wishes - candidates)),
    )


def bridge(*, capacity: Capacity, demand: Demand, support: Iterable[Measure]) -> tuple[BridgeRow, ...]:
    """The rows of the bridge for a person, one demand and the chosen measures: one for each area asked, in area order.

    A plank is hatched where a chosen measure lays it, also when others stay missing in the row. When several measures
    reach equally far in a row, it names the one of lowest cost, then of smallest code. Raises
    `VocabularyError` for a bad level or area.
    """
    manages, chosen = check_capacity(capacity), tuple(support)
    return tuple(
        _bridge_row(area=area, asked=asked, managed=manages.get(area), support=chosen)
        for area, asked in check_demand(demand).items()
        if asked
    )


def _bridge_row(*, area: str, asked: int, managed: int | None, support: tuple[Measure, ...]) -> BridgeRow:
    if managed is None:
        return BridgeRow(
            area=area,
            demand=asked,
            solid=0,
            hatched=0,
            missing=0,
            dashed=asked,
            open=asked >= OPEN_FROM,
            measure=None,
            payer=None,
        )
    solid = min(asked, managed)
    measure = _farthest(area=area, need=asked - solid, support=support)
    hatched = min(asked - solid, measure.relief[area]) if measure else 0
    return BridgeRow(
        area=area,
        demand=asked,
        solid=solid,
        hatched=hatched,
        missing=asked - solid - hatched,
        dashed=0,
        open=False,
        measure=measure.code if measure else None,
        payer=measure.scheme if measure else None,
    )


def _farthest(*, area: str, need: int, support: tuple[Measure, ...]) -> Measure | None:
    helping = [measure for measure in support if need and measure.relief.get(area)]
    # More relief than the row needs is no reason to prefer a dearer measure.
    return min(
        helping, key=lambda measure: (-min(need, measure.relief[area]), measure.cost, measure.code), default=None
    )


def _smallest_sets(
    *, capacity: Capacity, gaps: Mapping[str, int], measures: tuple[Measure, ...], count: int
) -> tuple[SupportSet, ...]:
    covers = smallest_minimal_covers(candidates=cover_candidates(gaps=gaps, measures=measures), whole=whole_of(gaps))
    return tuple(
        _support_set(capacity=capacity, gaps=gaps, measures=measures, codes=cover.codes)
        for cover in islice(covers, count)
    )


def _with_wished(
    *,
    capacity: Capacity,
    gaps: Mapping[str, int],
    measures: tuple[Measure, ...],
    wishes: set[str],
    sets: tuple[SupportSet, ...],
) -> SupportSet | None:
    if not wishes:
        return None
    kept = tuple(measure for measure in measures if measure.code in wishes)
    rest = smallest_support(_gaps_not_closed(gaps=gaps, measures=kept), measures)
    codes = tuple(sorted({*wishes, *(rest or ())}))
    if any(codes == known.codes for known in sets):
        return None
    return _support_set(capacity=capacity, gaps=gaps, measures=measures, codes=codes)


def _gaps_not_closed(*, gaps: Mapping[str, int], measures: tuple[Measure, ...]) -> dict[str, int]:
    # At their full size: relief does not add up, so a half-closed gap helps nobody.
    still_open = left_after(gaps=gaps, measures=measures)
    return {area: gap for area, gap in gaps.items() if area in still_open}


def _support_set(
    *, capacity: Capacity, gaps: Mapping[str, int], measures: tuple[Measure, ...], codes: tuple[str, ...]
) -> SupportSet:
    by_code = {measure.code: measure for measure in measures}
    chosen = [by_code[code] for code in codes]
    easings = tuple(
        Easing(measure=measure.code, area=area, from_level=managed, to_level=min(4, managed + measure.relief[area]))
        for measure in chosen
        for area in gaps
        if area in measure.relief and (managed := capacity[area]) is not None
    )
    return SupportSet(codes=codes, cost=sum(measure.cost for measure in chosen), easings=easings)


def _area_gaps(
    *,
    capacity: Capacity,
    demand: Demand,
    gaps: Mapping[str, int],
    demands: Mapping[str, Demand],
    measures: tuple[Measure, ...],
) -> tuple[AreaGap, ...]:
    rows = []
    for area, gap in gaps.items():
        managed = demand[area] - gap
        closing = [measure for measure in measures if measure.relief.get(area, 0) >= gap]
        rows.append(
            AreaGap(
                area=area,
                capacity=managed,
                demand=demand[area],
                gap=gap,
                asked_by=_asked_by(area=area, above=managed, demands=demands),
                closing=tuple(m.code for m in sorted(closing, key=lambda m: (m.cost, m.code))),
            )
        )
    return tuple(rows)


def _asked_by(*, area: str, above: int, demands: Mapping[str, Demand]) -> tuple[str, ...]:
    asking = [(-demand.get(area, 0), code) for code, demand in demands.items() if demand.get(area, 0) > above]
    return tuple(code for _, code in sorted(asking))


def _check_codes(*, offered: tuple[Measure, ...], named: set[str]) -> None:
    unknown = sorted(named - {measure.code for measure in offered})
    if unknown:
        raise ValueError(f"no such measures: {', '.join(unknown)}; wish for or decline measures that are offered")
