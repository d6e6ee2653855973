"""Many tasks at once: by trade from the library, as a starting set, or from another workplace of the company."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.jobs.selectors.tasks_library import LibraryPage, library_for
from jobbro.apps.jobs.services.tasks_gathering import Gathered, add_from_library, add_from_template, copy_tasks
from jobbro.apps.jobs.task_checking import LONGEST_NAME
from jobbro.webkit.fields import offer
from jobbro.webkit.halfdays import ManyField, slots_told
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language, week_hours

from .acting import act, framed, keeping
from .words import REFUSALS


class ChosenForm(forms.Form):
    """The tasks that were ticked; from the library also who does them today."""

    chosen = ManyField(label=gettext_lazy("Tasks"))
    holder = forms.ChoiceField(label=gettext_lazy("Who does them today?"), required=False)
    new_holder = forms.CharField(
        label=gettext_lazy("Or a new post"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tells_optional = False

    def __init__(self, *args: Any, page: LibraryPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].error_messages["required"] = REFUSALS["nothing_chosen"]
        self.fields["chosen"].required = True
        offer(self.fields["chosen"], _choices(page))
        if page.group is None:
            del self.fields["holder"], self.fields["new_holder"]
        else:
            holders = [(str(row.id), row.name) for row in page.form.holders if not row.has_left]
            offer(self.fields["holder"], [("", _("Nobody, or not known")), *holders])


@keeping
def task_library(request: Request, workplace_id: UUID) -> HttpResponse:
    """Choose where from, tick, and add; nothing that is on the list already comes twice."""
    asked = request.GET
    shown = found(
        library_for(
            actor=request.actor,
            workplace_id=workplace_id,
            group=asked.get("group", ""),
            template=asked.get("set", ""),
            source=asked.get("from", ""),
            on=request.on,
        )
    )
    if not shown.form.workplace.may_keep:
        return redirect("tasks", workplace_id=workplace_id)
    if request.method != "POST":
        return _page(request, shown=shown, form=ChosenForm(page=shown, initial={"chosen": _ticked(shown)}))
    form = ChosenForm(request.POST, page=shown)
    if not form.is_valid():
        return _page(request, shown=shown, form=form, status=422)

    def do() -> Gathered:
        gathered = _gather(request, shown=shown, data=form.cleaned_data)
        _tell(request, gathered)
        return gathered

    return act(
        request,
        do=do,
        form=form,
        again=lambda *, status: _page(request, shown=shown, form=form, status=status),
        to=reverse("tasks", args=[workplace_id]),
    )


def _gather(request: Request, *, shown: LibraryPage, data: dict[str, Any]) -> Gathered:
    chosen = tuple(data["chosen"])
    workplace_id = shown.form.workplace.id
    if shown.source is not None:
        return copy_tasks(
            actor=request.actor,
            workplace_id=workplace_id,
            source_id=shown.source.id,
            task_ids=tuple(UUID(task_id) for task_id in chosen),
            at=request.at,
            on=request.on,
        )
    if shown.template is not None:
        return add_from_template(
            actor=request.actor,
            workplace_id=workplace_id,
            code=shown.template.code,
            chosen=chosen,
            language=language(),
            at=request.at,
            on=request.on,
        )
    return add_from_library(
        actor=request.actor,
        workplace_id=workplace_id,
        codes=chosen,
        holder_id=UUID(data["holder"]) if data["holder"] else None,
        new_holder=data["new_holder"],
        language=language(),
        at=request.at,
        on=request.on,
    )


def _tell(request: Request, gathered: Gathered) -> None:
    added = ngettext("%(count)d task was added.", "%(count)d tasks were added.", gathered.added)
    messages.success(request, added % {"count": gathered.added})
    if gathered.skipped:
        there = ngettext(
            "%(count)d was on the list already and stays as it is.",
            "%(count)d were on the list already and stay as they are.",
            gathered.skipped,
        )
        messages.info(request, there % {"count": gathered.skipped})
    if gathered.fitted:
        fitted = ngettext(
            "%(count)d task was fitted to the working week here. Look at its hours and half-days.",
            "%(count)d tasks were fitted to the working week here. Look at their hours and half-days.",
            gathered.fitted,
        )
        messages.warning(request, fitted % {"count": gathered.fitted})


def _choices(page: LibraryPage) -> list[tuple[str, str]]:
    shown_in = language()
    if page.source is not None:
        return [
            (str(task.id), _told(task.name, week_hours(task.hours), slots_told(task.slots), task.holder))
            for task in page.source_tasks
        ]
    if page.template is not None:
        posts = {post.code: post.name.in_language(shown_in) for post in page.template.posts}
        return [
            (key, _told(one.task.name.in_language(shown_in), _hours(one.hours_a_week), "", posts[one.post], is_listed))
            for key, one, is_listed in page.set_rows
        ]
    return [
        (
            row.task.code,
            _told(row.task.name.in_language(shown_in), _hours(row.task.hours_a_week), "", "", row.is_listed),
        )
        for row in page.rows
    ]


def _told(name: str, hours: str, when: str, holder: str, is_listed: bool = False) -> str:
    parts = [hours, when, holder, _("on the list already") if is_listed else ""]
    return f"{name} – {', '.join(part for part in parts if part)}"


def _hours(hours: float) -> str:
    return week_hours(hours)


def _ticked(page: LibraryPage) -> list[str]:
    """Of a starting set and of another workplace all are wanted until somebody says no."""
    if page.source is not None:
        return [str(task.id) for task in page.source_tasks]
    return [key for key, _one, is_listed in page.set_rows if not is_listed]


def _page(request: Request, *, shown: LibraryPage, form: ChosenForm, status: int = 200) -> HttpResponse:
    shown_in = language()
    context = framed(
        request,
        page=shown,
        workplace=shown.form.workplace,
        form=form,
        groups=[(one.code, one.name.in_language(shown_in)) for one in shown.groups],
        sets=[
            (one.code, one.name.in_language(shown_in), one.description.in_language(shown_in), len(one.tasks))
            for one in shown.sets
        ],
        title=_title(shown),
        address=request.get_full_path(),
    )
    return render(request, "tasks/library.html", context, status=status)


def _title(shown: LibraryPage) -> str:
    if shown.source is not None:
        return shown.source.name
    named = shown.template or shown.group
    return named.name.in_language(language()) if named else ""
