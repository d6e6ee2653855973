"""The list of tasks, one task and its form: short enough for a phone, with the typed kept whatever happens."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.selectors.tasks import TaskFormPage, task_for, task_form_for, tasks_of
from jobbro.apps.jobs.services import tasks as services
from jobbro.apps.jobs.task_checking import LONGEST_NAME
from jobbro.engines.occupations.task_library import task_library
from jobbro.webkit.access import is_htmx
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, framed, keeping, reading
from .forms import TaskForm, initial_of, typed_values, with_library
from .reading import board_of, task_lines, week_of

AT_ONCE = 100
SUGGESTED = 6
# What the next task most often shares with the one before.
KEPT = ("holder", "place")


@reading
def tasks(request: Request, workplace_id: UUID) -> HttpResponse:
    """The tasks of a workplace with the hours of each post and half-day."""
    page = found(
        tasks_of(actor=request.actor, workplace_id=workplace_id, show=request.GET.get("show", ""), on=request.on)
    )
    shown = Paginator(page.tasks, AT_ONCE).get_page(request.GET.get("page"))
    context = framed(
        request,
        page=page,
        workplace=page.workplace,
        listed=shown,
        lines=task_lines(shown.object_list),
        removed=task_lines(page.removed),
        week=week_of(page),
        board=board_of(page),
        chosen=request.GET.get("show", ""),
    )
    return render(request, "tasks/tasks.html", context)


@keeping
def task_add(request: Request, workplace_id: UUID) -> HttpResponse:
    """One more task; place and post of the one before stand there already."""
    page = found(task_form_for(actor=request.actor, workplace_id=workplace_id, on=request.on))
    if not page.workplace.may_keep:
        return redirect("tasks", workplace_id=workplace_id)
    if request.method != "POST":
        return _form(request, page=page, form=TaskForm(page=page, initial=_carried_on(request, page=page)))
    form = TaskForm(request.POST, page=page)
    helped = _helped(request, page=page)
    if helped is not None:
        return helped
    if not form.is_valid():
        return _form(request, page=page, form=form, status=422)

    def again(*, status: int) -> HttpResponse:
        return _form(request, page=page, form=form, status=status)

    def after(row: Any) -> str:
        if "next" not in request.POST:
            return reverse("tasks", args=[workplace_id])
        carried = QueryDict(mutable=True)
        carried.update({"holder": str(row.holder_id or ""), "place": row.place})
        return f"{reverse('task_add', args=[workplace_id])}?{carried.urlencode()}"

    return act(
        request,
        do=lambda: services.add_task(
            actor=request.actor,
            workplace_id=workplace_id,
            draft=form.draft,
            origin=form.cleaned_data["origin"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=after,
        done=_("Saved: %(name)s.") % {"name": form.cleaned_data["name"]},
    )


@keeping
def task(request: Request, task_id: UUID) -> HttpResponse:
    """One task as it stands, in its form; a change of somebody else is shown beside what was typed."""
    page = found(task_for(actor=request.actor, task_id=task_id, on=request.on))
    shown = found(page.task)
    week = page.workplace.slots
    if request.method != "POST":
        return _form(request, page=page, form=TaskForm(page=page, initial=initial_of(shown, week=week)))
    form = TaskForm(request.POST, page=page)
    helped = _helped(request, page=page)
    if helped is not None:
        return helped
    if not form.is_valid():
        return _form(request, page=page, form=form, status=422)

    def again(*, status: int) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=shown.seen)
        return _form(request, page=page, form=form, status=status)

    return act(
        request,
        do=lambda: services.change_task(
            actor=request.actor,
            task_id=task_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=reverse("tasks", args=[page.workplace.id]),
        done=_("Saved: %(name)s.") % {"name": form.cleaned_data["name"]},
    )


@keeping
def task_remove(request: Request, task_id: UUID) -> HttpResponse:
    """The task is off the list; it can be brought back."""
    page = found(task_for(actor=request.actor, task_id=task_id, on=request.on))
    shown = found(page.task)
    if request.method != "POST":
        return render(request, "tasks/remove.html", framed(request, page=page, task=shown, workplace=page.workplace))
    to = reverse("tasks", args=[page.workplace.id])
    return act(
        request,
        do=lambda: services.remove_task(actor=request.actor, task_id=task_id, at=request.at, on=request.on),
        form=None,
        again=lambda **_status: redirect(to),
        to=lambda row: f"{to}?removed={row.pk}" if row else to,
    )


@keeping
def task_restore(request: Request, task_id: UUID) -> HttpResponse:
    """The task is on the list again."""
    page = found(task_for(actor=request.actor, task_id=task_id, on=request.on))
    to = reverse("tasks", args=[page.workplace.id])
    if request.method != "POST":
        return redirect(to)
    return act(
        request,
        do=lambda: services.restore_task(actor=request.actor, task_id=task_id, at=request.at, on=request.on),
        form=None,
        again=lambda **_status: redirect(to),
        to=to,
        done=_("The task is on the list again."),
    )


@reading
def task_suggestions(request: Request) -> HttpResponse:
    """Tasks of the library that sound like what is being typed."""
    words = request.GET.get("name", "")
    context = {"found": _suggestions(words), "words": words}
    if is_htmx(request):
        return render(request, "tasks/_suggestions.html", context)
    return render(request, "tasks/suggestions.html", framed(request, **context))


def _suggestions(words: str) -> list[tuple[str, str]]:
    found_tasks = task_library().search(words[:LONGEST_NAME], limit=SUGGESTED, language=language())
    return [(one.code, one.name.in_language(language())) for one in found_tasks]


def _carried_on(request: Request, *, page: TaskFormPage) -> dict[str, Any]:
    """What the address says: the post and place of the task before, or a task of the library."""
    initial: dict[str, Any] = {name: request.GET.get(name, "") for name in KEPT}
    one = task_library().by_code.get(request.GET.get("library", ""))
    return with_library(initial, one, week=page.workplace.slots) if one else initial


def _helped(request: Request, *, page: TaskFormPage) -> HttpResponse | None:
    """The buttons inside the form that save nothing: look in the library, take a task from it."""
    typed = typed_values(request.POST)
    one = task_library().by_code.get(request.POST.get("pick", ""))
    if one is not None:
        filled = with_library(typed, one, week=page.workplace.slots)
        return _form(request, page=page, form=TaskForm(page=page, initial=filled), picked=one)
    if "find" in request.POST:
        return _form(request, page=page, form=TaskForm(page=page, initial=typed), found=_suggestions(typed["name"]))
    return None


def _form(request: Request, *, page: TaskFormPage, form: TaskForm, status: int = 200, **more: Any) -> HttpResponse:
    if page.task is None:
        address = reverse("task_add", args=[page.workplace.id])
    else:
        address = reverse("task", args=[page.task.id])
    now = task_lines([page.task])[0] if page.task else None
    context = framed(
        request,
        page=page,
        workplace=page.workplace,
        form=form,
        address=address,
        now=now,
        is_conflict=status == 409,
        **more,
    )
    return render(request, "tasks/task.html", context, status=status)
