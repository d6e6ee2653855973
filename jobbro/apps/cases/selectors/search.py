"""Finding one citizen by CPR number."""

from dataclasses import dataclass
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.cpr import Cpr

from ..models import Case


@dataclass(frozen=True)
class FoundByCpr:
    """`citizen_id` is None when nobody visible has the number; `criterion` goes into the log either way."""

    citizen_id: UUID | None
    criterion: bytes


def find_by_cpr(*, actor: Actor, cpr: Cpr) -> FoundByCpr:
    """The citizen among those the actor may see. No row is loaded, so only the search itself is logged."""
    found = Case.objects.visible_to(actor).filter(citizen__cpr_key=cpr.key).values_list("citizen_id", flat=True).first()
    return FoundByCpr(citizen_id=found, criterion=cpr.key)
