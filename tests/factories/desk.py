"""A desk with one citizen who is ready for jobs, and jobs of every kind."""

from django.test import Client
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.services.refreshing import refresh_files
from tests.factories.accounts import acting, log_in
from tests.factories.citizens import citizen
from tests.factories.employers import company, job_broker, workplace
from tests.factories.jobs import work_wish
from tests.factories.openings import opening
from tests.factories.organisations import team as new_team
from tests.factories.screening import agreed_dialogue

NEAR = {"x": 640.0, "y": 6270.0}
SUPPORTED = {"demand": {"lifting": 3}, "measures": ["lift_trolley"]}


class Desk:
    """A broker with one citizen who is ready for jobs, and jobs of every kind."""

    def __init__(self) -> None:
        self.team = new_team()
        self.broker = job_broker(team=self.team)
        self.anna = self.ready("Anna", has_login=True)
        self.company = company(broker=self.broker)
        self.place = workplace(company=self.company, **NEAR)
        self.as_is = self.job("Pakke brød", demand={"sitting": 2})
        self.supported = self.job("Køre varer frem", **SUPPORTED)
        self.ask = self.job("Svare telefon", demand={"speaking": 3})

    def ready(self, name: str, *, has_login: bool = False, level: int = 2) -> Citizen:
        made = citizen(team=self.team, lead=self.broker, given_name=name, has_login=has_login)
        agreed_dialogue(citizen=made, by=self.broker, level=level)
        work_wish(citizen=made, by=self.broker, travels_from="9995", max_km=20)
        return made

    def job(self, title: str, **fields: object) -> Opening:
        return opening(workplace=self.place, title=title, **fields)

    def client(self, user: User | None = None) -> Client:
        client = log_in(Client(), user or self.broker)
        client.cookies["django_language"] = "en"
        return client


def with_files(desk: Desk, *people: Citizen) -> None:
    with acting(desk.broker) as actor:
        refresh_files(actor=actor, citizen_ids=[one.pk for one in people], at=timezone.now())
