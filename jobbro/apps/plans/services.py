"""Writes of plans: one function, one thing a person does. Each locks what it changes and checks it anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen

from .enums import ActionState, State, Who
from .facts import (
    known_measures,
    people_around,
    seen_action,
    seen_goal,
    seen_plan,
)
from .models import Action, Goal, Plan, SupportDecision
from .permissions import can_agree_plan, can_tell_action, can_write_plan
from .refusals import Changed, NotNow, NotThere, Refused
from .states import ACTION_MOVES, MOVES

LONGEST_WORDS = 20_000
LONGEST_TITLE = 200
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """A step as somebody wrote it."""

    title: str
    who: Who
    responsible_id: UUID | None = None
    responsible_name: str = ""
    due_on: date | None = None
    measure: str = ""


@dataclass(frozen=True, kw_only=True)
class GoalDraft:
    """A goal as somebody wrote it, with steps that are there from the start."""

    words: str
    steps: tuple[StepDraft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a change of the plan led to: the plan, and whether approvals fell away with it."""

    plan: Plan
    withdrew: bool = False


def start_plan(
    *, actor: Actor, citizen_id: UUID, decision_id: UUID | None, goals: Sequence[GoalDraft], on: date
) -> Plan:
    """A draft with these goals and steps.

    Refused: `open_plan` when there is one already, `words`, `title`, `person`, `measure`.
    """
    if not can_write_plan(actor):
        raise PermissionDenied
    lock_citizen(actor=actor, citizen_id=citizen_id)
    if Plan.objects.filter(citizen_id=citizen_id).exclude(state=State.CLOSED).exists():
        raise Refused("open_plan")
    decision = _decision(actor=actor, citizen_id=citizen_id, decision_id=decision_id)
    plan = Plan(citizen_id=citizen_id, decision=decision, state=State.DRAFT, started_on=on)
    plan.save(force_insert=True)
    for place, draft in enumerate(goals, start=1):
        goal = Goal(citizen_id=citizen_id, plan=plan, words=_words(draft.words), place=place)
        goal.save(force_insert=True)
        for step_place, step in enumerate(draft.steps, start=1):
            action = Action(citizen_id=citizen_id, goal=goal, place=step_place)
            _write_step(action, draft=step, actor=actor, on=on)
            action.save(force_insert=True)
    record_event(verb=Verb.PLAN_STARTED, citizen_id=citizen_id, subject=plan)
    return plan


def _decision(*, actor: Actor, citizen_id: UUID, decision_id: UUID | None) -> SupportDecision | None:
    if decision_id is None:
        return None
    decision: SupportDecision | None = (
        SupportDecision.objects.visible_to(actor).filter(citizen_id=citizen_id, pk=decision_id).first()
    )
    if decision is None:
        raise NotThere
    return decision


def add_goal(*, actor: Actor, citizen_id: UUID, words: str) -> Outcome:
    """The plan has one more goal, last. Refused: `words`."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    goal = Goal(
        citizen_id=citizen_id, plan=plan, words=_words(words), place=_next_place(Goal.objects.filter(plan=plan))
    )
    goal.save(force_insert=True)
    return _changed(plan, what="goal_added", subject=goal)


def change_goal(*, actor: Actor, citizen_id: UUID, goal_id: UUID, words: str, seen: str) -> Outcome:
    """The goal says this now. Refused: `words`."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    goal = _goal(plan, goal_id)
    if seen_goal(goal) != seen:
        raise Changed
    goal.words = _words(words)
    goal.save(update_fields=["words"])
    return _changed(plan, what="goal_changed", subject=goal)


def move_goal(*, actor: Actor, citizen_id: UUID, goal_id: UUID, up: bool) -> Outcome:
    """The goal has changed places with its neighbour; at the end of the row nothing happens."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    _goal(plan, goal_id)
    _move(Goal.objects.filter(plan=plan), row_id=goal_id, up=up)
    return _changed(plan, what="goal_moved", subject=f"goal:{goal_id}")


def remove_goal(*, actor: Actor, citizen_id: UUID, goal_id: UUID, seen: str) -> Outcome:
    """The goal and its steps are out of the plan; the history keeps them."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    goal = _goal(plan, goal_id)
    if seen_goal(goal) != seen:
        raise Changed
    Action.objects.filter(goal=goal).delete()
    goal.delete()
    return _changed(plan, what="goal_removed", subject=f"goal:{goal_id}")


def add_step(*, actor: Actor, citizen_id: UUID, goal_id: UUID, draft: StepDraft, on: date) -> Outcome:
    """The goal has one more step, last. Refused: `title`, `person`, `measure`."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    goal = _goal(plan, goal_id)
    action = Action(citizen_id=citizen_id, goal=goal, place=_next_place(Action.objects.filter(goal=goal)))
    _write_step(action, draft=draft, actor=actor, on=on)
    action.save(force_insert=True)
    return _changed(plan, what="step_added", subject=action)


def change_step(*, actor: Actor, citizen_id: UUID, action_id: UUID, draft: StepDraft, seen: str, on: date) -> Outcome:
    """The step says this now. Refused: `title`, `person`, `measure`."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    action = _action(plan, action_id)
    if seen_action(action) != seen:
        raise Changed
    _write_step(action, draft=draft, actor=actor, on=on)
    action.save()
    return _changed(plan, what="step_changed", subject=action)


