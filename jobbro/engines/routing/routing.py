"""New cases routed: the best spread over colleagues, with a reason for each proposal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jobbro.engines.routing.records import (
    Case,
    Colleague,
    Proposal,
    Reason,
    Routing,
    Subject,
    check_cases,
    check_colleagues,
)
from jobbro.engines.routing.rules import KINDS, RULES, Rules
from jobbro.engines.routing.spreading import BARRED, Points, spread_cases
from jobbro.kernel.vocabulary import GROUP_OF

_KIND_POSITION = {kind: position for position, kind in enumerate(KINDS)}


def route(cases: Sequence[Case], colleagues: Sequence[Colleague], *, rules: Rules = RULES) -> Routing:
    """A colleague for each case so that the points of `rules` over all cases are fewest; proven, always the same.

    Load counts by hours, so that somebody of half time gets half as many. Colleagues who are away, and those who do
    not serve the case's municipality, get no proposal. Of equal spreads the order of ids decides, not that of the
    arguments; proposals come in the order of `cases`. Raises `RoutingError` for input that is not whole.
    """
    check_cases(cases)
    check_colleagues(colleagues)
    waiting = sorted(cases, key=lambda case: case.id)
    able = sorted((one for one in colleagues if not one.is_away), key=lambda one: one.id)
    if not waiting or not able:
        return Routing(proposals=(), unplaced=tuple(case.id for case in cases), total=0, bound=0)
    found = spread_cases(
        pair_points(waiting, able, rules=rules),
        load=np.array([one.load for one in able], dtype=np.int64),
        tenths=np.array([max(1, round(10 * one.hours)) for one in able], dtype=np.int64),
        weight=rules.load,
    )
    chosen = {case.id: able[column] for case, column in zip(waiting, found.chosen, strict=True) if column >= 0}
    return Routing(
        proposals=tuple(_proposal(case, chosen[case.id]) for case in cases if case.id in chosen),
        unplaced=tuple(case.id for case in cases if case.id not in chosen),
        total=found.total,
        bound=found.bound,
        gap_percent=100 * (found.total - found.bound) / found.total if found.total else 0.0,
    )


def pair_points(cases: Sequence[Case], colleagues: Sequence[Colleague], *, rules: Rules = RULES) -> Points:
    """(cases, colleagues) points of each pair without the load, `BARRED` where the municipality is not served."""
    points = np.full((len(cases), len(colleagues)), BARRED, dtype=np.int64)
    by_subject: dict[Subject, Points] = {}
    served = {
        code: np.array([code in one.municipalities for one in colleagues]) for code in {c.municipality for c in cases}
    }
    for row, case in enumerate(cases):
        total = np.zeros(len(colleagues), dtype=np.int64)
        for need in case.needs:
            if need not in by_subject:
                by_subject[need] = np.array([_share(need, one) for one in colleagues], dtype=np.int64)
            total += _weighed(by_subject[need], need=need, case=case, rules=rules)
        if case.around:
            total += np.array([0 if one.id in case.around else rules.stranger for one in colleagues], dtype=np.int64)
        serves = served[case.municipality]
        points[row, serves] = total[serves]
    return points


def reasons_for(case: Case, colleague: Colleague) -> tuple[Reason, ...]:
    """Why they fit and what the colleague does not know, in the order of kinds and codes; nothing is added up."""
    known = [Reason(code="around")] if colleague.id in case.around else []
    needs = sorted(case.needs, key=lambda need: (_KIND_POSITION[need.kind], need.code))
    words = ("knows", "knows_group", "knows_not")
    return (*known, *(Reason(code=words[_share(need, colleague)], subject=need) for need in needs))


def _proposal(case: Case, colleague: Colleague) -> Proposal:
    return Proposal(case=case.id, colleague=colleague.id, reasons=reasons_for(case, colleague), load=colleague.load)


_KNOWS, _GROUP, _NOT = range(3)


def _share(need: Subject, colleague: Colleague) -> int:
    if need in colleague.knows:
        return _KNOWS
    group = GROUP_OF.get(need.code) if need.kind == "area" else None
    return _GROUP if group and Subject("area_group", group) in colleague.knows else _NOT


def _weighed(shares: Points, *, need: Subject, case: Case, rules: Rules) -> Points:
    unknown = rules.place_in_person if need.kind == "place" and case.meets_in_person else rules.unknown[need.kind]
    return np.array([0, min(rules.group_only, unknown), unknown], dtype=np.int64)[shares]
