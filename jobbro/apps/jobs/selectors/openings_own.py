"""A company's own open jobs, for its own people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace

from ..employer_selectors import Choice, chosen_company
from ..enums import OpeningState
from ..models import Opening
from .openings import OpeningLine, line_of

# Nobody reads longer lists of what is over.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class OurOpenings:
    """The company's jobs, those that are alive apart, and the workplaces where another one can be written."""

    choice: Choice
    alive: tuple[OpeningLine, ...]
    over: tuple[OpeningLine, ...]
    workplaces: tuple[Workplace, ...]


def our_openings(*, actor: Actor, company_id: UUID | None, on: date) -> OurOpenings | None:
    """The company's jobs, newest first; None when it is not the actor's. Two queries beside those of the choice."""
    choice = chosen_company(actor=actor, company_id=company_id)
    if choice is None:
        return None
    rows = Opening.objects.visible_to(actor).filter(company_id=choice.card.id).order_by("-changed_at", "pk")[:MOST]
    lines = [line_of(row, on=on) for row in rows]
    alive = (OpeningState.OPEN, OpeningState.DRAFT)
    places = Workplace.objects.filter(company_id=choice.card.id).order_by("name", "pk")
    return OurOpenings(
        choice=choice,
        alive=tuple(line for line in lines if line.state in alive),
        over=tuple(line for line in lines if line.state not in alive),
        workplaces=tuple(place for place in places if place.closed_on is None or place.closed_on > on),
    )
