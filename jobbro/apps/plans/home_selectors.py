"""The home pages: what happens now, who helps, what is agreed, who has looked; and the desk of an employee today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications.selectors import ApplicationRow, DueRow, my_due, near_deadlines
from jobbro.apps.cases.look_selectors import LookDay, looks_at_me
from jobbro.apps.cases.selectors import FileMember, TeamLoad, Worklist, citizen_file, team_load, worklist
from jobbro.apps.employers.selectors import DuePromise, due_promises
from jobbro.apps.jobs.models import CarvedJob
from jobbro.apps.jobs.selectors.answers import Answer, fresh_answers
from jobbro.apps.jobs.selectors.offered_jobs import jobs_for_me
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.screening.selectors.standing import (
    DialogueStanding,
    WaitingDialogue,
    dialogue_standing,
    dialogues_to_agree,
)

from .enums import State
from .selectors import DueAction, NextAction, PlanSummary, due_actions, my_next_actions, plan_summary

LOOKS_ON_HOME = 3
DEADLINES_ON_HOME = 5
PROMISES_ON_HOME = 5
ANSWERS_ON_HOME = 10
NEAR = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class CitizenHome:
    """The four answers of a citizen's front page; `now` is the code of what happens next."""

    now: str
    next_step: str
    next_step_on: date | None
    around: tuple[FileMember, ...]
    actions: tuple[NextAction, ...]
    plan: PlanSummary | None
    jobs: tuple[CarvedJob, ...]
    applications: tuple[ApplicationRow, ...]
    looks: tuple[LookDay, ...]


@dataclass(frozen=True, kw_only=True)
class StaffHome:
    """What waits for an employee today, most urgent first."""

    work: Worklist
    due: tuple[DueAction, ...]
    to_agree: tuple[WaitingDialogue, ...]
    deadlines: tuple[DueRow, ...]
    answers: tuple[Answer, ...]
    promises: tuple[DuePromise, ...]
    teams: tuple[TeamLoad, ...]

    @property
    def has_nothing(self) -> bool:
        """Whether the desk is empty."""
        lists = (self.work.coming.rows, self.work.quiet.rows, self.work.urgent)
        return not any((*lists, self.due, self.to_agree, self.deadlines, self.answers, self.promises))


def citizen_home(*, actor: Actor, on: date, at: datetime) -> CitizenHome:
    """The front page of the citizen that the actor is."""
    assert actor.citizen_id is not None
    file = citizen_file(actor=actor, citizen_id=actor.citizen_id, on=on, at=at)
    plan = plan_summary(actor=actor, citizen_id=actor.citizen_id)
    standing = dialogue_standing(actor=actor, citizen_id=actor.citizen_id)
    return CitizenHome(
        now=what_now(dialogue=standing, plan=plan),
        next_step=file.next_step if file else "",
        next_step_on=file.next_step_on if file else None,
        around=file.members if file else (),
        actions=my_next_actions(actor=actor),
        plan=plan,
        jobs=jobs_for_me(actor=actor),
        applications=my_due(actor=actor, on=on),
        looks=looks_at_me(actor=actor, limit=LOOKS_ON_HOME).days,
    )


def what_now(*, dialogue: DialogueStanding | None, plan: PlanSummary | None) -> str:
    """The next step on the way, as a code that the page has words for."""
    if dialogue is None:
        return "start_dialogue"
    if dialogue.state == DialogueState.OPEN:
        return "go_on"
    if dialogue.state == DialogueState.FINISHED:
        return "wait_for_staff" if dialogue.citizen_has_agreed else "agree_needs"
    if plan is None or plan.state == State.DRAFT:
        return "wait_for_plan"
    if plan.state == State.PROPOSED:
        return "agree_plan"
    return "follow_plan" if plan.state == State.AGREED else "closed"


def staff_home(*, actor: Actor, on: date) -> StaffHome:
    """The desk of an employee on a day."""
    return StaffHome(
        work=worklist(actor=actor, on=on),
        due=due_actions(actor=actor, on=on),
        to_agree=dialogues_to_agree(actor=actor),
        deadlines=_near_deadlines(actor=actor, on=on),
        answers=fresh_answers(actor=actor, on=on, most=ANSWERS_ON_HOME),
        promises=due_promises(actor=actor, on=on, until=on + NEAR, most=PROMISES_ON_HOME),
        teams=team_load(actor=actor, on=on) if actor.has(Role.TEAM_LEAD) else (),
    )


def _near_deadlines(*, actor: Actor, on: date) -> tuple[DueRow, ...]:
    """What waits for the citizens the actor stands around: passed, or within a week."""
    return near_deadlines(actor=actor, on=on, until=on + NEAR, most=DEADLINES_ON_HOME)
