"""The one shared vocabulary: 24 function areas, their groups, levels and who can pay for support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobbro.kernel.strict_yaml import read_yaml

Level = int
Capacity = Mapping[str, int | None]
Demand = Mapping[str, int]
Relief = Mapping[str, int]

LEVEL_MIN, LEVEL_MAX = 0, 4

GROUPS: Mapping[str, tuple[str, ...]] = {
    "body": ("lifting", "standing", "sitting", "walking", "bending_reaching", "hand_use", "stamina"),
    "senses": ("seeing", "hearing", "sensory_tolerance", "climate_tolerance"),
    "thinking": ("attention", "memory", "planning", "learning", "reading_writing", "numbers"),
    "pressure": ("mental_energy", "pace", "stress", "change"),
    "people": ("speaking", "cooperation", "customer_contact"),
}

AREAS: tuple[str, ...] = tuple(area for areas in GROUPS.values() for area in areas)
AREA_POSITION: Mapping[str, int] = {area: position for position, area in enumerate(AREAS)}
GROUP_OF: Mapping[str, str] = {area: group for group, areas in GROUPS.items() for area in areas}

ICF: Mapping[str, tuple[str, ...]] = {
    "lifting": ("d430",),
    "standing": ("d4154",),
    "sitting": ("d4153",),
    "walking": ("d450",),
    "bending_reaching": ("d410", "d4452"),
    "hand_use": ("d440",),
    "stamina": ("b455",),
    "seeing": ("b210",),
    "hearing": ("b230",),
    "sensory_tolerance": ("e240", "e250"),
    "climate_tolerance": ("e225", "e260"),
    "attention": ("b140",),
    "memory": ("b144",),
    "planning": ("b164", "d230"),
    "learning": ("d155",),
    "reading_writing": ("d166", "d170"),
    "numbers": ("d172",),
    "mental_energy": ("b130",),
    "pace": ("d240",),
    "stress": ("d240", "b152"),
    "change": ("d230",),
    "speaking": ("d330", "d350"),
    "cooperation": ("d740",),
    "customer_contact": ("d730",),
}

SCHEMES: tuple[str, ...] = (
    "personlig_assistance",
    "personlig_assistance_uddannelse",
    "fortrinsadgang",
    "isbryder",
    "hjaelpemidler",
    "arbejdspladsindretning",
    "paragraf_56",
    "paragraf_58a",
    "mentor",
    "fleksjob",
    "skaanejob",
    "tilskud_selvstaendig",
    "virksomhedspraktik",
    "seniorjob",
    "stu",
)
PAYERS: tuple[str, ...] = (*SCHEMES, "employer", "none")

LANGUAGES = ("da", "en")

# A week of half-days, as the dialogue, tasks, carving and matching know it.
DAYS: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS = DAYS[:5]
HALVES = ("am", "pm")
SLOTS: tuple[str, ...] = tuple(f"{day}_{half}" for day in DAYS for half in HALVES)
SLOT_POSITION: Mapping[str, int] = {slot: position for position, slot in enumerate(SLOTS)}


class VocabularyError(ValueError):
    """A value is not in the shared vocabulary; `path` is the field, `reason` what is wrong with it."""

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class AreaLabel:
    """What people read about one area: a short label and one everyday sentence."""

    code: str
    label: str
    explanation: str


def check_area(area: object, *, path: str) -> str:
    """The area code itself; raises `VocabularyError` when it is not one of `AREAS`."""
    if not isinstance(area, str) or area not in AREA_POSITION:
        raise VocabularyError(path=path, reason=f"unknown area {area!r}; use one of {', '.join(AREAS)}")
    return area


def check_level(value: object, *, path: str, low: int = LEVEL_MIN, high: int = LEVEL_MAX) -> int:
    """The level itself, a whole number `low`..`high`; bool, float, NaN, text and null raise `VocabularyError`."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise VocabularyError(path=path, reason=f"must be a whole number from {low} to {high}, not {value!r}")
    return value


def check_capacity(capacity: object, *, path: str = "capacity") -> dict[str, int | None]:
    """A person's levels in area order: area -> 0-4, or None for not known; areas left out stay out.

    Raises `VocabularyError` with the path of the field (`capacity.lifting`) for an unknown area or a level outside 0-4.
    """
    given = _area_map(capacity, path=path)
    return {
        area: None if given[area] is None else check_level(given[area], path=f"{path}.{area}")
        for area in AREAS
        if area in given
    }


def check_demand(demand: object, *, path: str = "demand") -> dict[str, int]:
    """What work asks in area order: area -> 0-4; areas left out stay out and mean 0.

    Raises `VocabularyError` as `check_capacity`, and for a null level: a job says what it asks.
    """
    return _levels(demand, path=path, low=LEVEL_MIN, null_reason="null is refused: a job says what it asks")


def check_relief(relief: object, *, path: str = "relief") -> dict[str, int]:
    """What a measure relieves in area order: area -> 1-4. Raises `VocabularyError` for anything else."""
    return _levels(relief, path=path, low=1, null_reason="null is refused: leave the area out instead")


@cache
def area_labels(language: str) -> Mapping[str, AreaLabel]:
    """Area code -> label and everyday sentence in `language` ("da" or "en"), in area order.

    Raises `ValueError` for another language and `VocabularyError` if the content file does not hold every area once.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no area labels in {language!r}; use one of {', '.join(LANGUAGES)}")
    content = _area_map(read_yaml(Path(__file__).with_name("areas.yaml")).value, path="areas.yaml")
    if set(content) != set(AREAS):
        raise VocabularyError(path="areas.yaml", reason=f"needs exactly the areas {', '.join(AREAS)}")
    return {area: _area_label(area=area, texts=content[area], language=language) for area in AREAS}


def _area_label(*, area: str, texts: object, language: str) -> AreaLabel:
    try:
        label, explanation = texts[language]["label"], texts[language]["explanation"]  # type: ignore[index]
    except (KeyError, TypeError) as error:
        raise VocabularyError(path=f"areas.yaml.{area}.{language}", reason="needs label and explanation") from error
    return AreaLabel(code=area, label=label, explanation=explanation)


def _area_map(value: object, *, path: str) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise VocabularyError(path=path, reason=f"must map areas to levels, not {type(value).__name__}")
    return {check_area(area, path=f"{path}.{area}"): level for area, level in value.items()}


def _levels(value: object, *, path: str, low: int, null_reason: str) -> dict[str, int]:
    given = _area_map(value, path=path)
    for area, level in given.items():
        if level is None:
            raise VocabularyError(path=f"{path}.{area}", reason=null_reason)
    return {area: check_level(given[area], path=f"{path}.{area}", low=low) for area in AREAS if area in given}
