"""The plan as the pages show it: labels, who helps, what happens now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.plans.enums import ActionState, State, Who
from jobbro.apps.plans.facts import DecisionShown
from jobbro.apps.plans.selectors import PlanPage, PlanShown, StepShown
from jobbro.webkit.dates import spoken_date, spoken_moment

from .words import ShownBridge, bridges_shown, names_in, payer_words, said


@dataclass(frozen=True, kw_only=True)
class StepWords:
    """A step with its words; the step itself beside them."""

    step: StepShown
    who: str
    helper: str
    state: str
    support: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class GoalWords:
    """A goal with its steps in words."""

    goal: Any
    steps: tuple[StepWords, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureWords:
    """A chosen measure as it was when it was chosen."""

    name: str
    text: str
    payer: str


TONES = {ActionState.UNDER_WAY: "is-blue", ActionState.DONE: "is-blue", ActionState.AGREED: "", ActionState.DROPPED: ""}


def plan_shown(page: PlanPage) -> dict[str, Any]:
    """The context of every page that shows the plan."""
    plan = page.plan
    decision = standing_decision(page)
    return {
        "page": page,
        "plan": plan,
        "state": str(State(plan.state).label) if plan else "",
        "goals": goals_shown(page),
        "next": _step_words(plan.next_step, page=page) if plan and plan.next_step else None,
        "helpers": _helpers(page),
        "decision": decision,
        "measures": measures_shown(decision, schemes=page.schemes),
        "bridges": _bridges(decision, schemes=page.schemes),
        "agreed": agreed_sentences(plan),
        "is_decision_newer": bool(page.decision and plan and plan.decision and page.decision.id != plan.decision.id),
    }


def standing_decision(page: PlanPage) -> DecisionShown | None:
    """The choice the plan rests on; before there is a plan, the newest."""
    return page.plan.decision if page.plan else page.decision


def goals_shown(page: PlanPage) -> tuple[GoalWords, ...]:
    """Goals and steps in words."""
    if page.plan is None:
        return ()
    return tuple(
        GoalWords(goal=goal, steps=tuple(_step_words(step, page=page) for step in goal.steps))
        for goal in page.plan.goals
    )


def measures_shown(
    decision: DecisionShown | None, *, schemes: Mapping[str, str] | None = None
) -> tuple[MeasureWords, ...]:
    """The chosen support in words."""
    measures = decision.measures if decision else ()
    return tuple(
        MeasureWords(
            name=said(measure.name), text=said(measure.text), payer=payer_words(measure.payer, schemes=schemes)
        )
        for measure in measures
    )


def _bridges(decision: DecisionShown | None, *, schemes: Mapping[str, str]) -> tuple[ShownBridge, ...]:
    if decision is None:
        return ()
    return bridges_shown(decision.bridges, names=names_in(decision), unclosable=decision.left, schemes=schemes)


def _step_words(step: StepShown, *, page: PlanPage) -> StepWords:
    decision = standing_decision(page)
    measure = decision.measure(step.measure) if decision and step.measure else None
    return StepWords(
        step=step,
        who=who_words(step, page=page),
        helper="" if step.who == Who.CITIZEN else step.responsible_name,
        state=str(ActionState(step.state).label),
        support=said(measure.name) if measure and said(measure.name) != step.title else "",
        tone=TONES[ActionState(step.state)],
    )


def who_words(step: StepShown, *, page: PlanPage) -> str:
    """Who does the step: “you” to the citizen, names to all others."""
    if step.who == Who.CITIZEN:
        return _("You") if page.is_own else page.citizen.name
    return step.responsible_name


def _helpers(page: PlanPage) -> tuple[str, ...]:
    steps = page.plan.steps if page.plan else ()
    names = [name for _user_id, name in page.people] if page.is_own else []
    return tuple(dict.fromkeys([*names, *(step.responsible_name for step in steps if step.responsible_name)]))


def agreed_sentences(plan: PlanShown | None) -> tuple[str, ...]:
    """Who agreed when, and how it ended."""
    if plan is None:
        return ()
    sentences = []
    if plan.citizen_agreed_at:
        moment = spoken_moment(moment=plan.citizen_agreed_at)
        recorded = plan.citizen_agreed_in_meeting_with
        sentences.append(
            _("The citizen said yes in a meeting with %(name)s on %(moment)s.") % {"name": recorded, "moment": moment}
            if recorded
            else _("The citizen agreed on %(moment)s.") % {"moment": moment}
        )
    if plan.staff_agreed_at:
        moment = spoken_moment(moment=plan.staff_agreed_at)
        sentences.append(_("%(name)s agreed on %(moment)s.") % {"name": plan.staff_agreed_by, "moment": moment})
    if plan.closed_on:
        sentences.append(_("The plan was closed on %(day)s.") % {"day": spoken_date(day=plan.closed_on)})
    return tuple(sentences)


def receipt_shown(page: PlanPage, *, phone: str) -> dict[str, Any]:
    """The receipt after a yes: what was agreed, by whom, and the first things that happen."""
    plan = page.plan
    assert plan is not None
    is_agreed = plan.state == State.AGREED
    waiting = [step for step in plan.steps if step.is_open]
    first = sorted(waiting, key=lambda step: (step.due_on is None, step.due_on or 0))[:3] if is_agreed else []
    return {
        "page": page,
        "is_agreed": is_agreed,
        "title": _("The plan is agreed") if is_agreed else _("Your yes is saved"),
        "sent_at": max(at for at in (plan.citizen_agreed_at, plan.staff_agreed_at) if at),
        "next_steps": [_next_sentence(step, page=page) for step in first]
        or [_("The other one reads the plan and says yes. Then it holds.")],
        "contact": phone,
    }


def _next_sentence(step: StepShown, *, page: PlanPage) -> str:
    words = {"who": who_words(step, page=page), "title": step.title}
    if step.due_on is None:
        return _("%(who)s: %(title)s") % words
    return _("%(who)s: %(title)s, by %(day)s") % {**words, "day": spoken_date(day=step.due_on)}