def move_step(*, actor: Actor, citizen_id: UUID, action_id: UUID, up: bool) -> Outcome:
    """The step has changed places with its neighbour in the goal; at the end of the row nothing happens."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    action = _action(plan, action_id)
    _move(Action.objects.filter(goal_id=action.goal_id), row_id=action_id, up=up)
    return _changed(plan, what="step_moved", subject=action)


def remove_step(*, actor: Actor, citizen_id: UUID, action_id: UUID, seen: str) -> Outcome:
    """The step is out of the plan; the history keeps it."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    action = _action(plan, action_id)
    if seen_action(action) != seen:
        raise Changed
    action.delete()
    return _changed(plan, what="step_removed", subject=f"action:{action_id}")


def tell_step(*, actor: Actor, citizen_id: UUID, action_id: UUID, move: str, words: str, seen: str, on: date) -> Action:
    """How the step went, in words, and the move it made (empty: it stays); what both agreed still stands.

    Refused: `too_long`.
    """
    plan = _locked(actor=actor, citizen_id=citizen_id)
    action = _action(plan, action_id)
    if not can_tell_action(actor, action):
        raise PermissionDenied
    if plan.state == State.CLOSED:
        raise NotNow
    if seen_action(action) != seen:
        raise Changed
    if len(words) > LONGEST_WORDS:
        raise Refused("too_long")
    if move:
        _move_action(action, move=move)
    action.outcome = words.strip()
    action.done_on = (action.done_on or on) if action.state == ActionState.DONE else None
    action.save(update_fields=["state", "outcome", "done_on"])
    record_event(verb=Verb.ACTION_CHANGED, citizen_id=citizen_id, subject=action, detail={"state": action.state})
    return action


def propose_plan(*, actor: Actor, citizen_id: UUID, seen: str) -> Plan:
    """The plan is ready to be agreed. Refused: `no_goal` and `no_step` while there is nothing to agree to."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    goals, actions = _content(plan)
    if seen_plan(plan, goals, actions) != seen:
        raise Changed
    if not goals:
        raise Refused("no_goal")
    if not actions:
        raise Refused("no_step")
    _move_plan(plan, move="propose")
    plan.save(update_fields=["state"])
    record_event(verb=Verb.PLAN_CHANGED, citizen_id=citizen_id, subject=plan, detail={"what": "proposed"})
    return plan


def agree_plan(*, actor: Actor, citizen_id: UUID, for_citizen: bool, for_staff: bool, seen: str, at: datetime) -> Plan:
    """One of the two, or both in a meeting, agree to the plan as it was read. Refused: `nobody`."""
    plan = _locked(actor=actor, citizen_id=citizen_id)
    if actor.citizen_id is None and not actor.is_caseworking:
        raise PermissionDenied
    if plan.state != State.PROPOSED:
        raise NotNow
    if not can_agree_plan(actor, plan):
        raise PermissionDenied
    if seen_plan(plan, *_content(plan)) != seen:
        raise Changed
    is_citizen = actor.citizen_id is not None
    if is_citizen and for_staff:
        raise PermissionDenied
    if not (for_citizen or for_staff):
        raise Refused("nobody")
    if for_citizen and plan.citizen_agreed_at is None:
        plan.citizen_agreed_at = at
        plan.citizen_recorded_by_id = None if is_citizen else actor.id
    if for_staff and plan.staff_agreed_at is None:
        plan.staff_agreed_at, plan.staff_agreed_by_id = at, actor.id
    if plan.citizen_agreed_at and plan.staff_agreed_at:
        _move_plan(plan, move="agree")
    plan.save()
    record_event(
        verb=Verb.PLAN_AGREED,
        citizen_id=citizen_id,
        subject=plan,
        detail={"citizen": for_citizen, "staff": for_staff, "state": plan.state},
    )
    return plan


def revise_plan(*, actor: Actor, citizen_id: UUID) -> Plan:
    """The plan is being written again and nobody has agreed to it any more."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    _withdraw(plan)
    record_event(verb=Verb.PLAN_CHANGED, citizen_id=citizen_id, subject=plan, detail={"what": "revised"})
    return plan


def close_plan(*, actor: Actor, citizen_id: UUID, words: str, seen: str, on: date) -> Plan:
    """The plan is closed with words about how it ended. Refused: `words`."""
    plan = _locked_for_writing(actor=actor, citizen_id=citizen_id)
    if seen_plan(plan, *_content(plan)) != seen:
        raise Changed
    plan.closing_words = _words(words)
    _move_plan(plan, move="close")
    plan.closed_on = on
    plan.save()
    record_event(verb=Verb.PLAN_CLOSED, citizen_id=citizen_id, subject=plan)
    return plan


