"""Reads of plans: the one plan whole, its summary, and the steps that wait for somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.guidance.selectors import scheme_outcomes

from .enums import ActionState, State, Who
from .facts import (
    DecisionShown,
    agreed_needs,
    decision_shown,
    newest_agreement,
    people_around,
    seen_action,
    seen_goal,
    seen_plan,
)
from .models import Action, Goal, Plan, SupportDecision
from .permissions import can_agree_plan, can_tell_action, can_write_plan
from .states import ACTION_MOVES, MOVES

OPEN_STATES = (ActionState.AGREED, ActionState.UNDER_WAY)


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """One step with what may be done to it; `seen` marks what stood there when it was read."""

    id: UUID
    goal_id: UUID
    measure: str
    title: str
    who: str
    responsible_id: UUID | None
    responsible_name: str
    due_on: date | None
    state: str
    outcome: str
    done_on: date | None
    moves: tuple[str, ...]
    may_tell: bool
    is_open: bool
    is_late: bool
    is_first: bool
    is_last: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class GoalShown:
    """A goal in the citizen's words with its steps in order."""

    id: UUID
    words: str
    steps: tuple[StepShown, ...]
    is_first: bool
    is_last: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    """The plan whole."""

    id: UUID
    state: str
    started_on: date
    citizen_agreed_at: datetime | None
    citizen_agreed_in_meeting_with: str
    staff_agreed_at: datetime | None
    staff_agreed_by: str
    closed_on: date | None
    closing_words: str
    goals: tuple[GoalShown, ...]
    decision: DecisionShown | None
    moves: tuple[str, ...]
    seen: str

    @property
    def agreed_at(self) -> datetime | None:
        """The moment the second of the two agreed."""
        if self.citizen_agreed_at is None or self.staff_agreed_at is None:
            return None
        return max(self.citizen_agreed_at, self.staff_agreed_at)

    @property
    def steps(self) -> tuple[StepShown, ...]:
        """All steps in the order of the goals."""
        return tuple(step for goal in self.goals for step in goal.steps)

    @property
    def next_step(self) -> StepShown | None:
        """The open step that is due first; one without a date comes after those with one."""
        waiting = [step for step in self.steps if step.is_open]
        return min(waiting, key=lambda step: step.due_on or date.max, default=None)


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """All that the plan's pages show; `decision` is the newest choice of support, also when no plan rests on it yet."""

    citizen: Citizen
    plan: PlanShown | None
    decision: DecisionShown | None
    hopes: str
    has_agreed_needs: bool
    people: tuple[tuple[UUID, str], ...]
    is_own: bool
    may_write: bool
    may_agree: bool
    may_start: bool
    schemes: Mapping[str, str] = field(default_factory=dict, hash=False)

    def goal(self, goal_id: UUID) -> GoalShown | None:
        """The goal of this plan with this id."""
        return next((goal for goal in self.plan.goals if goal.id == goal_id), None) if self.plan else None

    def step(self, action_id: UUID) -> StepShown | None:
        """The step of this plan with this id."""
        return next((step for step in self.plan.steps if step.id == action_id), None) if self.plan else None


@dataclass(frozen=True, kw_only=True)
class PlanSummary:
    """The plan in a few lines, for the file and the home pages."""

    state: str
    agreed_at: datetime | None
    goals: int
    open_steps: int
    done_steps: int
    next_title: str
    next_due_on: date | None
    next_name: str


@dataclass(frozen=True, kw_only=True)
class DueAction:
    """A step that somebody expects of the actor today or earlier."""

    id: UUID
    citizen_id: UUID
    citizen_name: str
    title: str
    due_on: date
    days_late: int


@dataclass(frozen=True, kw_only=True)
class NextAction:
    """A step of the citizen's own plan that is not finished, and who does it."""

    id: UUID
    title: str
    due_on: date | None
    state: str
    is_mine: bool
    name: str


