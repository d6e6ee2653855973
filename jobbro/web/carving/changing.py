"""A job changed by hand: tasks in and out by buttons, support and wage, and what that breaks, before it is saved."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.economics.carved_jobs import carved_job_case
from jobbro.apps.jobs.selectors.carved_jobs import CarvedJobPage
from jobbro.apps.jobs.services.carved_jobs import JobDraft, change_job
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .acting import act, keeping, there
from .forms import JobForm
from .jobs_reading import job_shown, task_lines
from .reading import chosen_measures, measure_groups


@keeping
def carved_job_change(request: Request, job_id: UUID) -> HttpResponse:
    """The form; a press of “put in”, “take out” or “see what happens” reckons without storing, then it is saved."""
    page = there(lambda: carved_job_case(actor=request.actor, job_id=job_id, on=request.on)).page
    if not page.may_change:
        return redirect("carved_job", job_id=job_id)
    entries = _entries(page)
    if request.method != "POST":
        form = _form(page, entries=entries)
        return _answer(request, form=form, draft=None, job_id=job_id, entries=entries)
    form = _form(page, entries=entries, data=_pressed(request.POST))
    is_valid = form.is_valid()
    draft = form.as_far_as_told(wage=page.job.wage)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            now = there(lambda: carved_job_case(actor=request.actor, job_id=job_id, on=request.on)).page
            with_new_mark(form, seen=now.seen)
        return _answer(request, form=form, draft=draft, job_id=job_id, entries=entries, status=status)

    if not is_valid:
        return again(status=422)
    if request.POST.get("act") != "save":
        return again()
    return act(
        request,
        do=lambda: change_job(
            actor=request.actor,
            job_id=job_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
            at=request.at,
        ),
        form=form,
        again=again,
        to=reverse("carved_job", args=[job_id]),
        done=_("Saved."),
    )


def _pressed(posted: QueryDict) -> QueryDict:
    """What was sent, with the task of the pressed button put in or taken out."""
    data = posted.copy()
    tasks = [pk for pk in data.getlist("tasks") if pk != data.get("out")]
    put = data.get("put")
    data.setlist("tasks", list(dict.fromkeys([*tasks, *([put] if put else [])])))
    return data


def _entries(page: CarvedJobPage) -> tuple[CatalogueMeasure, ...]:
    """Support that can be chosen: what is for everybody at work, and what the job has already."""
    own = [support.entry for support in page.supports]
    others = [entry for entry in page.other_measures if entry.situation in (None, "employee")]
    return tuple(sorted((*own, *others), key=lambda entry: entry.code))


def _form(page: CarvedJobPage, *, entries: tuple[CatalogueMeasure, ...], data: QueryDict | None = None) -> JobForm:
    tasks = [(str(task.id), task.name) for task in (*page.tasks, *page.free_tasks)]
    wage = page.job.wage
    first = {
        "seen": page.seen,
        "title": page.job.title,
        "description": page.job.description,
        "wage": int(wage) if wage == wage.to_integral_value() else wage,
        "tasks": [str(task.id) for task in page.tasks],
        "measures": [support.entry.code for support in page.supports],
    }
    return JobForm(data, tasks=tasks, entries=entries, initial=first)


def _answer(
    request: Request,
    *,
    form: JobForm,
    draft: JobDraft | None,
    job_id: UUID,
    entries: tuple[CatalogueMeasure, ...],
    status: int = 200,
) -> HttpResponse:
    case = there(lambda: carved_job_case(actor=request.actor, job_id=job_id, on=request.on, draft=draft))
    chosen = [support.entry.code for support in case.page.supports]
    context: dict[str, Any] = {
        **job_shown(case),
        "form": form,
        "free": task_lines(case.page.free_tasks),
        "chosen": chosen_measures(form["measures"], chosen=chosen),
        "groups": measure_groups(form["measures"], entries=entries, beside=chosen),
        "is_conflict": status == 409,
        "is_draft": draft is not None,
    }
    return render(request, "carving/change.html", context, status=status)
