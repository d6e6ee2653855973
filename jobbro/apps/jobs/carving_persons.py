"""A person's half of the engine's file: what they manage, when they want to work, and which support could follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jobbro.engines.needs import Profile
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import AREAS

from .carving_input import Inventory, number
from .models import WorkWish


@dataclass(frozen=True, kw_only=True)
class PersonTerms:
    """What a search takes for granted about one person beside their profile: wage an hour and offered support."""

    wage: Decimal
    measures: tuple[str, ...]


def person_half(
    *, key: str, profile: Profile, wish: WorkWish, terms: PersonTerms, inventory: Inventory
) -> dict[str, Any]:
    """The person under a key that says nothing; an area that nobody has talked about stays unknown."""
    levels = {need.area: need.level for need in profile.needs}
    return {
        "id": key,
        "capacity": {area: levels[area] for area in AREAS if levels.get(area) is not None},
        "hours": [number(wish.hours_min), number(wish.hours_max)],
        "slots": [slot for slot in wish.slots if slot in inventory.workplace.slots],
        "max_hours_per_slot": number(wish.max_hours_per_slot),
        "skills": list(wish.skills),
        "wishes": wishes_among(inventory, occupations=wished_occupations(profile)),
        "measures": list(terms.measures),
        "wage": number(terms.wage),
    }


def wished_occupations(profile: Profile) -> tuple[str, ...]:
    """Codes of the occupations that the person has said they wish for, most wished first."""
    told = next((one for one in profile.told if one.topic == "occupations"), None)
    return tuple(told.choices) if told else ()


def wishes_among(inventory: Inventory, *, occupations: Iterable[str]) -> dict[str, int]:
    """Tasks of posts in a wished occupation are wished much (2), in its group (same three digits) a little (1)."""
    wanted = set(occupations)
    groups = {code[:3] for code in wanted}
    posts: Mapping[Any, str] = {holder.pk: holder.occupation for holder in inventory.holders}
    wishes: dict[str, int] = {}
    for task in inventory.tasks:
        occupation = posts.get(task.holder_id, "")
        if occupation and occupation in wanted:
            wishes[str(task.pk)] = 2
        elif occupation and occupation[:3] in groups:
            wishes[str(task.pk)] = 1
    return wishes


def offered_measures() -> tuple[str, ...]:
    """Codes of all measures of the catalogue that are for everybody: what a search may lay under a job."""
    return tuple(entry.code for entry in catalogue().entries if entry.situation in (None, "employee"))
