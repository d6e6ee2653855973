"""What each scheme could relieve of a person's gaps: its measures held against the work that is wished for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jobbro.apps.screening.work import known_work
from jobbro.engines.needs import Profile
from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.engines.support.occupations import Occupation
from jobbro.engines.support.supports import BridgeRow, bridge
from jobbro.kernel.fit import gaps, left_after, relief_of, smallest_support
from jobbro.kernel.vocabulary import AREAS

# A measure for a certain situation is offered when the person is in it.
SITUATION_OF = {
    "employee": ("employee", "fleksjob", "subsidised", "seniorjob"),
    "self_employed": ("self_employed",),
}
# Measures that no scheme is needed for.
UNPAID = ("employer", "none")


@dataclass(frozen=True, kw_only=True)
class SchemeRelief:
    """The measures of one scheme that help here, and the areas that they make easier."""

    scheme: str
    measures: tuple[CatalogueMeasure, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Relief:
    """The gaps between what the person manages and one wished work, and who could lay the planks.

    `rows` are drawn with the smallest support that schemes not ruled out can pay for; what they do not carry, the
    workplace does, or what costs nothing.
    """

    occupation: Occupation
    gaps: Mapping[str, int] = field(hash=False)
    schemes: tuple[SchemeRelief, ...]
    rows: tuple[BridgeRow, ...]
    support: tuple[CatalogueMeasure, ...]
    left: tuple[str, ...]

    def of(self, scheme: str) -> SchemeRelief | None:
        """What the scheme relieves, if anything."""
        return next((one for one in self.schemes if one.scheme == scheme), None)


def capacity_of(profile: Profile) -> dict[str, int | None]:
    """The level of each area as told; an area nobody has talked about is unknown."""
    levels = {need.area: need.level for need in profile.needs}
    return {area: levels.get(area) for area in AREAS}


def wished_work(profile: Profile) -> tuple[Occupation, ...]:
    """The wished occupations whose demands are known, most wished first."""
    told = next((one for one in profile.told if one.topic == "occupations"), None)
    return known_work(told.choices if told else ())


def relief_for(
    *, capacity: Mapping[str, int | None], work: Occupation, answers: Iterable[SchemeAnswer], work_form: object
) -> Relief:
    """What the schemes could relieve in this work."""
    distance = gaps(capacity=capacity, demand=work.demand)
    possible = {answer.scheme for answer in answers if answer.outcome != "no"}
    helping = tuple(entry for entry in _offered(work_form) if set(entry.measure.relief) & set(distance))
    paid = _smallest(distance, entries=[entry for entry in helping if entry.measure.scheme in possible])
    carried = relief_of(entry.measure for entry in paid)
    beyond = {area: gap for area, gap in distance.items() if gap > carried.get(area, 0)}
    support = (*paid, *_smallest(beyond, entries=[entry for entry in helping if entry.measure.scheme in UNPAID]))
    relieved = relief_of(entry.measure for entry in support)
    return Relief(
        occupation=work,
        gaps=distance,
        schemes=_by_scheme(helping, distance=distance),
        rows=bridge(capacity=capacity, demand=work.demand, support=[entry.measure for entry in support]),
        support=support,
        left=tuple(area for area, gap in distance.items() if gap > relieved.get(area, 0)),
    )


def _offered(work_form: object) -> tuple[CatalogueMeasure, ...]:
    """The measures for all, and those for the situation that the work form tells."""
    here = {situation for situation, forms in SITUATION_OF.items() if work_form in forms}
    return tuple(entry for entry in catalogue().entries if entry.situation is None or entry.situation in here)


def _by_scheme(entries: Iterable[CatalogueMeasure], *, distance: Mapping[str, int]) -> tuple[SchemeRelief, ...]:
    found: dict[str, list[CatalogueMeasure]] = {}
    for entry in entries:
        found.setdefault(entry.measure.scheme, []).append(entry)
    return tuple(
        SchemeRelief(
            scheme=scheme,
            measures=tuple(sorted(own, key=lambda entry: (entry.measure.cost, entry.code))),
            areas=tuple(area for area in distance if any(area in entry.measure.relief for entry in own)),
        )
        for scheme, own in sorted(found.items())
    )


def _smallest(distance: Mapping[str, int], *, entries: Iterable[CatalogueMeasure]) -> tuple[CatalogueMeasure, ...]:
    """The smallest set that closes what these measures can close."""
    available = {entry.code: entry for entry in entries}
    measures = [entry.measure for entry in available.values()]
    left = left_after(gaps=distance, measures=measures)
    codes = smallest_support({area: gap for area, gap in distance.items() if area not in left}, measures)
    return tuple(available[code] for code in codes or ())
