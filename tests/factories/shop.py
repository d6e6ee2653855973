"""A bakery with a job, Anna who is proposed for it, her broker, and Bente who runs the bakery."""

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Company
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.models import Proposal
from tests.factories.citizens import citizen
from tests.factories.employers import company, employer_user, job_broker, workplace
from tests.factories.matching import proposal
from tests.factories.openings import opening
from tests.factories.organisations import team
from tests.factories.plans import agreed_needs, decision
from tests.factories.screening import agreed_dialogue


class Shop:
    """Anna finds standing and memory hard; a checklist is chosen with her. She may tell the bakery what she wants."""

    def __init__(self, *, is_protected: bool = False, has_needs: bool = True) -> None:
        self.team = team()
        self.broker: User = job_broker(team=self.team)
        self.company: Company = company(team=self.team, broker=self.broker)
        self.place = workplace(company=self.company, x=0.0, y=0.0)
        self.opening: Opening = opening(workplace=self.place)
        self.anna: Citizen = citizen(
            team=self.team,
            lead=self.broker,
            family_name="Hemmelig",
            has_login=True,
            is_protected=is_protected,
        )
        if has_needs:
            self.agreed = agreed_needs(citizen=self.anna, staff=self.broker)
            self.decision = decision(agreement=self.agreed, staff=self.broker, measures=("checklists",))
        self.proposal: Proposal = proposal(citizen=self.anna, by=self.broker, opening=self.opening)
        self.bente: User = employer_user(company=self.company)

    @property
    def account(self) -> User:
        """Anna's own login."""
        assert self.anna.user is not None
        return self.anna.user

    def talk_about_lifting(self) -> None:
        """A newer dialogue, with Anna's own words about lifting."""
        agreed_dialogue(citizen=self.anna, by=self.broker)
