"""What a proposal lends to a question to the key persons: the areas with a gap and what the work asks there."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.services.questions import Along, ContextItem

from ..models import Proposal


def along_proposal(*, actor: Actor, proposal_id: UUID) -> Along | None:
    """The demand in each area where the work asks more than the person manages alone; never how much they manage."""
    found = Proposal.objects.visible_to(actor).filter(pk=proposal_id)
    row = found.values_list("citizen_id", "answer", "opening_input").first()
    if row is None:
        return None
    citizen_id, answer, opening = row
    demand = opening.get("demand") or {}
    items = (
        ContextItem(kind=ContextKind.DEMAND, code=area, level=int(demand[area]))
        for area in answer.get("gaps") or {}
        if demand.get(area) is not None
    )
    return Along(items=tuple(items), citizen_id=citizen_id)
