"""One task of the way into a job: add it, change it, say that it is done, or why it is not to be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.selectors.onboarding import TaskPage, onboarding_page, task_page
from jobbro.apps.placements.services import onboarding as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, keeping, speaking
from .forms import ReasonForm, SeenForm, TaskForm
from .reading import page_shown, task_shown


@keeping
def onboarding_task_add(request: Request, placement_id: UUID) -> HttpResponse:
    """One more task."""
    page = found(onboarding_page(actor=request.actor, placement_id=placement_id, on=request.on))
    back = reverse("onboarding", args=[placement_id])
    if not page.may_keep or page.plan is None:
        return redirect(back)
    form = TaskForm(request.POST or None)

    def again(*, status: int = 200) -> HttpResponse:
        told = {"form": form, "heading": _("Add a task"), "task": None}
        return render(request, "onboarding/task.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.add_onboarding_task(
            actor=request.actor, placement_id=placement_id, draft=form.draft, at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=back,
        done=_("The task is part of the plan."),
    )


@keeping
def onboarding_task_change(request: Request, onboarding_task_id: UUID) -> HttpResponse:
    """The task is another one, somebody else's or due another day."""
    one = _task(request, onboarding_task_id)
    row = one.line.task
    first = {
        "title": row.title[language()],
        "step": row.step,
        "owner": row.owner,
        "who": row.who,
        "due_on": row.due_on,
        "is_for_company": row.is_for_company,
        "seen": one.line.seen,
    }
    form = TaskForm(request.POST or None, initial=first)
    return _acted(
        request,
        one=one,
        form=form,
        heading=_("Change the task"),
        do=lambda: services.change_onboarding_task(
            actor=request.actor,
            task_id=onboarding_task_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("The task is changed."),
    )


@speaking
def onboarding_task_done(request: Request, onboarding_task_id: UUID) -> HttpResponse:
    """The task is done; staff write why they say so for somebody else."""
    one = _task(request, onboarding_task_id)
    first = {"seen": one.line.seen}
    form: forms.Form
    if one.line.is_own:
        form = SeenForm(request.POST or None, initial=first)
    else:
        label, text = (
            _("How do you know that it is done?"),
            _("The citizen reads it, with your name. A company does not."),
        )
        form = ReasonForm(request.POST or None, label=label, help_text=text, initial=first)
    if not one.line.may_tick:
        return redirect(_back(one))
    return _acted(
        request,
        one=one,
        form=form,
        heading=_("The task is done"),
        do=lambda: services.finish_onboarding_task(
            actor=request.actor,
            task_id=onboarding_task_id,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            at=request.at,
            on=request.on,
        ),
        done=_("It is noted that the task is done."),
    )


@keeping
def onboarding_task_drop(request: Request, onboarding_task_id: UUID) -> HttpResponse:
    """The task is not to be done."""
    one = _task(request, onboarding_task_id)
    label, text = _("Why is it not to be done?"), _("The citizen reads it. A company does not.")
    form = ReasonForm(request.POST or None, label=label, help_text=text, initial={"seen": one.line.seen})
    return _acted(
        request,
        one=one,
        form=form,
        heading=_("Take the task out of the plan"),
        do=lambda: services.drop_onboarding_task(
            actor=request.actor,
            task_id=onboarding_task_id,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("The task is taken out. The reason stands in the plan."),
    )


def _acted(
    request: Request, *, one: TaskPage, form: forms.Form, heading: str, do: Callable[[], Any], done: str
) -> HttpResponse:
    """The form about one task, and the act."""
    if not one.line.is_open or not one.page.is_running:
        return redirect(_back(one))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_task(request, one.line.task.pk).line.seen)
        told = {
            "form": form,
            "heading": heading,
            "task": task_shown(one.line, own=(), name=one.page.version.name),
            "is_conflict": status == 409,
        }
        return render(request, "onboarding/task.html", {**page_shown(one.page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to=_back(one), done=done)


def _back(one: TaskPage) -> str:
    return reverse("onboarding", args=[one.page.placement.pk])


def _task(request: Request, task_id: UUID) -> TaskPage:
    return found(task_page(actor=request.actor, task_id=task_id, on=request.on))
