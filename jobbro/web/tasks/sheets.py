"""Spreadsheets of tasks: the list written out; a file looked at row by row, and added when somebody says so."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.imports.enums import Refusal
from jobbro.apps.imports.reading import Unreadable, read_table
from jobbro.apps.jobs.refusals import Refused
from jobbro.apps.jobs.selectors.tasks import TaskFormPage, task_form_for
from jobbro.apps.jobs.selectors.tasks_sheet import SheetPage, sheet_looked_at, sheet_of
from jobbro.apps.jobs.services.tasks_import import Imported, import_tasks
from jobbro.apps.jobs.sheets import (
    COLUMNS,
    MOST_ROWS,
    CheckedRow,
    ColumnsMissing,
    RowState,
    SheetRow,
    as_cells,
    from_cells,
    sheet_rows,
)
from jobbro.webkit.requests import Request, found

from .acting import act, framed, keeping, reading
from .words import REFUSALS, ROW_WORDS, refusal_told

LARGEST = 2 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or .xlsx, at most 2 MB and 500 tasks."),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class RowsForm(forms.Form):
    """The rows that were looked at, carried as they were read, and whether posts may be made."""

    rows = forms.CharField(widget=forms.HiddenInput, strip=False)
    makes_posts = forms.BooleanField(label=gettext_lazy("Make the posts that are not there yet"), required=False)

    @property
    def sheet(self) -> tuple[SheetRow, ...]:
        """The rows. Raises Refused `rows_unread` or `rows_many`."""
        try:
            carried = json.loads(self.cleaned_data["rows"])
        except (ValueError, RecursionError):
            carried = None
        if not isinstance(carried, list) or not all(isinstance(cells, list) for cells in carried):
            raise Refused("rows_unread")
        if len(carried) > MOST_ROWS:
            raise Refused("rows_many", values={"most": MOST_ROWS})
        return tuple(from_cells(cells) for cells in carried)


@keeping
def tasks_import(request: Request, workplace_id: UUID) -> HttpResponse:
    """Choose a file, see row by row what it becomes, and add it; nothing is written before."""
    page = found(task_form_for(actor=request.actor, workplace_id=workplace_id, on=request.on))
    if not page.workplace.may_keep:
        return redirect("tasks", workplace_id=workplace_id)
    if request.method != "POST":
        return _start(request, page=page, form=FileForm())
    if "rows" in request.POST:
        return _add(request, page=page)
    form = FileForm(request.POST, request.FILES)
    if getattr(request, "has_too_large_file", False):
        form.errors.pop("file", None)
        form.add_error("file", Refusal.TOO_LARGE.label)
        return _start(request, page=page, form=form, status=413)
    if not form.is_valid():
        return _start(request, page=page, form=form, status=422)
    try:
        table = read_table(file=form.cleaned_data["file"], limit=LARGEST)
        rows = sheet_rows(header=table.header, rows=((row.number, row.cells) for row in table.rows))
    except Unreadable as refused:
        form.add_error("file", refused.code.label)
    except ColumnsMissing as refused:
        form.add_error("file", _("Add a column for: %(names)s.") % {"names": ", ".join(refused.headings)})
    except Refused as refused:
        form.add_error("file", refusal_told(refused))
    else:
        return _looked_at(request, page=page, rows=rows)
    return _start(request, page=page, form=form, status=422)


@reading
def tasks_export(request: Request, workplace_id: UUID) -> HttpResponse:
    """The list as a spreadsheet. Wages are never in it; an empty list is a file to fill in."""
    content = found(sheet_of(actor=request.actor, workplace_id=workplace_id, on=request.on))
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="opgaver.xlsx"'
    return response


def _add(request: Request, *, page: TaskFormPage) -> HttpResponse:
    form = RowsForm(request.POST)
    workplace_id = page.workplace.id
    try:
        rows = form.sheet if form.is_valid() else ()
        if not rows:
            raise Refused("rows_unread")
    except Refused as refused:
        blank = FileForm({})
        blank.errors.clear()
        blank.add_error("file", refusal_told(refused))
        return _start(request, page=page, form=blank, status=422)

    def do() -> Imported:
        done = import_tasks(
            actor=request.actor,
            workplace_id=workplace_id,
            rows=rows,
            makes_posts=form.cleaned_data["makes_posts"],
            at=request.at,
            on=request.on,
        )
        _tell(request, done)
        return done

    return act(
        request,
        do=do,
        form=None,
        again=lambda *, status: _looked_at(request, page=page, rows=rows, status=status),
        to=reverse("tasks", args=[workplace_id]),
    )


def _tell(request: Request, done: Imported) -> None:
    added = ngettext("%(count)d task was added.", "%(count)d tasks were added.", done.added)
    messages.success(request, added % {"count": done.added})
    if done.known:
        there = ngettext(
            "%(count)d was on the list already and stays as it is.",
            "%(count)d were on the list already and stay as they are.",
            done.known,
        )
        messages.info(request, there % {"count": done.known})
    if done.left_out:
        left = ngettext(
            "%(count)d row was left out. Put it right in the file and read the file again: nothing comes twice.",
            "%(count)d rows were left out. Put them right in the file and read the file again: nothing comes twice.",
            done.left_out,
        )
        messages.warning(request, left % {"count": done.left_out})


def _start(request: Request, *, page: TaskFormPage, form: FileForm, status: int = 200) -> HttpResponse:
    columns = [(heading, needed) for heading, _others, needed in COLUMNS.values()]
    context = framed(request, page=page, workplace=page.workplace, form=form, columns=columns)
    return render(request, "tasks/import.html", context, status=status)


def _looked_at(request: Request, *, page: TaskFormPage, rows: tuple[SheetRow, ...], status: int = 200) -> HttpResponse:
    shown: SheetPage = found(
        sheet_looked_at(actor=request.actor, workplace_id=page.workplace.id, rows=rows, on=request.on)
    )
    carried = json.dumps([as_cells(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    context = framed(
        request,
        page=page,
        workplace=page.workplace,
        shown=shown,
        lines=_lines(shown.rows),
        wrong=shown.count(RowState.WRONG),
        form=RowsForm(initial={"rows": carried}),
        posts=", ".join(shown.new_posts),
    )
    return render(request, "tasks/import_rows.html", context, status=status)


def _lines(rows: Iterable[CheckedRow]) -> list[dict[str, Any]]:
    """What has to be put right first, then by row."""
    ordered = sorted(rows, key=lambda row: (row.state not in (RowState.WRONG, RowState.POST), row.number))
    return [
        {
            "row": row,
            "is_wrong": row.state == RowState.WRONG,
            "told": _problem_told(row) if row.problem else str(ROW_WORDS[row.state]),
        }
        for row in ordered
    ]


def _problem_told(row: CheckedRow) -> str:
    assert row.problem is not None
    named = [COLUMNS[field][0] for field in row.problem.fields if field in COLUMNS]
    text = refusal_told(row.problem) if row.problem.code in REFUSALS else ""
    return f"{named[0]}: {text}" if named else text
