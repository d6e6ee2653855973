"""A job made by hand from the beginning: its tasks, support and wage are chosen, and no search is needed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.jobs.carving_persons import offered_measures
from jobbro.apps.jobs.selectors.carved_parts import CarvedTaskShown
from jobbro.apps.jobs.selectors.new_jobs import new_job_page
from jobbro.apps.jobs.services.carved_jobs import make_job
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes.values import week_hours

from .acting import act, keeping, there
from .forms import NewJobForm
from .reading import measure_groups


@keeping
def carved_job_make(request: Request, workplace_id: UUID) -> HttpResponse:
    """The form; what the job breaks stands on its page, where it can be changed before anybody is asked."""
    # The names are a list to choose from, nobody's file; whom the job is made for has an event of their own.
    request.look.purpose, request.look.kind, request.look.tier = Purpose.WORKLIST, Kind.LIST, Tier.ORDINARY
    shown = there(lambda: new_job_page(actor=request.actor, workplace_id=workplace_id))
    if not shown.may_carve:
        raise PermissionDenied
    offered = set(offered_measures())
    entries = tuple(entry for entry in catalogue().entries if entry.code in offered)
    form = NewJobForm(
        request.POST or None,
        tasks=[(str(task.id), _told(task)) for task in shown.tasks],
        entries=entries,
        candidates=shown.candidates,
    )

    def again(*, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "page": shown,
            "workplace": shown.workplace,
            "form": form,
            "groups": measure_groups(form["measures"], entries=entries),
        }
        return render(request, "carving/make.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: make_job(
            actor=request.actor,
            workplace_id=workplace_id,
            draft=form.draft,
            citizen_id=form.citizen_id,
            on=request.on,
            at=request.at,
        ),
        form=form,
        again=again,
        to=lambda row: reverse("carved_job", args=[row.pk]),
        done=_("The job is made. It is a draft: nobody at the workplace sees it yet."),
    )


def _told(task: CarvedTaskShown) -> str:
    """The task with what one chooses it by."""
    return " · ".join(filter(None, (task.name, week_hours(task.hours), task.holder)))
