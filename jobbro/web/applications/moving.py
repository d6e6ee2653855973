"""The moves of an application: each has a page that says what it means and asks for its days."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jobbro.apps.applications import services
from jobbro.apps.applications.selectors import ApplicationPage, application_for
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, applying
from .forms import DecisionForm, MoveForm
from .reading import application_shown, has_hours
from .words import DONE_WORDS, MOVE_TEXTS, MOVE_WORDS


@applying
def application_move(request: Request, application_id: UUID, step: str) -> HttpResponse:
    """Ask what the move needs, then make it."""
    shown = _page(request, application_id)
    found(MOVE_WORDS.get(step))
    if step not in shown.moves and request.method != "POST":
        return redirect("application", application_id=application_id)
    form = _form(request, shown=shown, step=step)

    def again(*, status: int = 200) -> HttpResponse:
        now = _page(request, application_id) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.seen)
        context = {
            **application_shown(now, on=request.on),
            "form": form,
            "step": step,
            "heading": MOVE_WORDS[step],
            "text": MOVE_TEXTS.get(step, ""),
            "is_conflict": status == 409,
        }
        return render(request, "applications/move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: _make(request, application_id=application_id, step=step, form=form),
        form=form,
        again=again,
        to=reverse("application", args=[application_id]),
        done=str(DONE_WORDS.get(step, DONE_WORDS["send"])) if step != "decide" else "",
    )


def _make(request: Request, *, application_id: UUID, step: str, form: forms.Form) -> Any:
    seen = form.cleaned_data["seen"]
    if isinstance(form, DecisionForm):
        return services.decide_application(
            actor=request.actor, application_id=application_id, draft=form.draft, seen=seen, at=request.at
        )
    assert isinstance(form, MoveForm)
    return services.move_application(
        actor=request.actor,
        application_id=application_id,
        move=step,
        details=form.details,
        seen=seen,
        at=request.at,
    )


def _form(request: Request, *, shown: ApplicationPage, step: str) -> forms.Form:
    data = request.POST or None
    if step == "decide":
        first = {"seen": shown.seen, "decided_on": request.on, "received_on": request.on}
        return DecisionForm(data, initial=first, has_hours=has_hours(shown))
    initial = {"seen": shown.seen, "on": request.on, "channel": shown.procedure.form.channel}
    return MoveForm(data, initial=initial, move=step)


def _page(request: Request, application_id: UUID) -> ApplicationPage:
    return found(application_for(actor=request.actor, application_id=application_id, on=request.on))
