"""The chain from a Danish title to rows of O*NET: rules a-e, the weights, and the scores they give."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jobbro.engines.occupations.records import Reached, Relation
from jobbro.engines.occupations.rules import AreaRule
from jobbro.engines.occupations.sources import Crosswalk, Kin, Link, Matrix, Title

_NEAR_DIGITS = (4, 3)
_ORDER = {reached: position for position, reached in enumerate(Reached)}
_RELATION_ORDER = {relation: position for position, relation in enumerate(Relation)}


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """The rows of the matrix that stand for one O*NET code, sharing its weight, and the rule that found them."""

    reached: Reached
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What stands behind one Danish title: `scores` in area order, and everything that says how sure they are.

    `rows` counts rows of O*NET (neighbouring titles when `reached` is `neighbour`); `match` is the mean quality 1-4 of
    the ESCO-O*NET matches; `spreads` are standard deviations of the scores between the rows, by weight.
    """

    reached: Reached
    relation: Relation
    rows: int
    match: float
    scores: Mapping[str, float]
    spreads: Mapping[str, float]


def resolve_codes(
    crosswalk: Crosswalk, *, matrix: Matrix, successors: Mapping[str, Sequence[str]]
) -> Mapping[str, Resolved]:
    """Each O*NET code of the crosswalk that reaches rows with numbers, by rule a, b, c or d in this order."""
    by_title, by_family = defaultdict(list), defaultdict(list)
    for code, title in matrix.titles.items():
        by_title[_letters(title)].append(code)
        by_family[code[:7]].append(code)
    found = {}
    for code, title in crosswalk.titles.items():
        family = by_family.get(code[:7], [])
        whole = [member for member in family if member == f"{code[:7]}.00"]
        for reached, codes in (
            (Reached.SAME_CODE, [code] if code in matrix.titles else []),
            (Reached.SAME_TITLE, by_title.get(_letters(title), [])),
            (Reached.SUCCESSOR, [older for older in successors.get(code, ()) if older in matrix.titles]),
            (Reached.FAMILY, whole or family),
        ):
            if codes:
                found[code] = Resolved(reached=reached, codes=tuple(codes))
                break
    return found


def _letters(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def join(
    titles: Sequence[Title],
    *,
    crosswalk: Crosswalk,
    matrix: Matrix,
    successors: Mapping[str, Sequence[str]],
    rules: Mapping[str, AreaRule],
) -> Mapping[str, Profile]:
    """Code -> profile of every title or heading that some rule reaches; headings never by rule e, nor as neighbours."""
    resolved = resolve_codes(crosswalk, matrix=matrix, successors=successors)
    scores = {
        code: {area: score for area, rule in rules.items() if (score := rule.score(values)) is not None}
        for code, values in matrix.values.items()
    }
    found: dict[str, Profile] = {}
    for title in titles:
        profile = _profile(title, crosswalk=crosswalk, resolved=resolved, scores=scores, areas=tuple(rules))
        if profile:
            found[title.code] = profile
    return found | _neighbours(titles, reached=found)


def _profile(
    title: Title,
    *,
    crosswalk: Crosswalk,
    resolved: Mapping[str, Resolved],
    scores: Mapping[str, Mapping[str, float]],
    areas: Sequence[str],
) -> Profile | None:
    links = {
        kin.uri: found
        for kin in title.kin
        if (found := [link for link in crosswalk.links.get(kin.uri, ()) if link.code in resolved])
    }
    chosen = chosen_kin(title, kin=[kin for kin in title.kin if kin.uri in links])
    if not chosen:
        return None
    occupations = [links[kin.uri] for kin in chosen]
    shares, match = _row_shares(occupations, resolved=resolved)
    is_same = chosen[0].name.lower() == title.title.lower()
    means, spreads = _mean_and_spread(shares, scores=scores, areas=areas)
    return Profile(
        reached=_main_rule(occupations, resolved=resolved),
        relation=Relation.SAME_NAME if is_same else chosen[0].relation,
        rows=len(shares),
        match=match,
        scores=means,
        spreads=spreads,
    )


def chosen_kin(title: Title, *, kin: Sequence[Kin]) -> list[Kin]:
    """Step one: the ESCO occupation of the same name if there is one, else those of the best relation."""
    same = [one for one in kin if one.name.lower() == title.title.lower()]
    best = min((one.relation for one in kin), key=_RELATION_ORDER.__getitem__, default=None)
    return same or [one for one in kin if one.relation is best]


def _main_rule(occupations: Sequence[Sequence[Link]], *, resolved: Mapping[str, Resolved]) -> Reached:
    """The rule by which most of the weight came; of two with the same weight the earlier."""
    weights: dict[Reached, float] = defaultdict(float)
    for links in occupations:
        total = sum(link.weight for link in links)
        for link in links:
            weights[resolved[link.code].reached] += link.weight / total
    return min(weights, key=lambda rule: (-round(weights[rule], 9), _ORDER[rule]))


def _row_shares(
    occupations: Sequence[Sequence[Link]], *, resolved: Mapping[str, Resolved]
) -> tuple[Mapping[str, float], float]:
    """Step two: row of the matrix -> its share, all shares together 1; and the mean quality of the matches."""
    shares: dict[str, float] = defaultdict(float)
    match = 0.0
    for links in occupations:
        total = sum(link.weight for link in links)
        for link in links:
            share = link.weight / total / len(occupations)
            match += share * link.weight
            codes = resolved[link.code].codes
            for code in codes:
                shares[code] += share / len(codes)
    return shares, match


def _mean_and_spread(
    shares: Mapping[str, float], *, scores: Mapping[str, Mapping[str, float]], areas: Sequence[str]
) -> tuple[dict[str, float], dict[str, float]]:
    means, spreads = {}, {}
    for area in areas:
        known = [(scores[code][area], share) for code, share in sorted(shares.items()) if area in scores[code]]
        if not known:
            continue
        weight = sum(share for _, share in known)
        means[area] = sum(score * share for score, share in known) / weight
        variance = sum(share * (score - means[area]) ** 2 for score, share in known) / weight
        spreads[area] = math.sqrt(max(variance, 0.0))
    return means, spreads


def _neighbours(titles: Sequence[Title], *, reached: Mapping[str, Profile]) -> dict[str, Profile]:
    """Rule e: the mean of the reached titles with the same first four, else three, digits."""
    near: dict[str, list[Profile]] = defaultdict(list)
    for title in titles:
        if title.code in reached and not title.is_group:
            for digits in _NEAR_DIGITS:
                near[title.code[:digits]].append(reached[title.code])
    found = {}
    for title in titles:
        if title.code not in reached and not title.is_group:
            profiles = next((near[title.code[:n]] for n in _NEAR_DIGITS if near.get(title.code[:n])), None)
            if profiles:
                found[title.code] = _mean_profile(profiles)
    return found


def _mean_profile(profiles: Sequence[Profile]) -> Profile:
    shares = {str(position): 1 / len(profiles) for position in range(len(profiles))}
    scores = {str(position): profile.scores for position, profile in enumerate(profiles)}
    means, spreads = _mean_and_spread(shares, scores=scores, areas=tuple(profiles[0].scores))
    return Profile(
        reached=Reached.NEIGHBOUR,
        relation=Relation.NEARBY,
        rows=len(profiles),
        match=sum(profile.match for profile in profiles) / len(profiles),
        scores=means,
        spreads=spreads,
    )