def plan_for(*, actor: Actor, citizen_id: UUID, on: date) -> PlanPage | None:
    """The plan page, or None when there is no such citizen for the actor; as many queries however long the plan is."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    row = newest_plan(actor=actor, citizen_id=citizen_id)
    newest = newest_decision(actor=actor, citizen_id=citizen_id)
    agreement = newest_agreement(actor=actor, citizen_id=citizen_id)
    may_write = can_write_plan(actor)
    return PlanPage(
        citizen=citizen,
        plan=_plan_shown(actor=actor, plan=row, on=on) if row else None,
        decision=decision_shown(newest, decided_by=_names({newest.decided_by_id})[newest.decided_by_id])
        if newest
        else None,
        hopes=agreed_needs(agreement).hopes if agreement else "",
        has_agreed_needs=agreement is not None,
        people=people_around(citizen_id=citizen_id, actor=actor, on=on),
        is_own=actor.citizen_id == citizen_id,
        may_write=may_write and (row is None or row.state != State.CLOSED),
        may_agree=row is not None and can_agree_plan(actor, row),
        may_start=may_write and (row is None or row.state == State.CLOSED),
    )


def plan_with_schemes(*, actor: Actor, citizen_id: UUID, on: date) -> PlanPage | None:
    """The plan page, and whether the schemes that could pay look possible today. Six queries more."""
    page = plan_for(actor=actor, citizen_id=citizen_id, on=on)
    if page is None or not (page.decision or (page.plan and page.plan.decision)):
        return page
    return replace(page, schemes=scheme_outcomes(actor=actor, citizen_id=citizen_id, on=on))


def newest_plan(*, actor: Actor, citizen_id: UUID) -> Plan | None:
    """The open plan, else the one that was closed last."""
    rows = Plan.objects.visible_to(actor).filter(citizen_id=citizen_id).select_related("decision")
    return rows.order_by("-started_on", "-id").first()


def newest_decision(*, actor: Actor, citizen_id: UUID) -> SupportDecision | None:
    """The choice of support that counts now."""
    rows = SupportDecision.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return rows.order_by("-decided_at", "-id").first()


def plan_summary(*, actor: Actor, citizen_id: UUID) -> PlanSummary | None:
    """The open or last plan in short, or None when there is none. Two queries."""
    plan = newest_plan(actor=actor, citizen_id=citizen_id)
    if plan is None:
        return None
    columns = ("goal_id", "state", "title", "due_on", "responsible_name")
    rows = list(Action.objects.filter(goal__plan=plan).values_list(*columns))
    waiting = [row for row in rows if row[1] in OPEN_STATES]
    first = min(waiting, key=lambda row: row[3] or date.max, default=None)
    return PlanSummary(
        state=plan.state,
        agreed_at=_agreed_at(plan),
        goals=len({row[0] for row in rows}),
        open_steps=len(waiting),
        done_steps=sum(row[1] == ActionState.DONE for row in rows),
        next_title=first[2] if first else "",
        next_due_on=first[3] if first else None,
        next_name=first[4] if first else "",
    )


def _agreed_at(plan: Plan) -> datetime | None:
    if plan.citizen_agreed_at is None or plan.staff_agreed_at is None:
        return None
    return max(plan.citizen_agreed_at, plan.staff_agreed_at)


def due_actions(*, actor: Actor, on: date) -> tuple[DueAction, ...]:
    """Steps of open plans that the actor has said yes to and that are due by this day, oldest first. One query."""
    rows = (
        Action.objects.visible_to(actor)
        .filter(responsible_id=actor.id, state__in=OPEN_STATES, due_on__lte=on)
        .exclude(goal__plan__state=State.CLOSED)
        .select_related("citizen")
        .order_by("due_on", "id")
    )
    return tuple(
        DueAction(
            id=row.pk,
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            title=row.title,
            due_on=row.due_on,
            days_late=(on - row.due_on).days,
        )
        for row in rows
        if row.due_on is not None
    )


def my_next_actions(*, actor: Actor) -> tuple[NextAction, ...]:
    """The unfinished steps of the citizen's own agreed plan, whoever does them, first due first. One query."""
    if actor.citizen_id is None:
        return ()
    rows = (
        Action.objects.visible_to(actor)
        .filter(goal__plan__state=State.AGREED, state__in=OPEN_STATES)
        .order_by("due_on", "goal__place", "place", "id")
    )
    return tuple(
        NextAction(
            id=row.pk,
            title=row.title,
            due_on=row.due_on,
            state=row.state,
            is_mine=row.who == Who.CITIZEN,
            name=row.responsible_name,
        )
        for row in rows
    )


