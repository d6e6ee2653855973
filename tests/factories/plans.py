"""Agreed needs, choices of support and plans in their states."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans.enums import ActionState, State, Who
from jobbro.apps.plans.facts import agreed_needs as read_needs
from jobbro.apps.plans.facts import explanation_of
from jobbro.apps.plans.models import Action, Goal, Plan, SupportDecision
from jobbro.apps.plans.support_selectors import Choice, outlook_of
from jobbro.apps.screening.enums import Setting
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.screening.models import Agreement, Dialogue
from jobbro.engines.support.catalogue import catalogue_version
from jobbro.kernel.vocabulary import AREAS
from tests.factories.rows import write

AGREED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
STARTED_ON = date(2026, 3, 3)
# Folkeskolelærer, and a job that asks for other things: two occupations of the built-in table.
OCCUPATIONS = ("2341.1", "2413.2")
# Behind the wall a test cannot look the goals up.
_first_goals: dict[UUID, UUID | None] = {}
HOPES = "Jeg vil gerne arbejde med tal og have ro omkring mig."


def agreed_needs(
    *,
    citizen: Citizen,
    staff: User,
    levels: Mapping[str, int | None] | None = None,
    wishes: tuple[str, ...] = OCCUPATIONS,
    hopes: str = HOPES,
    agreed_at: datetime = AGREED_AT,
) -> Agreement:
    """A profile that both agreed: all goes well but for what `levels` says."""
    dialogue = write(
        Dialogue(
            citizen=citizen,
            setting=Setting.TOGETHER,
            state=DialogueState.AGREED,
            guide_version="test",
            started_at=agreed_at,
            started_by=staff,
            finished_at=agreed_at,
        )
    )
    capacity = {
        **dict.fromkeys(AREAS, 4),
        **(levels if levels is not None else {"standing": 2, "memory": 2, "stress": None}),
    }
    profile = {
        "format": 1,
        "guide_version": "test",
        "answers": [],
        "needs": [_need(area, level) for area, level in capacity.items()],
        "told": [_told("hopes", words=hopes), _told("occupations", choices=wishes)],
    }
    return write(
        Agreement(
            citizen=citizen,
            dialogue=dialogue,
            profile=profile,
            guide_version="test",
            citizen_agreed_at=agreed_at,
            citizen_recorded_by=staff,
            staff_agreed_at=agreed_at,
            staff_agreed_by=staff,
        )
    )


def _need(area: str, level: int | None) -> dict[str, object]:
    return {
        "area": area,
        "status": "not_asked" if level is None else "told",
        "level": level,
        "words": "",
        "helps": "",
        "said_by": None if level is None else "citizen",
        "answered_on": None if level is None else "2026-03-02",
        "source_answer_id": None,
        "source_topic": None,
        "source_choice": None,
        "agreed": True,
        "other": None,
    }


def _told(topic: str, *, words: str = "", choices: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "topic": topic,
        "status": "told",
        "words": words,
        "choices": list(choices),
        "numbers": [],
        "slots": [],
        "said_by": "citizen",
        "answered_on": "2026-03-02",
        "source_answer_id": None,
        "agreed": True,
        "other": None,
    }


def decision(
    *,
    agreement: Agreement,
    staff: User,
    occupations: tuple[str, ...] = OCCUPATIONS,
    measures: tuple[str, ...] | None = None,
    reason: str = "",
    decided_at: datetime = AGREED_AT,
) -> SupportDecision:
    """A choice of support; the proposal itself when no measures are named."""
    needs = read_needs(agreement)
    proposal = outlook_of(needs=needs, choice=Choice(occupations=occupations)).proposal
    outlook = outlook_of(
        needs=needs,
        choice=Choice(occupations=occupations, measures=proposal.smallest.codes if measures is None else measures),
    )
    return write(
        SupportDecision(
            citizen=agreement.citizen,
            agreement=agreement,
            occupations=list(occupations),
            measures=[entry.code for entry in outlook.chosen],
            explanation=explanation_of(
                needs=needs, occupations=outlook.occupations, proposal=outlook.proposal, chosen=outlook.chosen
            ),
            catalogue_version=catalogue_version(),
            reason=reason,
            decided_by=staff,
            decided_at=decided_at,
        )
    )


def plan(
    *,
    citizen: Citizen,
    staff: User,
    decision: SupportDecision | None = None,
    state: State = State.DRAFT,
    goals: tuple[str, ...] = ("Jeg vil arbejde 15 timer om ugen.",),
    started_on: date = STARTED_ON,
) -> Plan:
    """A plan with goals and no steps."""
    is_agreed = state in (State.AGREED, State.CLOSED)
    made = write(
        Plan(
            citizen=citizen,
            decision=decision,
            state=state,
            started_on=started_on,
            citizen_agreed_at=AGREED_AT if is_agreed else None,
            citizen_recorded_by=staff if is_agreed else None,
            staff_agreed_at=AGREED_AT if is_agreed else None,
            staff_agreed_by=staff if is_agreed else None,
            closed_on=started_on if state == State.CLOSED else None,
            closing_words="Det gik godt." if state == State.CLOSED else "",
        )
    )
    written = [
        write(Goal(citizen=citizen, plan=made, words=words, place=place)) for place, words in enumerate(goals, 1)
    ]
    _first_goals[made.pk] = written[0].pk if written else None
    return made


def step(
    *,
    plan: Plan,
    title: str = "Ring til arbejdspladsen",
    who: Who = Who.CITIZEN,
    responsible: User | None = None,
    name: str = "",
    due_on: date | None = None,
    state: ActionState = ActionState.AGREED,
    outcome: str = "",
    measure: str = "",
    goal_id: UUID | None = None,
    place: int = 1,
) -> Action:
    """A step of the plan's first goal."""
    return write(
        Action(
            citizen_id=plan.citizen_id,
            goal_id=goal_id or _first_goals[plan.pk],
            place=place,
            measure=measure,
            title=title,
            who=who,
            responsible=responsible,
            responsible_name=name or (responsible.display_name if responsible else ""),
            due_on=due_on,
            state=state,
            outcome=outcome,
        )
    )
