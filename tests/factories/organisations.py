"""Municipalities, units and teams."""

from datetime import date
from itertools import count

from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality
from tests.factories.rows import write

LONG_AGO = date(2020, 1, 1)
_codes = count()


def municipality(*, name: str = "Prøvekøbing", code: str = "") -> Municipality:
    """A municipality that no real code stands for."""
    code = code or str(9000 + next(_codes) % 1000)
    return write(Municipality(code=code, name=name, region="Prøveland", phone="70 10 20 30", from_on=LONG_AGO))


def unit(*municipalities: Municipality, name: str = "Job og Støtte") -> Unit:
    """A unit that serves these municipalities, or a new one."""
    made = write(Unit(name=name, phone="70 10 20 31", from_on=LONG_AGO))
    for served in municipalities or (municipality(),):
        write(UnitMunicipality(unit=made, municipality=served, from_on=LONG_AGO))
    return made


def team(*, unit: Unit | None = None, name: str = "Team Havn") -> Team:
    """A team in the unit, or in a new one."""
    return write(Team(unit=unit or _new_unit(), name=name, from_on=LONG_AGO))


def _new_unit() -> Unit:
    return unit()


def municipality_of(team: Team) -> Municipality:
    """The municipality that the team's unit serves."""
    return team.unit.municipalities.order_by("code")[0]
