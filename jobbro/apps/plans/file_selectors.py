"""A citizen's file with where they are on the way: course, dialogue and plan in one reading."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.selectors import CitizenFile, citizen_file
from jobbro.apps.jobs.models import CarvedJob
from jobbro.apps.jobs.selectors.offered_jobs import jobs_made_for
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.screening.selectors.standing import DialogueStanding, dialogue_standing

from .enums import State
from .selectors import PlanSummary, plan_summary


@dataclass(frozen=True, kw_only=True)
class WholeFile:
    """The file, the step of the way, the dialogue and plan in a line each, and the jobs made for the citizen."""

    file: CitizenFile
    step: str
    dialogue: DialogueStanding | None
    plan: PlanSummary | None
    jobs: tuple[CarvedJob, ...]


def whole_file(*, actor: Actor, citizen_id: UUID, on: date, at: datetime, all_notes: bool = False) -> WholeFile | None:
    """The file, or None when there is none or the actor may not see it: the two are not told apart."""
    file = citizen_file(actor=actor, citizen_id=citizen_id, on=on, at=at, all_notes=all_notes)
    if file is None:
        return None
    dialogue = dialogue_standing(actor=actor, citizen_id=citizen_id)
    plan = plan_summary(actor=actor, citizen_id=citizen_id)
    return WholeFile(
        file=file,
        step=_step(dialogue=dialogue, plan=plan),
        dialogue=dialogue,
        plan=plan,
        jobs=jobs_made_for(actor=actor, citizen_id=citizen_id),
    )


def _step(*, dialogue: DialogueStanding | None, plan: PlanSummary | None) -> str:
    """Where on the way we are: the first step that is not done."""
    if plan is not None:
        return "job" if plan.state in (State.AGREED, State.CLOSED) else "plan"
    if dialogue is None or dialogue.state == DialogueState.OPEN:
        return "dialogue"
    return "needs" if dialogue.state == DialogueState.FINISHED else "support"
