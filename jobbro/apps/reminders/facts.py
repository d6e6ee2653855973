"""What somebody is reminded of, as numbers: deadlines of applications, claims and posts, and agreed next steps."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from jobbro.apps.accounts.actor import Actor, actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.applications.selectors.deadlines import RESPONSIBLE, due_counts
from jobbro.apps.audit.context import acting_as
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.employers.enums import PartnerState, PromiseState
from jobbro.apps.employers.models import Promise
from jobbro.apps.placements.selectors.overview import days_at_tables
from jobbro.apps.plans.enums import ActionState
from jobbro.apps.plans.models import Action

AHEAD = timedelta(days=7)
MONDAY = 0


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Deadlines that come within a week, that have passed, that wait for the municipality without a day; next steps."""

    soon: int = 0
    late: int = 0
    undated: int = 0
    steps: int = 0
    team_late: int = 0

    def are_worth_telling(self, *, on: date) -> bool:
        """Whatever has a day is; what has none is told once a week, on Mondays."""
        has_day = bool(self.soon or self.late or self.steps or self.team_late)
        return has_day or (self.undated > 0 and on.weekday() == MONDAY)

    def by_name(self) -> dict[str, int]:
        """The numbers by the names of their columns."""
        return asdict(self)


def counts_for(*, user_id: UUID, on: date) -> Counts:
    """The numbers of one person, read as that person: what they may not see is not counted."""
    with acting_as(user_id):
        actor = actor_of(user=User.objects.get(pk=user_id), on=on)
        due = due_counts(actor=actor, on=on, until=on + AHEAD)
        return Counts(
            soon=due.soon,
            late=due.late,
            undated=due.undated,
            steps=_steps(actor=actor, until=on + AHEAD, on=on),
            team_late=due.team_late,
        )


def _steps(*, actor: Actor, until: date, on: date) -> int:
    """Up to the day: next steps of the citizens one is responsible for, steps of plans that one has taken on, promises
    of and to one's companies, and meetings and support about jobs of the citizens one helps."""
    mine = CaseMember.objects.standing(on=on).filter(user_id=actor.id, role__in=RESPONSIBLE)
    cases = Case.objects.visible_to(actor).filter(
        citizen_id__in=mine.values("citizen_id"), state=CaseState.OPEN, next_step_on__lte=until
    )
    actions = Action.objects.visible_to(actor).filter(
        responsible_id=actor.id, state__in=(ActionState.AGREED, ActionState.UNDER_WAY), due_on__lte=until
    )
    promises = (
        Promise.objects.visible_to(actor)
        .filter(company__broker_id=actor.id, state=PromiseState.OPEN, due_on__lte=until)
        .exclude(company__state=PartnerState.CLOSED)
    )
    tables = days_at_tables(actor=actor, on=on, until=until)
    return cases.count() + actions.count() + promises.count() + tables
