"""What an open job must be: a name, hours that its half-days can hold, places, days in order and known support."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.postcodes import place_of
from jobbro.kernel.vocabulary import SLOTS

from .refusals import Refused
from .task_checking import checked_name, checked_skills, checked_text

LONGEST_DESCRIPTION, LONGEST_WAGE, LONGEST_NOTE, LONGEST_SOURCE = 5000, 120, 200, 120
MOST_HOURS, TENTH = Decimal(60), Decimal("0.1")
# So many people for one job are possible (a festival, a new warehouse), but more often a slip of the finger.
MANY_PLACES, MOST_PLACES = 100, 10_000
EMPLOYER = "employer"


@dataclass(frozen=True, kw_only=True)
class OpeningDraft:
    """An open job as somebody wrote it. No `measures` told (None): what is usual at the workplace.

    No half-days: when the work lies is talked about. `source_id`: its name where it came from.
    """

    title: str
    hours_min: Decimal
    hours_max: Decimal
    occupation: str = ""
    description: str = ""
    slots: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    measures: tuple[str, ...] | None = None
    places: int = 1
    wage_text: str = ""
    is_public: bool = False
    starts_on: date | None = None
    closes_on: date | None = None
    source_id: str = ""


@dataclass(frozen=True, kw_only=True)
class PlaceOnMap:
    """Kilometres east and north (contracts, section 3)."""

    x: float
    y: float


def checked_draft(draft: OpeningDraft, *, workplace: Workplace) -> OpeningDraft:
    """The draft as it can be kept.

    Refused: `name_none`, `too_long`, `cpr`, `opening_hours`, `opening_room`, `slots_unknown`, `places_number`,
    `occupation_unknown`, `measures`, `skills_many`, `closes_early`.
    """
    slots = checked_opening_slots(draft.slots)
    low, high = checked_opening_hours(draft.hours_min, draft.hours_max, slots=slots, slot_hours=workplace.slot_hours)
    if not 1 <= draft.places <= MOST_PLACES:
        raise Refused("places_number", fields=("places",), values={"most": MOST_PLACES})
    if draft.occupation and draft.occupation not in occupations():
        raise Refused("occupation_unknown", fields=("occupation",))
    if draft.starts_on and draft.closes_on and draft.closes_on > draft.starts_on:
        raise Refused("closes_early", fields=("closes_on",))
    return replace(
        draft,
        title=checked_name(draft.title),
        hours_min=low,
        hours_max=high,
        slots=slots,
        description=checked_text(draft.description, most=LONGEST_DESCRIPTION, field="description"),
        wage_text=checked_text(draft.wage_text, most=LONGEST_WAGE, field="wage_text"),
        requires=tuple(sorted(checked_skills(draft.requires))),
        measures=checked_measures(draft.measures, workplace=workplace),
        source_id=draft.source_id.strip()[:LONGEST_SOURCE],
    )


def checked_opening_slots(slots: tuple[str, ...]) -> tuple[str, ...]:
    """The half-days in week order. Refused: `slots_unknown`."""
    if not set(slots) <= set(SLOTS):
        raise Refused("slots_unknown", fields=("slots",))
    return tuple(slot for slot in SLOTS if slot in slots)


def checked_opening_hours(
    low: Decimal, high: Decimal, *, slots: tuple[str, ...], slot_hours: Decimal
) -> tuple[Decimal, Decimal]:
    """Hours a week to 0.1. Refused: `opening_hours`; `opening_room` when the half-days hold fewer than the fewest."""
    if not (low.is_finite() and high.is_finite()) or not 0 <= low <= high <= MOST_HOURS or high == 0:
        raise Refused("opening_hours", fields=("hours_max",))
    if low != low.quantize(TENTH) or high != high.quantize(TENTH):
        raise Refused("opening_fine", fields=("hours_min",))
    room = len(slots) * slot_hours
    if slots and low > room:
        raise Refused("opening_room", fields=("hours_min",), values={"most": room})
    return low.quantize(TENTH), high.quantize(TENTH)


def checked_measures(codes: tuple[str, ...] | None, *, workplace: Workplace) -> tuple[str, ...]:
    """Codes of the catalogue, each once; what is usual when none were told. Refused: `measures`."""
    if codes is None:
        return default_measures(workplace)
    if not set(codes) <= {entry.code for entry in catalogue().entries}:
        raise Refused("measures", fields=("measures",))
    return tuple(sorted(set(codes)))


def default_measures(workplace: Workplace) -> tuple[str, ...]:
    """What the workplace has or does today, and everything that a scheme pays or that costs nobody anything."""
    entries = catalogue().entries
    paid = {entry.code for entry in entries if entry.measure.scheme != EMPLOYER}
    known = {entry.code for entry in entries}
    return tuple(sorted(paid | known.intersection(workplace.measures)))


def place_on_map(workplace: Workplace) -> PlaceOnMap:
    """Where the workplace is. Refused: `no_place`."""
    if workplace.x is not None and workplace.y is not None:
        return PlaceOnMap(x=workplace.x, y=workplace.y)
    found = place_of(workplace.postcode)
    if found is None:
        raise Refused("no_place")
    return PlaceOnMap(x=found.x, y=found.y)
