"""Writing the plan: its start, its goals and its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.plans import services
from jobbro.apps.plans.enums import Who
from jobbro.apps.plans.selectors import PlanPage
from jobbro.apps.plans.services import GoalDraft, StepDraft
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, plan_page, writing
from .forms import GoalForm, SeenForm, StartForm, StepForm
from .words import said


@writing
def plan_start(request: Request, citizen_id: UUID) -> HttpResponse:
    """A new plan: the hopes as first goal, the chosen support as its first steps."""
    shown = plan_page(request, citizen_id=citizen_id)
    if not shown.may_start:
        return redirect("plan", citizen_id=citizen_id)
    initial = {"words": shown.hopes, "decision": shown.decision.id if shown.decision else None}
    form = StartForm(request.POST or None, initial=initial)
    measures = [said(measure.name) for measure in shown.decision.measures] if shown.decision else []

    def again(*, status: int = 200) -> HttpResponse:
        return render(
            request, "plans/plan_start.html", {"page": shown, "form": form, "measures": measures}, status=status
        )

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.start_plan(
            actor=request.actor,
            citizen_id=citizen_id,
            decision_id=form.cleaned_data["decision"],
            goals=[GoalDraft(words=form.cleaned_data["words"], steps=_first_steps(shown, actor_id=request.actor.id))],
            on=request.on,
        ),
        form=form,
        again=again,
        to="plan",
        citizen_id=citizen_id,
        done=_("The plan is started. Look at each step: who does it, and by when?"),
    )


def _first_steps(page: PlanPage, *, actor_id: UUID) -> tuple[StepDraft, ...]:
    """One step for each chosen measure; whoever writes the plan has it until people say otherwise."""
    measures = page.decision.measures if page.decision else ()
    return tuple(
        StepDraft(title=said(measure.name), who=Who.STAFF, responsible_id=actor_id, measure=measure.code)
        for measure in measures
    )


@writing
def plan_goal_add(request: Request, citizen_id: UUID) -> HttpResponse:
    """One more goal."""
    shown = _open_page(request, citizen_id=citizen_id)
    form = GoalForm(request.POST or None)
    return _edit(
        request,
        page=shown,
        form=form,
        title=_("Add a goal"),
        now=lambda fresh: None,
        do=lambda: services.add_goal(actor=request.actor, citizen_id=citizen_id, words=form.cleaned_data["words"]),
    )


@writing
def plan_goal(request: Request, citizen_id: UUID, goal_id: UUID) -> HttpResponse:
    """The goal in other words."""
    shown = _open_page(request, citizen_id=citizen_id)
    goal = found(shown.goal(goal_id))
    form = GoalForm(request.POST or None, initial={"words": goal.words, "seen": goal.seen})
    return _edit(
        request,
        page=shown,
        form=form,
        title=_("Change the goal"),
        now=lambda fresh: fresh.goal(goal_id),
        do=lambda: services.change_goal(
            actor=request.actor,
            citizen_id=citizen_id,
            goal_id=goal_id,
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
        ),
    )


@writing
def plan_step_add(request: Request, citizen_id: UUID, goal_id: UUID) -> HttpResponse:
    """One more step towards a goal."""
    shown = _open_page(request, citizen_id=citizen_id)
    goal = found(shown.goal(goal_id))
    form = StepForm(request.POST or None, page=shown)
    return _edit(
        request,
        page=shown,
        form=form,
        title=_("Add a step"),
        goal_words=goal.words,
        now=lambda fresh: None,
        do=lambda: services.add_step(
            actor=request.actor, citizen_id=citizen_id, goal_id=goal_id, draft=form.draft, on=request.on
        ),
    )


@writing
def plan_step(request: Request, citizen_id: UUID, action_id: UUID) -> HttpResponse:
    """A step as it should be."""
    shown = _open_page(request, citizen_id=citizen_id)
    step = found(shown.step(action_id))
    form = StepForm(request.POST or None, page=shown, step=step)
    return _edit(
        request,
        page=shown,
        form=form,
        title=_("Change the step"),
        now=lambda fresh: fresh.step(action_id),
        do=lambda: services.change_step(
            actor=request.actor,
            citizen_id=citizen_id,
            action_id=action_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
    )


@writing
def plan_goal_move(request: Request, citizen_id: UUID, goal_id: UUID) -> HttpResponse:
    """The goal one place up or down."""
    return _move(
        request,
        citizen_id=citizen_id,
        do=lambda up: services.move_goal(actor=request.actor, citizen_id=citizen_id, goal_id=goal_id, up=up),
    )


@writing
def plan_step_move(request: Request, citizen_id: UUID, action_id: UUID) -> HttpResponse:
    """The step one place up or down."""
    return _move(
        request,
        citizen_id=citizen_id,
        do=lambda up: services.move_step(actor=request.actor, citizen_id=citizen_id, action_id=action_id, up=up),
    )


@writing
def plan_goal_remove(request: Request, citizen_id: UUID, goal_id: UUID) -> HttpResponse:
    """Ask first, then take the goal out."""
    shown = _open_page(request, citizen_id=citizen_id)
    goal = found(shown.goal(goal_id))
    return _remove(
        request,
        page=shown,
        title=_("Remove the goal?"),
        words=goal.words,
        seen=goal.seen,
        do=lambda seen: services.remove_goal(actor=request.actor, citizen_id=citizen_id, goal_id=goal_id, seen=seen),
    )


@writing
def plan_step_remove(request: Request, citizen_id: UUID, action_id: UUID) -> HttpResponse:
    """Ask first, then take the step out."""
    shown = _open_page(request, citizen_id=citizen_id)
    step = found(shown.step(action_id))
    return _remove(
        request,
        page=shown,
        title=_("Remove the step?"),
        words=step.title,
        seen=step.seen,
        do=lambda seen: services.remove_step(
            actor=request.actor, citizen_id=citizen_id, action_id=action_id, seen=seen
        ),
    )


def _open_page(request: Request, *, citizen_id: UUID) -> PlanPage:
    shown = plan_page(request, citizen_id=citizen_id)
    found(shown.plan)
    found(shown.may_write or None)
    return shown


def _edit(
    request: Request,
    *,
    page: PlanPage,
    form: forms.Form,
    title: str,
    now: Callable[[PlanPage], Any],
    do: Callable[[], Any],
    goal_words: str = "",
) -> HttpResponse:
    citizen_id = page.citizen.pk

    def again(*, status: int = 200) -> HttpResponse:
        stands = None
        if status == 409:
            stands = found(now(plan_page(request, citizen_id=citizen_id)))
            with_new_mark(form, seen=stands.seen)
        context = {"page": page, "form": form, "title": title, "now": stands, "goal_words": goal_words}
        return render(request, "plans/edit.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to="plan", citizen_id=citizen_id, done=_("Saved."))


def _move(request: Request, *, citizen_id: UUID, do: Callable[[bool], Any]) -> HttpResponse:
    form = SeenForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("plan", citizen_id=citizen_id)
    return act(
        request,
        do=lambda: do(form.cleaned_data["direction"] == "up"),
        form=None,
        again=lambda **_kept: redirect("plan", citizen_id=citizen_id),
        to="plan",
        citizen_id=citizen_id,
        done=_("Moved."),
    )


def _remove(
    request: Request, *, page: PlanPage, title: str, words: str, seen: str, do: Callable[[str], Any]
) -> HttpResponse:
    citizen_id = page.citizen.pk

    def again(*, status: int = 200) -> HttpResponse:
        context = {
            "page": page,
            "title": title,
            "words": words,
            "seen": seen,
            "verb": _("Remove"),
            "consequence": _(
                "It disappears from the plan. The history keeps it. Both have to agree to the plan again."
            ),
            "action_url": request.path,
            "back_url": reverse("plan", kwargs={"citizen_id": citizen_id}),
            "is_conflict": status == 409,
        }
        return render(request, "plans/confirm.html", context, status=status)

    if request.method != "POST":
        return again()
    sent = request.POST.get("seen", "")[:64]
    return act(
        request, do=lambda: do(sent), form=None, again=again, to="plan", citizen_id=citizen_id, done=_("Removed.")
    )