def _plan_shown(*, actor: Actor, plan: Plan, on: date) -> PlanShown:
    goals = list(Goal.objects.filter(plan=plan).order_by("place", "id"))
    actions = list(Action.objects.filter(goal__plan=plan).order_by("goal__place", "goal_id", "place", "id"))
    people = {plan.citizen_recorded_by_id, plan.staff_agreed_by_id}
    if plan.decision is not None:
        people.add(plan.decision.decided_by_id)
    names = _names(people)
    decision = plan.decision
    return PlanShown(
        id=plan.pk,
        state=plan.state,
        started_on=plan.started_on,
        citizen_agreed_at=plan.citizen_agreed_at,
        citizen_agreed_in_meeting_with=names[plan.citizen_recorded_by_id],
        staff_agreed_at=plan.staff_agreed_at,
        staff_agreed_by=names[plan.staff_agreed_by_id],
        closed_on=plan.closed_on,
        closing_words=plan.closing_words,
        goals=tuple(
            _goal_shown(actor=actor, goals=goals, place=place, actions=actions, plan=plan, on=on)
            for place in range(len(goals))
        ),
        decision=decision_shown(decision, decided_by=names[decision.decided_by_id]) if decision else None,
        moves=tuple(move for state, move in MOVES if state == plan.state),
        seen=seen_plan(plan, goals, actions),
    )


def _goal_shown(
    *, actor: Actor, goals: list[Goal], place: int, actions: list[Action], plan: Plan, on: date
) -> GoalShown:
    goal = goals[place]
    own = [action for action in actions if action.goal_id == goal.pk]
    return GoalShown(
        id=goal.pk,
        words=goal.words,
        steps=tuple(
            _step_shown(
                actor=actor, action=action, plan=plan, on=on, is_first=action is own[0], is_last=action is own[-1]
            )
            for action in own
        ),
        is_first=place == 0,
        is_last=place == len(goals) - 1,
        seen=seen_goal(goal),
    )


def _step_shown(*, actor: Actor, action: Action, plan: Plan, on: date, is_first: bool, is_last: bool) -> StepShown:
    is_open = action.state in OPEN_STATES
    return StepShown(
        id=action.pk,
        goal_id=action.goal_id,
        measure=action.measure,
        title=action.title,
        who=action.who,
        responsible_id=action.responsible_id,
        responsible_name=action.responsible_name,
        due_on=action.due_on,
        state=action.state,
        outcome=action.outcome,
        done_on=action.done_on,
        moves=tuple(move for state, move in ACTION_MOVES if state == action.state),
        may_tell=plan.state != State.CLOSED and can_tell_action(actor, action),
        is_open=is_open,
        is_late=is_open and action.due_on is not None and action.due_on < on,
        is_first=is_first,
        is_last=is_last,
        seen=seen_action(action),
    )


def _names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Names by account; an account that the actor may not see has an empty name."""
    wanted = [user_id for user_id in ids if user_id is not None]
    rows = User.objects.filter(pk__in=wanted).values_list("pk", "display_name") if wanted else ()
    names: dict[UUID | None, str] = dict.fromkeys(wanted, "")
    return {None: "", **names, **dict(rows)}
