"""A job proposed to the employer, and what becomes of it: agreed, not now, taken back, worked on again."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jobbro.apps.jobs.selectors.carved_jobs import CarvedJobPage, carved_job_page
from jobbro.apps.jobs.selectors.proposals import proposal_page
from jobbro.apps.jobs.services.carved_jobs import JobMove, move_job
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .acting import act, keeping, there
from .forms import MoveForm, ProposeForm
from .jobs_reading import breaks_told, proposal_shown
from .words import MOVE_DONE, MOVE_TEXTS, MOVE_WORDS


@keeping
def carved_job_propose(request: Request, job_id: UUID) -> HttpResponse:
    """Choose which support the employer sees, look at exactly what they will see, and propose it."""
    page = _page(request, job_id)
    if "propose" not in page.moves:
        return redirect("carved_job", job_id=job_id)
    entries = [support.entry for support in page.supports]
    form = ProposeForm(request.POST or None, entries=entries, initial={"seen": page.seen, "shown": []})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, job_id).seen)
        return _proposal(request, form=form, page=page, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    if request.POST.get("act") != "send":
        return again()
    details = JobMove(on=request.on, shown=tuple(form.cleaned_data["shown"]))
    return act(
        request,
        do=lambda: move_job(
            actor=request.actor,
            job_id=job_id,
            move="propose",
            details=details,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=reverse("carved_job", args=[job_id]),
        done=str(MOVE_DONE["propose"]),
    )


def _proposal(request: Request, *, form: ProposeForm, page: CarvedJobPage, status: int) -> HttpResponse:
    chosen = form["shown"].value() or ()
    shown = there(lambda: proposal_page(actor=request.actor, job_id=page.job.pk, shown=tuple(chosen)))
    context: dict[str, Any] = {
        **proposal_shown(shown),
        "form": form,
        "breaks": breaks_told(page),
        "name": page.name,
        "is_conflict": status == 409,
    }
    return render(request, "carving/propose.html", context, status=status)


@keeping
def carved_job_state(request: Request, job_id: UUID, deed: str) -> HttpResponse:
    """What a move means, what it asks, and the move."""
    if deed == "propose" or deed not in MOVE_WORDS:
        raise Http404
    page = _page(request, job_id)
    if deed not in page.moves and request.method != "POST":
        return redirect("carved_job", job_id=job_id)
    form = MoveForm(request.POST or None, move=deed, initial={"seen": page.seen, "on": request.on})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, job_id).seen)
        context = {
            "page": page,
            "job": page.job,
            "workplace": page.workplace,
            "form": form,
            "heading": MOVE_WORDS[deed],
            "text": MOVE_TEXTS[deed],
            "is_conflict": status == 409,
        }
        return render(request, "carving/move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: move_job(
            actor=request.actor,
            job_id=job_id,
            move=deed,
            details=form.details(on=request.on),
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=reverse("carved_job", args=[job_id]),
        done=str(MOVE_DONE[deed]),
    )


def _page(request: Request, job_id: UUID) -> CarvedJobPage:
    return there(lambda: carved_job_page(actor=request.actor, job_id=job_id))
