"""The jobs of selected tasks that are meant for the citizen who reads."""

from jobbro.apps.accounts.actor import Actor

from ..enums import CarvedState
from ..models import CarvedJob


def jobs_for_me(*, actor: Actor) -> tuple[CarvedJob, ...]:
    """Those proposed to a workplace or agreed with it, with workplace and company, newest first. One query."""
    if actor.citizen_id is None:
        return ()
    rows = CarvedJob.objects.visible_to(actor).filter(
        carved_for__citizen_id=actor.citizen_id, state__in=(CarvedState.PROPOSED, CarvedState.AGREED)
    )
    return tuple(rows.select_related("workplace__company").order_by("-state_on", "-made_at", "pk"))
