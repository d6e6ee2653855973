"""Writes when, how much and how far somebody wants to work, and what they can do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.engines.occupations.occupations import occupations
from jobbro.kernel.postcodes import place_of
from jobbro.kernel.vocabulary import SLOTS

from ..models import WorkWish
from ..permissions import can_tell_wish
from ..refusals import Changed, NotThere, Refused
from ..stamps import seen_wish
from ..task_checking import checked_skills

MOST_HOURS, MOST_SLOT_HOURS, MOST_KM = Decimal(60), Decimal(12), 500
WRITTEN = [
    *("hours_min", "hours_max", "slots", "max_hours_per_slot", "max_km", "travels_from", "skills", "occupations"),
    *("told_on", "changed_by"),
]
MOST_OCCUPATIONS, MUCH, LITTLE = 20, 2, 1
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class WishDraft:
    """Hours a week, half-days, most hours in one half-day, how far, and skills. No `max_km` means any distance.

    `travels_from`: a postcode, when the way does not begin at the address. `occupations`: code -> 2 (much) or 1.
    """

    hours_min: Decimal
    hours_max: Decimal
    slots: tuple[str, ...]
    max_hours_per_slot: Decimal
    max_km: int | None = None
    skills: tuple[str, ...] = ()
    travels_from: str = ""
    occupations: Mapping[str, int] = field(default_factory=dict, hash=False)


def tell_work_wish(*, actor: Actor, citizen_id: UUID, draft: WishDraft, seen: str, on: date) -> WorkWish:
    """This is what a search for jobs starts from. Raises NotThere, Changed.

    Refused: `wish_hours`, `wish_slot_hours`, `wish_slots`, `wish_room` (the fewest hours find no room), `wish_km`,
    `wish_postcode` (on no map), `wish_occupations`, `wish_occupations_many`.
    """
    citizen = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id).first()
    if citizen is None:
        raise NotThere
    if not can_tell_wish(actor, citizen_id):
        raise PermissionDenied
    row = WorkWish.objects.visible_to(actor).select_for_update(of=("self",)).filter(citizen_id=citizen_id).first()
    if seen_wish(row) != seen:
        raise Changed
    _check(draft)
    is_new = row is None
    kept = row or WorkWish(citizen_id=citizen_id)
    kept.hours_min, kept.hours_max = draft.hours_min.quantize(TENTH), draft.hours_max.quantize(TENTH)
    kept.slots = [slot for slot in SLOTS if slot in draft.slots]
    kept.max_hours_per_slot = draft.max_hours_per_slot.quantize(HUNDREDTH)
    kept.max_km, kept.skills = draft.max_km, checked_skills(draft.skills)
    kept.travels_from, kept.occupations = draft.travels_from, dict(sorted(draft.occupations.items()))
    kept.told_on, kept.changed_by_id = on, actor.id
    if is_new:
        kept.save(force_insert=True)
    else:
        kept.save(update_fields=WRITTEN)
    record_event(verb=Verb.WORK_WISH_TOLD, citizen_id=citizen_id, subject=kept)
    return kept


def _check(draft: WishDraft) -> None:
    numbers = (draft.hours_min, draft.hours_max, draft.max_hours_per_slot)
    if not all(number.is_finite() for number in numbers) or not 0 <= draft.hours_min <= draft.hours_max <= MOST_HOURS:
        raise Refused("wish_hours", fields=("hours_max",))
    if not HUNDREDTH <= draft.max_hours_per_slot <= MOST_SLOT_HOURS:
        raise Refused("wish_slot_hours", fields=("max_hours_per_slot",))
    if not set(draft.slots) & set(SLOTS):
        raise Refused("wish_slots", fields=("slots",))
    room = len(set(draft.slots)) * draft.max_hours_per_slot
    if draft.hours_min > room:
        raise Refused("wish_room", fields=("hours_min",), values={"most": room})
    if draft.max_km is not None and not 0 <= draft.max_km <= MOST_KM:
        raise Refused("wish_km", fields=("max_km",))
    if draft.travels_from and place_of(draft.travels_from) is None:
        raise Refused("wish_postcode", fields=("travels_from",))
    if any(code not in occupations() or much not in (LITTLE, MUCH) for code, much in draft.occupations.items()):
        raise Refused("wish_occupations")
    if len(draft.occupations) > MOST_OCCUPATIONS:
        raise Refused("wish_occupations_many", values={"most": MOST_OCCUPATIONS})
