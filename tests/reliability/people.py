"""Two municipalities with a few employees and many citizens in a dialogue; written by the owner of the database."""

import itertools
import uuid
from datetime import UTC, date, datetime

from django.db import connection

from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality
from jobbro.apps.screening.enums import Setting
from jobbro.apps.screening.models import Dialogue
from jobbro.engines import needs

SINCE = date(2020, 1, 1)
REGISTERED_AT = datetime(2024, 1, 2, 9, tzinfo=UTC)
_teams, _numbers = itertools.count(1), itertools.count(1)


def write_people(*, caseworkers: int, citizens_each: int) -> list[tuple[uuid.UUID, list[uuid.UUID]]]:
    """Caseworkers with the citizens of their own team, each in a dialogue that has just begun."""
    with acting_as(SYSTEM_ACTOR):
        found = [_caseworker_with(citizens_each) for _ in range(caseworkers)]
    connection.close()
    return found


def _caseworker_with(count: int) -> tuple[uuid.UUID, list[uuid.UUID]]:
    number = next(_teams)
    municipality = _kept(
        Municipality(code=str(9000 + number), name=f"Prøveby {number}", region="Prøveland", from_on=SINCE)
    )
    unit = _kept(Unit(name=f"Job og Støtte {number}", from_on=SINCE))
    _kept(UnitMunicipality(unit=unit, municipality=municipality, from_on=SINCE))
    team = _kept(Team(unit=unit, name="Team Havn", from_on=SINCE))
    user = _kept(User(username=f"sagsbehandler-{number}", kind=Kind.STAFF, display_name="Mette Holm", password="!"))
    _kept(Position(user=user, role=Role.CASEWORKER, unit=unit, team=team, from_on=SINCE))
    return user.pk, [_citizen(municipality=municipality, team=team, by=user) for _ in range(count)]


def _citizen(*, municipality: Municipality, team: Team, by: User) -> uuid.UUID:
    number = next(_numbers)
    cpr = Cpr.read(f"{number // 10000 % 28 + 1:02}0290{number % 10000:04}")
    citizen = _kept(
        Citizen(
            municipality=municipality,
            cpr_cipher=cpr.encrypted(),
            cpr_key=cpr.key,
            given_name="Anna",
            family_name=f"Prøve{number}",
            created_by=SYSTEM_ACTOR,
            created_at=REGISTERED_AT,
        )
    )
    _kept(Contact(citizen=citizen))
    _kept(Case(citizen=citizen, team=team, opened_on=SINCE, last_step_on=SINCE))
    _kept(
        Dialogue(
            citizen=citizen,
            setting=Setting.TOGETHER,
            guide_version=needs.guide_version(),
            started_at=REGISTERED_AT,
            started_by=by,
        )
    )
    return citizen.pk


def _kept(row):
    row.save(force_insert=True)
    return row
