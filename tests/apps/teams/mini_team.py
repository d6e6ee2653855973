"""A unit with a lead and two mini-teams, and citizens of theirs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, citizens, organisations


class MiniTeam:
    """Mette and Ali are colleagues of one team, Bo and Rikke of the other; Lise leads the unit."""

    def __init__(self) -> None:
        self.municipality = organisations.municipality()
        self.unit = organisations.unit(self.municipality)
        self.team = organisations.team(unit=self.unit)
        self.other = organisations.team(unit=self.unit, name="Team Skov")
        self.lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.unit, name="Lise Dam")
        self.mette, self.ali, self.eva = (self.mate(name) for name in ("Mette Holm", "Ali Demir", "Eva Ravn"))
        self.bo = accounts.employee(role=Role.JOB_BROKER, team=self.other, name="Bo Skov")

    def mate(self, name: str) -> User:
        return accounts.employee(role=Role.JOB_BROKER, team=self.team, name=name)

    def citizen(self, name: str = "Anna", *, lead: User | None = None, **more: object) -> Citizen:
        return citizens.citizen(team=self.team, given_name=name, lead=lead, **more)  # type: ignore[arg-type]


def case_of(citizen: Citizen) -> Case:
    return Case.objects.get(citizen=citizen)


def members_of(citizen: Citizen) -> list[tuple[str, str, object, object]]:
    rows = CaseMember.objects.filter(citizen=citizen).select_related("user").order_by("from_on", "role", "pk")
    return [(row.user.display_name, row.role, row.from_on, row.until_on) for row in rows]


def now() -> datetime:
    return timezone.now().astimezone(ZoneInfo("Europe/Copenhagen"))
