"""What matching may read of persons as they stand, or why it cannot yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Contact
from jobbro.apps.jobs.models import WorkWish
from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.models import Agreement
from jobbro.engines.matching.model import Person
from jobbro.engines.needs import Profile

from ..among import among
from ..facts import person_of
from ..files import digest_of, person_file, start_of


class WhyNot(StrEnum):
    """What has not been told yet, in the order in which it is asked for."""

    NO_NEEDS = "no_needs"
    NO_WISH = "no_wish"
    NO_PLACE = "no_place"


@dataclass(frozen=True, kw_only=True)
class PersonInput:
    """A person as matching reads them (contracts, section 3), and nothing else of them."""

    citizen_id: UUID
    file: dict[str, Any] = field(hash=False)

    @cached_property
    def person(self) -> Person:
        """The same as the engine's own person."""
        return person_of(self.file)

    @cached_property
    def digest(self) -> str:
        """The same for the same content."""
        return digest_of(self.file)


def person_input(*, actor: Actor, citizen_id: UUID) -> PersonInput | WhyNot:
    """The person by agreed needs, wish and place, as told up to now. Three queries; `no_needs` also for a stranger."""
    return person_inputs(actor=actor, citizen_ids=[citizen_id])[citizen_id]


def person_inputs(*, actor: Actor, citizen_ids: Collection[UUID]) -> dict[UUID, PersonInput | WhyNot]:
    """The same for many persons, in three queries."""
    profiles = _agreed(actor=actor, citizen_ids=citizen_ids)
    wishes = WorkWish.objects.visible_to(actor).filter(among("citizen_id", citizen_ids))
    contacts = (
        Contact.objects.visible_to(actor)
        .filter(among("citizen_id", citizen_ids))
        .annotate(is_protected=F("citizen__is_protected"))
        .only("id", "citizen_id", "postcode")
    )
    wish_of = {wish.citizen_id: wish for wish in wishes}
    contact_of = {contact.citizen_id: contact for contact in contacts}
    return {
        citizen_id: _input(
            citizen_id=citizen_id,
            profile=profiles.get(citizen_id),
            wish=wish_of.get(citizen_id),
            contact=contact_of.get(citizen_id),
        )
        for citizen_id in citizen_ids
    }


def _agreed(*, actor: Actor, citizen_ids: Collection[UUID]) -> Mapping[UUID, Profile]:
    """Of each person the profile as both last agreed it."""
    rows = (
        Agreement.objects.visible_to(actor)
        .filter(among("citizen_id", citizen_ids))
        .filter(citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False)
        .order_by("citizen_id", "-dialogue__started_at", "-id")
        .distinct("citizen_id")
        .values_list("citizen_id", "profile")
    )
    return {citizen_id: profile_from_json(kept) for citizen_id, kept in rows}


def _input(
    *, citizen_id: UUID, profile: Profile | None, wish: WorkWish | None, contact: Contact | None
) -> PersonInput | WhyNot:
    if profile is None:
        return WhyNot.NO_NEEDS
    if wish is None:
        return WhyNot.NO_WISH
    # Whether an address is protected stands with the contact: without one there is no address to use.
    is_protected = contact is None or bool(vars(contact)["is_protected"])
    place = start_of(wish=wish, contact=contact, is_protected=is_protected)
    if place is None:
        return WhyNot.NO_PLACE
    return PersonInput(
        citizen_id=citizen_id, file=person_file(citizen_id=citizen_id, profile=profile, wish=wish, place=place)
    )