def lock_citizen(*, actor: Actor, citizen_id: UUID) -> None:
    """Whoever starts something of which there is one a citizen takes turns here."""
    rows = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id)
    # The id alone: locking is no look at the person.
    if not list(rows.values_list("pk", flat=True)):
        raise NotThere


def _locked(*, actor: Actor, citizen_id: UUID) -> Plan:
    """The open plan, else the last closed one; every change of a plan takes turns on this row."""
    rows = Plan.objects.visible_to(actor).filter(citizen_id=citizen_id).select_for_update(of=("self",))
    plan: Plan | None = rows.order_by("-started_on", "-id").first()
    if plan is None:
        raise NotThere
    return plan


def _locked_for_writing(*, actor: Actor, citizen_id: UUID) -> Plan:
    if not can_write_plan(actor):
        raise PermissionDenied
    plan = _locked(actor=actor, citizen_id=citizen_id)
    if plan.state == State.CLOSED:
        raise NotNow
    return plan


def _changed(plan: Plan, *, what: str, subject: object) -> Outcome:
    """After a change nobody has agreed to the plan as it now stands: it goes back to being written."""
    withdrew = plan.state != State.DRAFT
    if withdrew:
        _withdraw(plan)
    record_event(
        verb=Verb.PLAN_CHANGED,
        citizen_id=plan.citizen_id,
        subject=subject,
        detail={"what": what, "withdrew": withdrew},
    )
    return Outcome(plan=plan, withdrew=withdrew)


def _withdraw(plan: Plan) -> None:
    _move_plan(plan, move="revise")
    plan.citizen_agreed_at = plan.citizen_recorded_by_id = None
    plan.staff_agreed_at = plan.staff_agreed_by_id = None
    plan.save()


def _move_plan(plan: Plan, *, move: str) -> None:
    try:
        plan.state = MOVES[State(plan.state), move]
    except KeyError as error:
        raise NotNow from error


def _move_action(action: Action, *, move: str) -> None:
    try:
        action.state = ACTION_MOVES[ActionState(action.state), move]
    except KeyError as error:
        raise NotNow from error


def _content(plan: Plan) -> tuple[list[Goal], list[Action]]:
    goals = list(Goal.objects.filter(plan=plan).order_by("place", "id"))
    actions = list(Action.objects.filter(goal__plan=plan).order_by("goal__place", "goal_id", "place", "id"))
    return goals, actions


def _goal(plan: Plan, goal_id: UUID) -> Goal:
    goal: Goal | None = Goal.objects.filter(plan=plan, pk=goal_id).first()
    if goal is None:
        raise NotThere
    return goal


def _action(plan: Plan, action_id: UUID) -> Action:
    action: Action | None = Action.objects.filter(goal__plan=plan, pk=action_id).first()
    if action is None:
        raise NotThere
    return action


def _next_place(rows: QuerySet[Any]) -> int:
    last = rows.order_by("-place").values_list("place", flat=True).first()
    return (last or 0) + 1


def _move(rows: QuerySet[Any], *, row_id: UUID, up: bool) -> None:
    """Places are written anew for all, so that rows with equal places come apart too."""
    order = list(rows.order_by("place", "id"))
    here = next(place for place, row in enumerate(order) if row.pk == row_id)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, row in enumerate(order, start=1):
        if row.place != place:
            row.place = place
            row.save(update_fields=["place"])


def _words(words: str) -> str:
    text = words.strip()
    if not text:
        raise Refused("words")
    if len(text) > LONGEST_WORDS:
        raise Refused("too_long")
    return text


def _write_step(action: Action, *, draft: StepDraft, actor: Actor, on: date) -> None:
    title = draft.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Refused("title")
    if draft.measure and draft.measure != action.measure and not known_measures([draft.measure]):
        raise Refused("measure")
    action.title, action.measure, action.who, action.due_on = title, draft.measure, draft.who, draft.due_on
    action.responsible_id, action.responsible_name = _responsible(action, draft=draft, actor=actor, on=on)


def _responsible(action: Action, *, draft: StepDraft, actor: Actor, on: date) -> tuple[UUID | None, str]:
    """An employee is one of the team around the citizen (or stays who it was); the citizen needs no name."""
    if draft.who == Who.CITIZEN:
        return None, ""
    if draft.who == Who.OTHER:
        name = draft.responsible_name.strip()
        if not name or len(name) > LONGEST_NAME:
            raise Refused("person")
        return None, name
    around = dict(people_around(citizen_id=action.citizen_id, actor=actor, on=on))
    if draft.responsible_id in around:
        return draft.responsible_id, around[draft.responsible_id]
    if draft.responsible_id is not None and draft.responsible_id == action.responsible_id:
        return action.responsible_id, action.responsible_name
    raise Refused("person")
