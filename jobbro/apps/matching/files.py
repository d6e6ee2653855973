"""What matching reads of a person, and by which rules: allow-listed, so that nothing else can count.

No name, age, sex, origin, address, benefit or note can reach the engine: a file holds the keys below and no others.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from jobbro.apps.citizens.models import Contact
from jobbro.apps.jobs.carving_input import measure_entry, number
from jobbro.apps.jobs.carving_persons import offered_measures, wished_occupations
from jobbro.apps.jobs.models import WorkWish
from jobbro.engines.needs import Profile
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.postcodes import Place, place_of
from jobbro.kernel.vocabulary import AREAS

# Raise it with every change of what a verdict, the order or the weight comes to (contracts, sections 2 and 3).
RULES = "contracts 2-3, 2026-11-22"
# Somebody who has told no limit goes anywhere in the country.
ANYWHERE_KM = 1000
WISHED, NEAR_WISHED = 2, 1


def person_file(*, citizen_id: UUID, profile: Profile, wish: WorkWish, place: Place) -> dict[str, Any]:
    """The person (contracts, section 3) from agreed needs, what they told about work, and where their way begins."""
    levels = {need.area: need.level for need in profile.needs}
    return {
        "id": str(citizen_id),
        "capacity": {area: levels[area] for area in AREAS if levels.get(area) is not None},
        "x": place.x,
        "y": place.y,
        "max_km": ANYWHERE_KM if wish.max_km is None else wish.max_km,
        "hours": [number(wish.hours_min), number(wish.hours_max)],
        "slots": list(wish.slots),
        "wishes": _wishes(told=wish.occupations, profile=profile),
        "skills": sorted(wish.skills),
        "measures": sorted(offered_measures()),
    }


def start_of(*, wish: WorkWish, contact: Contact | None, is_protected: bool) -> Place | None:
    """Where the way to work begins: as told, else the address, which is not used when it is protected."""
    if wish.travels_from:
        return place_of(wish.travels_from)
    return place_of(contact.postcode) if contact and not is_protected else None


def _wishes(*, told: Mapping[str, int], profile: Profile) -> dict[str, int]:
    """Occupation -> 2 or 1: those told, those of the dialogue (2), and their neighbours (same three digits, 1)."""
    wishes = {**dict.fromkeys(wished_occupations(profile), WISHED), **told}
    groups = {code[:3] for code, level in wishes.items() if level == WISHED}
    near = {one.code: NEAR_WISHED for one in occupations() if one.code[:3] in groups}
    return dict(sorted({**near, **wishes}.items()))


def measures_file() -> list[dict[str, Any]]:
    """All measures of the catalogue (contracts, section 3), in code order."""
    return sorted((measure_entry(entry.measure) for entry in catalogue().entries), key=lambda one: str(one["code"]))


def rule_version() -> str:
    """Under which the same files give the same answer: the rules by name, and the measures."""
    return digest_of({"rules": RULES, "measures": measures_file()})


def digest_of(content: Any) -> str:
    """The same for the same content, whatever the order of its keys."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
