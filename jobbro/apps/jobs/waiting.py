"""Those who wait for a job, as far as the actor sees them: what they manage and when they can work, without names."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State
from jobbro.apps.screening.models import Agreement
from jobbro.kernel.vocabulary import AREAS

from .carving_input import number
from .models import WorkWish

MOST = 5000
# What fewer people have in common could say what one of them manages.
FEWEST = 5


def persons_waiting(*, actor: Actor, half: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Persons of the engine's file for all with an open course and agreed needs, under keys that say nothing.

    Who has not told when they can work gets the hours and half-days of the search. Of more than `MOST` people those
    who were registered first: each job is held against each of them, and a search has to end. Two queries.
    """
    rows = (
        _agreed(actor)
        .order_by("citizen_id", "-dialogue__started_at", "-id")
        .distinct("citizen_id")
        .values_list("citizen_id", "profile")[:MOST]
    )
    wishes = {wish.citizen_id: wish for wish in WorkWish.objects.visible_to(actor)}
    return tuple(
        _person(key=f"w{at:05}", profile=profile, wish=wishes.get(citizen_id), half=half)
        for at, (citizen_id, profile) in enumerate(rows, start=1)
    )


def count_waiting(actor: Actor) -> int:
    """How many wait, all of them. One query."""
    return int(_agreed(actor).aggregate(many=Count("citizen_id", distinct=True))["many"])


def _agreed(actor: Actor) -> "QuerySet[Agreement]":
    found: QuerySet[Agreement] = Agreement.objects.visible_to(actor).filter(
        citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False, citizen__case__state=State.OPEN
    )
    return found


def _person(*, key: str, profile: Mapping[str, Any], wish: WorkWish | None, half: Mapping[str, Any]) -> dict[str, Any]:
    terms = half["profile"]
    levels = {need["area"]: need.get("level") for need in profile.get("needs", ())}
    hours = [number(wish.hours_min), number(wish.hours_max)] if wish else terms["hours"]
    slots = [slot for slot in wish.slots if slot in half["slots"]] if wish else terms["slots"]
    return {
        "id": key,
        "capacity": {area: levels[area] for area in AREAS if levels.get(area) is not None},
        "hours": hours,
        "slots": slots,
        "max_hours_per_slot": number(wish.max_hours_per_slot) if wish else half["slot_hours"],
        "skills": list(wish.skills) if wish else [],
        "measures": terms["measures"],
        "wage": terms["wage"],
    }
