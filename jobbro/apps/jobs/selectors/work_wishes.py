"""Reads of work wishes: as told here, or to begin with as told in the dialogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.screening.selectors.profiles import current_profile
from jobbro.engines.needs import Profile, Told
from jobbro.engines.occupations.task_library import skills

from ..models import WorkWish
from ..permissions import can_tell_wish
from ..stamps import seen_wish

TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class WishPage:
    """A citizen's work wish. Until it was told here `told_on` is empty, and the rest is from the dialogue."""

    citizen: Citizen
    is_own: bool
    may_tell: bool
    told_on: date | None
    is_from_dialogue: bool
    hours_min: Decimal | None
    hours_max: Decimal | None
    slots: tuple[str, ...]
    max_hours_per_slot: Decimal | None
    max_km: int | None
    skills: tuple[str, ...]
    travels_from: str
    occupations: Mapping[str, int] = field(hash=False)
    seen: str


def work_wish_for(*, actor: Actor, citizen_id: UUID) -> WishPage | None:
    """The wish, when the actor sees the citizen."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    row = WorkWish.objects.visible_to(actor).filter(citizen_id=citizen_id).first()
    if row is None:
        profile = current_profile(actor=actor, citizen_id=citizen_id)
        return _from_dialogue(profile, actor=actor, citizen=citizen)
    return WishPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen_id,
        may_tell=can_tell_wish(actor, citizen_id),
        told_on=row.told_on,
        is_from_dialogue=False,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        slots=tuple(row.slots),
        max_hours_per_slot=row.max_hours_per_slot,
        max_km=row.max_km,
        skills=tuple(row.skills),
        travels_from=row.travels_from,
        occupations=dict(row.occupations),
        seen=seen_wish(row),
    )


def _from_dialogue(profile: Profile | None, *, actor: Actor, citizen: Citizen) -> WishPage:
    hours, slots, far, licences = (_told(profile, topic) for topic in ("hours", "slots", "travel_far", "licences"))
    least, most = _hours(hours)
    kilometres = next((number for number in far.numbers if number is not None), None) if far else None
    known = {skill.code for skill in skills()}
    return WishPage(
        citizen=citizen,
        is_own=actor.citizen_id == citizen.pk,
        may_tell=can_tell_wish(actor, citizen.pk),
        told_on=None,
        is_from_dialogue=any((hours, slots, far, licences)),
        hours_min=least,
        hours_max=most,
        slots=slots.slots if slots else (),
        max_hours_per_slot=None,
        max_km=int(kilometres) if kilometres is not None else None,
        skills=tuple(code for code in licences.choices if code in known) if licences else (),
        travels_from="",
        occupations={},
        seen=seen_wish(None),
    )


def _told(profile: Profile | None, topic: str) -> Told | None:
    """What was told to the topic; what was skipped or not wished to be said is nothing."""
    found = (one for one in (profile.told if profile else ()) if one.topic == topic and one.status == "told")
    return next(found, None)


def _hours(told: Told | None) -> tuple[Decimal | None, Decimal | None]:
    """The fewest and the most hours; one number alone stands for both ends that were not told."""
    numbers = (
        [None if number is None else Decimal(str(number)).quantize(TENTH) for number in told.numbers] if told else []
    )
    least, most = (*numbers, None, None)[:2]
    if least is not None and most is not None and least > most:
        least, most = most, least
    return least, most
