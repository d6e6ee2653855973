"""A bakery with two posts and six tasks, its broker, and Anna who manages most of what is done there."""

from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from jobbro.apps.jobs.models import CarvedJob, Carving, Holder, Task
from jobbro.apps.jobs.services.carved_jobs import take_suggestion
from jobbro.apps.jobs.services.carving_runs import run_search
from jobbro.apps.jobs.services.carvings import CarvingOrder, start_carving
from tests.factories.accounts import acting
from tests.factories.citizens import citizen
from tests.factories.employers import company, job_broker, workplace
from tests.factories.jobs import confirmed_task, holder, work_wish
from tests.factories.organisations import team
from tests.factories.screening import agreed_dialogue


class Bakery:
    """A workplace with two posts and six tasks, a broker, and Anna who manages most of it."""

    def __init__(self) -> None:
        self.team = team()
        self.broker = job_broker(team=self.team)
        self.company = company(team=self.team, broker=self.broker)
        self.workplace = workplace(company=self.company)
        self.baker = holder(workplace=self.workplace, name="Bager", hourly="280", max_release=Decimal("0.5"))
        self.shop = holder(workplace=self.workplace, name="Butiksassistent", hourly="190")
        self.tasks = [
            self.task("Pakke brød", self.baker, hours="3"),
            self.task("Vaske plader", self.baker, hours="2.5"),
            self.task("Veje mel af", self.baker, hours="2", demand={"lifting": 4}),
            self.task("Bage", self.baker, hours="20", is_core=True),
            self.task("Fylde hylder", self.shop, hours="4"),
            self.task("Ekspedere", self.shop, hours="25", is_core=True),
        ]
        self.anna = citizen(team=self.team, lead=self.broker, has_login=True)
        agreed_dialogue(citizen=self.anna, by=self.broker, level=3)
        work_wish(citizen=self.anna, by=self.broker, hours_min=Decimal(4), hours_max=Decimal(12))

    def task(self, name: str, holder: Holder, *, hours: str, **fields: object) -> Task:
        values = {"demand": {"standing": 1}, "slots": self.workplace.slots, **fields}
        return confirmed_task(workplace=self.workplace, holder=holder, name=name, hours=Decimal(hours), **values)

    def search(self, **order: object) -> Carving:
        wanted = replace(CarvingOrder(citizen_ids=(self.anna.pk,), seconds=2, wage=Decimal(140)), **order)
        with acting(self.broker) as actor:
            row = start_carving(actor=actor, workplace_id=self.workplace.pk, order=wanted, at=timezone.now())
        run_search(carving_id=row.pk, user_id=self.broker.pk)
        with acting(self.broker):
            return Carving.objects.get(pk=row.pk)

    def take(self, carving: Carving) -> CarvedJob:
        with acting(self.broker) as actor:
            (job,) = take_suggestion(
                actor=actor, carving_id=carving.pk, suggestion=0, keys=(), on=timezone.localdate(), at=timezone.now()
            )
            return job
