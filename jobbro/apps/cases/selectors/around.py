"""Teams and colleagues to choose from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.organisations.models import Team, UnitMunicipality

AROUND_CITIZENS = (Role.TEAM_LEAD, Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON)


@dataclass(frozen=True)
class Choice:
    """Something to choose: `note` tells two of the same name apart."""

    id: UUID
    name: str
    note: str = ""


def teams_for(*, codes: tuple[str, ...], on: date) -> tuple[Choice, ...]:
    """Teams of today whose unit serves one of the municipalities."""
    units = UnitMunicipality.objects.standing(on=on).filter(municipality_id__in=codes).values("unit_id")
    teams = Team.objects.standing(on=on).filter(unit_id__in=units).select_related("unit").order_by("unit__name", "name")
    return tuple(Choice(id=team.pk, name=team.name, note=team.unit.name) for team in teams)


def colleagues_for(*, codes: tuple[str, ...], on: date) -> tuple[Choice, ...]:
    """Employees who work with citizens in one of the municipalities today, each once, by name."""
    units = UnitMunicipality.objects.standing(on=on).filter(municipality_id__in=codes).values("unit_id")
    positions = (
        Position.objects.standing(on=on)
        .filter(unit_id__in=units, role__in=AROUND_CITIZENS, user__is_active=True)
        .select_related("user", "team", "unit")
        .order_by("user__display_name", "user_id")
    )
    found = {
        position.user_id: Choice(
            id=position.user_id,
            name=position.user.display_name,
            note=position.team.name if position.team else position.unit.name,
        )
        for position in positions
    }
    return tuple(found.values())


def own_teams(*, actor: Actor, on: date) -> tuple[Choice, ...]:
    """Teams whose caseload the actor can see whole: the own ones, and every team of a unit that the actor leads."""
    led = [position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD]
    own = [position.team_id for position in actor.positions if position.team_id]
    teams = Team.objects.standing(on=on).filter(pk__in=own) | Team.objects.standing(on=on).filter(unit_id__in=led)
    return tuple(Choice(id=team.pk, name=team.name) for team in teams.distinct().order_by("name", "pk"))
