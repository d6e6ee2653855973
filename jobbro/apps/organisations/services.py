"""Writes of units and teams. Nothing is deleted: it ends on a day."""

from datetime import date
from uuid import UUID

from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from .models import Team, Unit, UnitMunicipality
from .permissions import NotYours, Who, administered_codes, can_change_unit
from .stamps import TEAM_FIELDS, UNIT_FIELDS, refuse_stale


class EndBeforeStart(ValueError):
    """The last day lies before the first."""


class StillInUse(ValueError):
    """What stands inside the unit or team goes on after the day it should end."""


def add_unit(
    *, actor: Who, name: str, municipality_codes: tuple[str, ...], from_on: date, phone: str = "", email: str = ""
) -> Unit:
    """A new unit serves these municipalities from a day on."""
    if not municipality_codes or not set(municipality_codes) <= set(administered_codes(actor)):
        raise NotYours
    unit = Unit.objects.create(name=name, phone=phone, email=email, from_on=from_on)
    UnitMunicipality.objects.bulk_create(
        [UnitMunicipality(unit=unit, municipality_id=code, from_on=from_on) for code in municipality_codes]
    )
    record_event(verb=Verb.UNIT_ADDED, subject=unit, detail={"municipalities": list(municipality_codes)})
    return unit


def change_unit(
    *, actor: Who, unit_id: UUID, seen: str, name: str, phone: str, email: str, from_on: date, until_on: date | None
) -> Unit:
    """The unit's name, ways to reach it and dates are as given."""
    unit = _own_unit(actor=actor, unit_id=unit_id)
    refuse_stale(unit, *UNIT_FIELDS, seen=seen)
    _refuse_disorder(from_on=from_on, until_on=until_on)
    if until_on is not None and _open_teams(unit=unit, after=until_on):
        raise StillInUse
    unit.name, unit.phone, unit.email, unit.from_on, unit.until_on = name, phone, email, from_on, until_on
    unit.save(update_fields=UNIT_FIELDS)
    record_event(verb=Verb.UNIT_CHANGED, subject=unit)
    return unit


def add_municipality(*, actor: Who, unit_id: UUID, code: str, from_on: date, until_on: date | None = None) -> None:
    """The unit serves one more municipality of the actor's."""
    unit = _own_unit(actor=actor, unit_id=unit_id)
    if code not in administered_codes(actor):
        raise NotYours
    _refuse_disorder(from_on=from_on, until_on=until_on)
    if UnitMunicipality.objects.standing(on=from_on).filter(unit=unit, municipality_id=code).exists():
        return
    UnitMunicipality.objects.create(unit=unit, municipality_id=code, from_on=from_on, until_on=until_on)
    record_event(verb=Verb.UNIT_CHANGED, subject=unit, detail={"serves": code})


def end_municipality(*, actor: Who, unit_id: UUID, served_id: UUID, until_on: date) -> None:
    """The unit's last day for a municipality; a unit always serves one."""
    unit = _own_unit(actor=actor, unit_id=unit_id)
    served = (
        UnitMunicipality.objects.select_for_update(of=("self",))
        .filter(pk=served_id, unit=unit, municipality_id__in=administered_codes(actor))
        .first()
    )
    if served is None:
        raise NotYours
    _refuse_disorder(from_on=served.from_on, until_on=until_on)
    if not UnitMunicipality.objects.filter(unit=unit, until_on__isnull=True).exclude(pk=served_id).exists():
        raise StillInUse
    served.until_on = until_on
    served.save(update_fields=["until_on"])
    record_event(verb=Verb.UNIT_CHANGED, subject=unit, detail={"serves_until": served.municipality_id})


def add_team(*, actor: Who, unit_id: UUID, name: str, from_on: date) -> Team:
    """A new team stands in the unit from a day on."""
    unit = _own_unit(actor=actor, unit_id=unit_id)
    team = Team.objects.create(unit=unit, name=name, from_on=from_on)
    record_event(verb=Verb.TEAM_ADDED, subject=team, detail={"unit": str(unit.pk)})
    return team


def change_team(*, actor: Who, team_id: UUID, seen: str, name: str, from_on: date, until_on: date | None) -> Team:
    """The team's name and dates are as given."""
    team = Team.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=team_id).first()
    if team is None or not can_change_unit(actor, team.unit):
        raise NotYours
    refuse_stale(team, *TEAM_FIELDS, seen=seen)
    _refuse_disorder(from_on=from_on, until_on=until_on)
    team.name, team.from_on, team.until_on = name, from_on, until_on
    team.save(update_fields=TEAM_FIELDS)
    record_event(verb=Verb.TEAM_CHANGED, subject=team)
    return team


def _own_unit(*, actor: Who, unit_id: UUID) -> Unit:
    unit = Unit.objects.select_for_update(of=("self",)).filter(pk=unit_id).first()
    if unit is None or not can_change_unit(actor, unit):
        raise NotYours
    return unit


def _open_teams(*, unit: Unit, after: date) -> bool:
    return unit.teams.exclude(until_on__lte=after).exists()


def _refuse_disorder(*, from_on: date, until_on: date | None) -> None:
    if until_on is not None and until_on < from_on:
        raise EndBeforeStart
