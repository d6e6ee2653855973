"""Reads of units and teams."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from .models import Municipality, Team, Unit, UnitMunicipality
from .permissions import Who, administered_codes, can_change_unit
from .stamps import TEAM_FIELDS, UNIT_FIELDS, stamp_of


@dataclass(frozen=True)
class UnitPage:
    """A unit with all that its page shows."""

    unit: Unit
    seen: str
    served: tuple[UnitMunicipality, ...]
    teams: tuple[Team, ...]
    can_change: bool
    municipalities: tuple[Municipality, ...]


@dataclass(frozen=True)
class TeamPage:
    """A team with all that its page shows."""

    team: Team
    seen: str
    can_change: bool


def units_of(*, actor: Who, on: date) -> list[Unit]:
    """Units that serve the actor's municipalities, those that stand today first; with teams and municipalities."""
    served = UnitMunicipality.objects.standing(on=on).select_related("municipality").order_by("municipality__name")
    return list(
        Unit.objects.filter(served__municipality_id__in=actor.codes)
        .distinct()
        .prefetch_related(
            Prefetch("served", queryset=served, to_attr="served_now"),
            Prefetch("teams", queryset=Team.objects.standing(on=on).order_by("name"), to_attr="teams_now"),
        )
        .order_by("name")
    )


def unit_page(*, actor: Who, unit_id: UUID) -> UnitPage | None:
    """The unit, or None when there is none or it serves none of the actor's municipalities."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        return None
    served = tuple(unit.served.select_related("municipality").order_by("from_on"))
    if not {row.municipality_id for row in served} & set(actor.codes):
        return None
    return UnitPage(
        unit=unit,
        seen=stamp_of(unit, *UNIT_FIELDS),
        served=served,
        teams=tuple(unit.teams.order_by("name")),
        can_change=can_change_unit(actor, unit),
        municipalities=tuple(Municipality.objects.filter(code__in=administered_codes(actor)).order_by("name")),
    )


def team_page(*, actor: Who, team_id: UUID) -> TeamPage | None:
    """The team, or None when there is none or its unit serves none of the actor's municipalities."""
    ours = Q(unit__served__municipality_id__in=actor.codes)
    team = Team.objects.select_related("unit").annotate(n=Count("unit__served", filter=ours)).filter(pk=team_id).first()
    if team is None or not team.n:
        return None
    return TeamPage(team=team, seen=stamp_of(team, *TEAM_FIELDS), can_change=can_change_unit(actor, team.unit))


def administered_municipalities(*, actor: Who) -> list[Municipality]:
    """The municipalities where the actor is administrator, by name."""
    return list(Municipality.objects.filter(code__in=administered_codes(actor)).order_by("name"))
