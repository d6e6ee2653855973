"""Importing people: choose a file, look at what was found, mend it, import it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.accounts.enums import Role
from jobbro.apps.imports import selectors, services
from jobbro.apps.imports.columns import COLUMNS, Column, ColumnsMissing
from jobbro.apps.imports.enums import Kind, Refusal
from jobbro.apps.imports.templates import csv_template, xlsx_template
from jobbro.apps.organisations.permissions import NotYours
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request

from .forms import RowForm, UploadForm

IMPORTERS = roles(Role.ADMINISTRATOR, Role.TEAM_LEAD)
MAKES = {
    "csv": ("text/csv; charset=utf-8", csv_template),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_template),
}

NAMES = {
    Kind.CITIZENS: "borgere",
    Kind.STAFF: "medarbejdere",
    Kind.EMPLOYERS: "virksomheder",
    Kind.OPENINGS: "job",
}


@page(IMPORTERS)
def imports(request: Request) -> HttpResponse:
    """Files that have been uploaded, the newest first."""
    return render(request, "imports/imports.html", {"batches": selectors.import_batches(actor=request.actor)})


@page(IMPORTERS, writes=True)
def import_start(request: Request) -> HttpResponse:
    """Choose a file; it is looked at and nothing is imported yet."""
    choices = selectors.import_choices(actor=request.actor, on=request.on)
    if request.method != "POST":
        return _start_page(request, form=UploadForm(choices=choices))
    form = UploadForm(request.POST, request.FILES, choices=choices)
    is_too_large = getattr(request, "has_too_large_file", False)
    if is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", Refusal.TOO_LARGE.label)
        return _start_page(request, form=form, status=413)
    if not form.is_valid():
        return _start_page(request, form=form, status=422)
    return _upload(request, form=form)


@page(IMPORTERS)
def import_template(request: Request, kind: str, make: str) -> HttpResponse:
    """An empty file to fill in."""
    if kind not in Kind.values or make not in MAKES:
        raise Http404
    content_type, made = MAKES[make]
    name = NAMES[Kind(kind)]
    response = HttpResponse(made(kind=Kind(kind)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="jobbro-{name}.{make}"'
    return response


@page(IMPORTERS)
def import_batch(request: Request, batch_id: UUID) -> HttpResponse:
    """What was found in the file, rows to be looked at first."""
    return _batch_page(request, batch_id=batch_id)


@page(IMPORTERS, writes=True)
def import_run(request: Request, batch_id: UUID) -> HttpResponse:
    """Everything that is ready is imported at once."""
    if request.method != "POST":
        return redirect("import_batch", batch_id=batch_id)
    try:
        done = services.run_import(actor=request.actor, batch_id=batch_id, at=request.at, on=request.on)
    except NotYours:
        raise Http404 from None
    except services.BatchEnded:
        return _batch_page(request, batch_id=batch_id, status=409, has_ended=True)
    messages.success(
        request, ngettext("%(done)d row has been imported.", "%(done)d rows have been imported.", done) % {"done": done}
    )
    return redirect("import_batch", batch_id=batch_id)


@page(IMPORTERS, writes=True)
def import_end(request: Request, batch_id: UUID) -> HttpResponse:
    """The rest of the file is left out and forgotten."""
    shown = _found(request, batch_id=batch_id)
    if request.method != "POST":
        return render(request, "imports/end.html", {"shown": shown})
    try:
        services.end_batch(actor=request.actor, batch_id=batch_id, at=request.at)
    except services.BatchEnded:
        return _batch_page(request, batch_id=batch_id, status=409, has_ended=True)
    messages.success(request, _("The rest has been left out and deleted."))
    return redirect("import_batch", batch_id=batch_id)


@page(IMPORTERS, writes=True)
def import_row(request: Request, batch_id: UUID, number: int) -> HttpResponse:
    """One row, cell by cell, with what is wrong beside the cell."""
    shown = selectors.row_page(actor=request.actor, batch_id=batch_id, number=number)
    if shown is None:
        raise Http404
    if request.method != "POST":
        return _row_page(request, shown=shown, form=RowForm(shown=shown))
    form = RowForm(request.POST, shown=shown)
    if not form.is_valid():
        return _row_page(request, shown=shown, form=form, status=422)
    services.correct_row(actor=request.actor, batch_id=batch_id, number=number, values=form.cleaned_data, on=request.on)
    again = selectors.row_page(actor=request.actor, batch_id=batch_id, number=number)
    if again is not None and again.row.troubles:
        # Saved all the same: what is right now need not be written again.
        return _row_page(request, shown=again, form=_told(RowForm(request.POST, shown=again), again), status=422)
    messages.success(request, _("Row %(number)d is in order now.") % {"number": number})
    return redirect("import_batch", batch_id=batch_id)


@page(IMPORTERS, writes=True)
def import_row_skip(request: Request, batch_id: UUID, number: int) -> HttpResponse:
    """The row is left out of the import."""
    if request.method == "POST":
        try:
            services.skip_row(actor=request.actor, batch_id=batch_id, number=number, on=request.on)
        except (NotYours, services.BatchEnded):
            raise Http404 from None
        messages.success(request, _("Row %(number)d will not be imported.") % {"number": number})
    return redirect("import_batch", batch_id=batch_id)


def _upload(request: Request, *, form: UploadForm) -> HttpResponse:
    typed = form.cleaned_data
    upload = services.NewBatch(
        kind=Kind(typed["kind"]),
        municipality_code=typed["municipality"],
        team_id=UUID(typed["team"]) if typed["team"] and typed["kind"] != Kind.STAFF else None,
        file_name=typed["file"].name,
    )
    missing: tuple[Column, ...] = ()
    try:
        done = services.check_upload(
            actor=request.actor, upload=upload, file=typed["file"], at=request.at, on=request.on
        )
    except services.Unreadable as refused:
        form.add_error("file", refused.code.label)
    except ColumnsMissing as refused:
        missing = refused.missing
        form.add_error("file", _columns_text(refused))
    except services.ImportedElsewhere:
        form.add_error("file", _("A colleague has uploaded this file already. Ask an administrator about it."))
    except (services.TeamNeeded, NotYours):
        form.add_error("team", _("You cannot import to this team. Choose another one."))
    else:
        if not done.is_new:
            messages.info(request, _("You have uploaded this file before. Here is what became of it."))
        return redirect("import_batch", batch_id=done.batch_id)
    return _start_page(request, form=form, status=422, missing=missing, columns=COLUMNS[upload.kind])


def _columns_text(refused: ColumnsMissing) -> str:
    parts = [str(Refusal.COLUMNS.label)]
    if refused.missing:
        names = ", ".join(column.heading for column in refused.missing)
        parts.append(_("Add a column for: %(names)s.") % {"names": names})
    if refused.twice:
        names = ", ".join(column.heading for column in refused.twice)
        parts.append(_("More than one column is for: %(names)s.") % {"names": names})
    return " ".join(parts)


def _start_page(request: Request, *, form: UploadForm, status: int = 200, **more: Any) -> HttpResponse:
    kinds = [(kind, COLUMNS[kind]) for kind in form.kinds]
    return render(request, "imports/start.html", {"form": form, "kinds": kinds, **more}, status=status)


def _found(request: Request, *, batch_id: UUID) -> selectors.BatchPage:
    number = request.GET.get("page", "1")
    shown = selectors.batch_page(
        actor=request.actor,
        batch_id=batch_id,
        state=request.GET.get("state", ""),
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    if shown is None:
        raise Http404
    return shown


def _batch_page(request: Request, *, batch_id: UUID, status: int = 200, **more: Any) -> HttpResponse:
    shown = _found(request, batch_id=batch_id)
    counts = [(state, number) for state, number in shown.counts.items() if number]
    by_code = {state.value: number for state, number in shown.counts.items()}
    is_companies = shown.batch.kind == Kind.EMPLOYERS
    context = {
        "shown": shown,
        "is_companies": is_companies,
        "is_jobs": shown.batch.kind == Kind.OPENINGS,
        "counts": counts,
        "by_code": by_code,
        "state": request.GET.get("state", ""),
        **more,
    }
    return render(request, "imports/batch.html", context, status=status)


def _row_page(request: Request, *, shown: selectors.RowPage, form: RowForm, status: int = 200) -> HttpResponse:
    return render(request, "imports/row.html", {"shown": shown, "form": form}, status=status)


def _told(form: RowForm, shown: selectors.RowPage) -> RowForm:
    for trouble in shown.row.troubles:
        field = trouble.column.code if trouble.column else None
        name = trouble.column.label if trouble.column else _("The row")
        form.add_error(field, f"{name} {trouble.fault.label}.")
    return form
