"""Reads of citizens."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from .models import Citizen


def citizen_for(*, actor: Actor, citizen_id: UUID) -> Citizen | None:
    """The citizen, or None when there is none or the actor may not see them: the two are not told apart."""
    return Citizen.objects.visible_to(actor).select_related("municipality").filter(pk=citizen_id).first()
