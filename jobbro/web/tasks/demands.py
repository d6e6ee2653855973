"""What a task asks: 24 areas in five groups, prefilled until somebody at the workplace has looked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.selectors.tasks_demand import DemandPage, demand_for
from jobbro.apps.jobs.selectors.tasks_shown import TaskShown
from jobbro.apps.jobs.services.tasks_demand import confirm_demand, prefill_demand
from jobbro.webkit.access import EMPLOYER, PARTNERS, either, page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.levels import LevelsForm, level_sections, levels_initial
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, framed
from .forms import OriginForm, SeenForm
from .words import SOURCE_WORDS


@page(either(EMPLOYER, PARTNERS), writes=True)
def task_demand(request: Request, task_id: UUID) -> HttpResponse:
    """The levels of a task: confirm them as they stand, change them, or begin from something alike."""
    shown = found(
        demand_for(
            actor=request.actor, task_id=task_id, words=request.GET.get("q", ""), language=language(), on=request.on
        )
    )
    task = found(shown.form.task)
    if request.method != "POST":
        return _page(request, shown=shown, form=_levels_form(shown))
    move = request.POST.get("act", "")
    if move == "begin":
        return _begin(request, shown=shown, task=task)
    if move == "as_is":
        return _confirm_as_is(request, shown=shown, task=task)
    form = _levels_form(shown, data=request.POST)
    if not form.is_valid():
        return _page(request, shown=shown, form=form, status=422)
    return _confirm(request, shown=shown, task=task, levels=form.levels, form=form, seen=form.cleaned_data["seen"])


def _confirm_as_is(request: Request, *, shown: DemandPage, task: TaskShown) -> HttpResponse:
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    return _confirm(request, shown=shown, task=task, levels=dict(task.demand), form=_levels_form(shown), seen=seen)


def _confirm(
    request: Request, *, shown: DemandPage, task: TaskShown, levels: dict[str, int], form: LevelsForm, seen: str
) -> HttpResponse:
    def again(*, status: int) -> HttpResponse:
        if status == 409 and form.is_bound:
            with_new_mark(form, seen=task.seen_demand)
        return _page(request, shown=shown, form=form, status=status)

    return act(
        request,
        do=lambda: confirm_demand(
            actor=request.actor, task_id=task.id, levels=levels, seen=seen, at=request.at, on=request.on
        ),
        form=form if form.is_bound else None,
        again=again,
        to=reverse("tasks", args=[task.workplace_id]),
        done=_("Confirmed: %(name)s.") % {"name": task.name},
    )


def _begin(request: Request, *, shown: DemandPage, task: TaskShown) -> HttpResponse:
    form = OriginForm(request.POST)
    if not form.is_valid():
        return _page(request, shown=shown, form=_levels_form(shown), status=422)
    return act(
        request,
        do=lambda: prefill_demand(
            actor=request.actor,
            task_id=task.id,
            origin=form.cleaned_data["origin"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=None,
        again=lambda *, status: _page(request, shown=shown, form=_levels_form(shown), status=status),
        to=reverse("task_demand", args=[task.id]),
        done=_("Filled in. Look at it and confirm it."),
    )


def _levels_form(shown: DemandPage, *, data: Any = None) -> LevelsForm:
    task = found(shown.form.task)
    initial = levels_initial(shown.groups, demand=task.demand, seen=task.seen_demand)
    return LevelsForm(data, groups=shown.groups, nothing=_("The task asks nothing of this."), initial=initial)


def _page(request: Request, *, shown: DemandPage, form: LevelsForm, status: int = 200) -> HttpResponse:
    task = found(shown.form.task)
    workplace = shown.form.workplace
    context = framed(
        request,
        page=shown,
        task=task,
        workplace=workplace,
        may_keep=workplace.may_keep and not task.is_removed,
        source=SOURCE_WORDS[task.source],
        groups=level_sections(shown.groups, form=form),
        form=form,
        words=request.GET.get("q", ""),
        is_conflict=status == 409,
    )
    return render(request, "tasks/demand.html", context, status=status)
