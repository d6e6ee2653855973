"""The posts of a workplace: who does the tasks today, how much of it may be given away, and wages for the few."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.selectors.holders import (
    HolderRow,
    HoldersPage,
    holder_for,
    holders_of,
    occupation_title,
    occupations_like,
)
from jobbro.apps.jobs.services import holders as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, framed, keeping, reading
from .forms import HolderForm, trimmed
from .words import hours_told

OFFERED = 8


@reading
def holders(request: Request, workplace_id: UUID) -> HttpResponse:
    """The posts with their tasks counted."""
    page = found(holders_of(actor=request.actor, workplace_id=workplace_id, on=request.on))
    lines = [
        {
            "row": row,
            "hours": hours_told(row.hours),
            "percent": hours_told(row.max_release * 100),
            "hourly": hours_told(row.hourly) if row.hourly is not None else "",
        }
        for row in page.rows
    ]
    return render(request, "tasks/holders.html", framed(request, page=page, workplace=page.workplace, lines=lines))


@keeping
def holder_add(request: Request, workplace_id: UUID) -> HttpResponse:
    """One more post."""
    page = found(holders_of(actor=request.actor, workplace_id=workplace_id, on=request.on))
    if not page.workplace.may_keep:
        return redirect("holders", workplace_id=workplace_id)
    if request.method != "POST":
        return _form(request, page=page, form=_holder_form(page, initial={"percent": 100}))
    form = _holder_form(page, data=request.POST)
    if "find" in request.POST:
        return _form(request, page=page, form=_holder_form(page, initial=request.POST.dict()))
    if not form.is_valid():
        return _form(request, page=page, form=form, status=422)
    return act(
        request,
        do=lambda: services.add_holder(
            actor=request.actor, workplace_id=workplace_id, draft=form.draft, wage=form.wage, on=request.on
        ),
        form=form,
        again=lambda *, status: _form(request, page=page, form=form, status=status),
        to=reverse("holders", args=[workplace_id]),
        done=_("Saved: %(name)s.") % {"name": form.cleaned_data["name"]},
    )


@keeping
def holder_change(request: Request, holder_id: UUID) -> HttpResponse:
    """A post as it stands; when it ends its tasks stay."""
    page = found(holder_for(actor=request.actor, holder_id=holder_id, on=request.on))
    row = found(page.row(holder_id))
    if request.method != "POST":
        return _form(request, page=page, form=_holder_form(page, row=row, initial=_initial(row)), row=row)
    form = _holder_form(page, row=row, data=request.POST)
    if "find" in request.POST:
        return _form(request, page=page, form=_holder_form(page, row=row, initial=request.POST.dict()), row=row)
    if not form.is_valid():
        return _form(request, page=page, form=form, row=row, status=422)

    def again(*, status: int) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=row.seen)
        return _form(request, page=page, form=form, row=row, status=status)

    return act(
        request,
        do=lambda: services.change_holder(
            actor=request.actor,
            holder_id=holder_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            wage=form.wage,
            on=request.on,
        ),
        form=form,
        again=again,
        to=reverse("holders", args=[page.workplace.id]),
        done=_("Saved: %(name)s.") % {"name": form.cleaned_data["name"]},
    )


def _initial(row: HolderRow) -> dict[str, Any]:
    return {
        "seen": row.seen,
        "name": row.name,
        "occupation": row.occupation,
        "percent": trimmed(row.max_release * 100),
        "hourly": trimmed(row.hourly) if row.hourly is not None else None,
        "left_on": row.left_on,
    }


def _holder_form(
    page: HoldersPage, *, row: HolderRow | None = None, data: Any = None, initial: dict[str, Any] | None = None
) -> HolderForm:
    typed = data if data is not None else (initial or {})
    chosen = str(typed.get("occupation") or "")
    codes = dict(occupations_like(str(typed.get("words") or ""), most=OFFERED))
    for code in (chosen, row.occupation if row else ""):
        if title := occupation_title(code):
            codes.setdefault(code, title)
    return HolderForm(
        data,
        initial=initial,
        occupations=tuple(codes.items()),
        sees_wages=page.sees_wages,
        is_new=row is None,
    )


def _form(
    request: Request, *, page: HoldersPage, form: HolderForm, row: HolderRow | None = None, status: int = 200
) -> HttpResponse:
    context = framed(request, page=page, workplace=page.workplace, form=form, row=row, is_conflict=status == 409)
    return render(request, "tasks/holder.html", context, status=status)
