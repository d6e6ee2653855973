"""Where the people of a file can be put: teams, units and colleagues by the names that stand in a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.accounts.permissions import administered_units
from jobbro.apps.organisations.models import Team, Unit


@dataclass(frozen=True)
class Places:
    """What names in a file may lead to. Names are compared without regard to capitals."""

    teams: Mapping[str, tuple[tuple[UUID, UUID], ...]]
    units: Mapping[str, UUID]
    colleagues: Mapping[str, tuple[tuple[UUID, UUID], ...]]
    brokers: Mapping[str, tuple[tuple[UUID, UUID, UUID | None], ...]]
    importer: tuple[tuple[UUID, UUID, UUID | None], ...]
    default_team_id: UUID | None
    unit_of_team: Mapping[UUID, UUID]


def places_for(*, actor: Actor, municipality_code: str, default_team_id: UUID | None, on: date) -> Places:
    """The actor's: an administrator's units, a team lead's own, as far as they serve the municipality today."""
    led = [position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD]
    mine = {*administered_units(actor), *led}
    serving = Unit.objects.standing(on=on).filter(served__municipality_id=municipality_code, pk__in=mine).distinct()
    units = {unit.pk: unit.name for unit in serving}
    teams = list(Team.objects.standing(on=on).filter(unit_id__in=list(units)).order_by("name"))
    held = list(
        Position.objects.standing(on=on)
        .filter(unit_id__in=list(units), user__is_active=True, role__in=[*CASEWORK_ROLES, Role.KEY_PERSON])
        .values_list("user__username", "user_id", "unit_id", "team_id", "role")
    )
    return Places(
        teams=_grouped((team.name, team.pk, team.unit_id) for team in teams),
        units={name.casefold(): pk for pk, name in units.items()},
        colleagues=_grouped((name, user_id, unit_id) for name, user_id, unit_id, _, _ in held),
        brokers=_brokers(held),
        importer=tuple((actor.id, at.unit_id, at.team_id) for at in actor.positions if at.role in CASEWORK_ROLES),
        default_team_id=default_team_id,
        unit_of_team={team.pk: team.unit_id for team in teams},
    )


def _grouped(rows: Iterable[tuple[str, UUID, UUID]]) -> dict[str, tuple[tuple[UUID, UUID], ...]]:
    found: dict[str, tuple[tuple[UUID, UUID], ...]] = {}
    for name, pk, unit_id in rows:
        found[name.casefold()] = (*found.get(name.casefold(), ()), (pk, unit_id))
    return found


def _brokers(
    held: Iterable[tuple[str, UUID, UUID, UUID | None, str]],
) -> dict[str, tuple[tuple[UUID, UUID, UUID | None], ...]]:
    """Who can hold the relation with a company, with unit and team of each of their positions."""
    found: dict[str, tuple[tuple[UUID, UUID, UUID | None], ...]] = {}
    for name, user_id, unit_id, team_id, role in held:
        if role in CASEWORK_ROLES:
            found[name.casefold()] = (*found.get(name.casefold(), ()), (user_id, unit_id, team_id))
    return found
