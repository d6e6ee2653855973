"""A team with people who wait, jobs near them, and a night that has met them all."""

from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.following import follow_people
from jobbro.apps.matching.models import MatchRun
from jobbro.apps.matching.running import nightly_run, run_everybody
from jobbro.kernel.postcodes import place_of
from tests.factories import accounts, citizens, openings, organisations
from tests.factories.jobs import work_wish
from tests.factories.screening import agreed_dialogue

AARHUS = "8000"


class Town:
    """Some who wait in one team with a caseworker and a team lead, and some jobs where they live."""

    def __init__(self, *, people: int = 3, jobs: int = 2, **job: object) -> None:
        self.team = organisations.team()
        self.staff = accounts.employee(team=self.team)
        self.lead = accounts.employee(team=self.team, role=Role.TEAM_LEAD)
        self.people = [self.person() for _ in range(people)]
        self.jobs: list[Opening] = []
        for _ in range(jobs):
            self.job(**job)

    def person(self, *, given_name: str = "Anna", **wish: object) -> Citizen:
        """Somebody with agreed needs and a wish to work near where the jobs are."""
        made = citizens.citizen(team=self.team, lead=self.staff, given_name=given_name)
        agreed_dialogue(citizen=made, by=self.staff)
        work_wish(citizen=made, by=self.staff, **{"travels_from": AARHUS, **wish})
        return made

    def job(self, **fields: object) -> Opening:
        """An open job in town."""
        place = place_of(AARHUS)
        assert place is not None
        there = {"workplace": self.jobs[0].workplace} if self.jobs else {}
        made = openings.opening(**{**there, "x": place.x, "y": place.y, **fields})
        self.jobs.append(made)
        return made


def followed() -> int:
    """All files are as the people are now; how many changed."""
    return follow_people(since=None, at=timezone.now())


def a_night() -> MatchRun:
    """Files, lists and proposals of everybody are made, as the worker does it."""
    followed()
    run_id = nightly_run(at=timezone.now())
    run_everybody(run_id=run_id)
    return kept(run_id)


def kept(run_id: object) -> MatchRun:
    """The run as it stands."""
    with acting_as(SYSTEM_ACTOR):
        return MatchRun.objects.get(pk=run_id)
