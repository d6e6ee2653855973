"""Sick leave without a cause: noted, changed on the way back, ended."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.follow_up.selectors.pages import SickStart, sick_change, sick_start
from jobbro.apps.follow_up.services.sick_leave import change_sick_leave, note_sick_leave
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import Again, act, base_of, telling
from .forms import SickForm


@telling
def sick_leave_add(request: Request, placement_id: UUID) -> HttpResponse:
    """A new sick leave."""
    start = found(sick_start(actor=request.actor, placement_id=placement_id))
    form = SickForm(request.POST or None, initial={"from_on": request.on})
    again = _again(request, start=start, form=form)
    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    back = reverse("follow_up", args=[placement_id])
    return act(
        request,
        do=lambda: note_sick_leave(
            actor=request.actor, placement_id=placement_id, draft=form.draft, at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=f"{back}#sick",
        late=back,
        done=_("The sick leave has been noted."),
    )


@telling
def sick_leave_end(request: Request, sick_leave_id: UUID) -> HttpResponse:
    """The way back: some hours from a day, a plan, and the last day."""
    start = found(sick_change(actor=request.actor, sick_leave_id=sick_leave_id))
    form = SickForm(request.POST or None, initial=_first(start))
    again = _again(request, start=start, form=form, newest=lambda: _seen(request, sick_leave_id))
    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    back = reverse("follow_up", args=[start.placement.pk])
    return act(
        request,
        do=lambda: change_sick_leave(
            actor=request.actor,
            sick_leave_id=sick_leave_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=f"{back}#sick",
        late=back,
        done=_("The sick leave has been changed."),
    )


def _again(request: Request, *, start: SickStart, form: SickForm, newest: Any = None) -> Again:
    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=newest())
        context = {
            "start": start,
            "form": form,
            "is_conflict": status == 409,
            "base_template": base_of(is_own=start.is_own),
        }
        return render(request, "follow_up/sick_leave.html", context, status=status)

    return again


def _seen(request: Request, sick_leave_id: UUID) -> str:
    return found(sick_change(actor=request.actor, sick_leave_id=sick_leave_id)).seen


def _first(start: SickStart) -> dict[str, Any]:
    row = start.row
    assert row is not None
    names = ("from_on", "until_on", "partial_from", "partial_hours", "plan")
    return {**{name: getattr(row, name) for name in names}, "seen": start.seen}
