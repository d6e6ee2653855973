"""The need profile for other parts of Jobbro: as told now, and as last agreed."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.models import Agreement
from jobbro.engines.needs import Profile

from .courses import course_of


def latest_agreement(*, actor: Actor, citizen_id: UUID) -> Agreement | None:
    """The newest agreement that both have agreed to; None when there is none for the actor."""
    rows = Agreement.objects.visible_to(actor).filter(
        citizen_id=citizen_id, citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False
    )
    return rows.order_by("-dialogue__started_at", "-id").first()


def agreed_profile(*, actor: Actor, citizen_id: UUID) -> Profile | None:
    """The profile as both last agreed it."""
    agreement = latest_agreement(actor=actor, citizen_id=citizen_id)
    return profile_from_json(agreement.profile) if agreement else None


def current_profile(*, actor: Actor, citizen_id: UUID) -> Profile | None:
    """The profile of everything told up to now; None when there is no such citizen for the actor."""
    course = course_of(actor=actor, citizen_id=citizen_id)
    return course.profile if course else None
