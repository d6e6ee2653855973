"""What forms offer: who can hold a relation, the teams of a filter, and the companies' own workplaces."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.organisations.models import Team, UnitMunicipality

from ..permissions import can_keep_companies


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody in a team who can hold the relation with a company."""

    team_id: UUID
    team: str
    broker_id: UUID
    broker: str

    @property
    def key(self) -> str:
        return f"{self.team_id}:{self.broker_id}"


@dataclass(frozen=True, kw_only=True)
class AddChoices:
    """What the form for a new company offers; `own` is the actor's own place, chosen at first."""

    holders: tuple[Holder, ...]
    own: str
    municipalities: tuple[tuple[str, str], ...]


def add_choices(*, actor: Actor, on: date) -> AddChoices | None:
    """Who can hold a new company, in the actor's municipalities; None for those who do not write about partners."""
    if not can_keep_companies(actor):
        return None
    holders = holders_for(codes=actor.codes, on=on)
    mine = [holder for holder in holders if holder.broker_id == actor.id]
    return AddChoices(holders=holders, own=mine[0].key if mine else "", municipalities=actor.municipalities)


def holders_for(*, codes: tuple[str, ...], on: date) -> tuple[Holder, ...]:
    """Everybody who works with companies in the municipalities today, in each of their teams, job brokers first."""
    units = UnitMunicipality.objects.standing(on=on).filter(municipality_id__in=codes).values("unit_id")
    teams = list(Team.objects.standing(on=on).filter(unit_id__in=units).order_by("name", "pk"))
    positions = (
        Position.objects.standing(on=on)
        .filter(unit_id__in=units, role__in=CASEWORK_ROLES, user__is_active=True)
        .select_related("user")
        .order_by("user__display_name", "user_id")
    )
    ordered = sorted(positions, key=lambda position: position.role != Role.JOB_BROKER)
    found = {
        (team.pk, position.user_id): Holder(
            team_id=team.pk, team=team.name, broker_id=position.user_id, broker=position.user.display_name
        )
        for team in teams
        for position in ordered
        if position.unit_id == team.unit_id and position.team_id in (None, team.pk)
    }
    return tuple(found.values())
