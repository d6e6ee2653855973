"""A citizen's file: read it, write in the log, set the next step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.cases import services
from jobbro.apps.placements.front_selectors import FileWithTables, file_with_tables
from jobbro.webkit.access import CITIZEN, FILE, either, page
from jobbro.webkit.requests import Request

from .forms import NoteForm, StepForm, step_initial


def _file(request: Request, *, citizen_id: UUID, all_notes: bool = False) -> FileWithTables:
    """The file, or 404 whether it does not exist or is not the actor's to see."""
    found = file_with_tables(
        actor=request.actor, citizen_id=citizen_id, on=request.on, at=request.at, all_notes=all_notes
    )
    if found is None:
        raise Http404
    urgent = found.whole.file.urgent
    if urgent is not None:
        request.look.purpose, request.look.purpose_text = Purpose.BREAK_GLASS, urgent.reason
    return found


@page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
def citizen(request: Request, citizen_id: UUID) -> HttpResponse:
    """The file; citizens see their own, told to them."""
    found = _file(request, citizen_id=citizen_id)
    whole = found.whole
    context = {"file": whole.file, "whole": whole, "tables": found.tables, "note_form": NoteForm(prefix="note")}
    template = "cases/own_file.html" if request.actor.citizen_id else "cases/file.html"
    return render(request, template, context)


@page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
def case_notes(request: Request, citizen_id: UUID) -> HttpResponse:
    """The whole log."""
    whole = _file(request, citizen_id=citizen_id, all_notes=True).whole
    base = "base_citizen.html" if request.actor.citizen_id else "base_staff.html"
    return render(request, "cases/notes.html", {"file": whole.file, "base_template": base})


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
def case_note_add(request: Request, citizen_id: UUID) -> HttpResponse:
    """Write in the log."""
    form = NoteForm(request.POST if request.method == "POST" else None, prefix="note")
    if form.is_bound and form.is_valid():
        try:
            services.write_note(
                actor=request.actor,
                citizen_id=citizen_id,
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                is_shared=not form.cleaned_data["is_internal"],
                at=request.at,
                on=request.on,
            )
        except services.CaseUnknown:
            raise Http404 from None
        messages.success(request, _("It is in the log."))
        return redirect("citizen", citizen_id)
    file = _file(request, citizen_id=citizen_id).whole.file
    return render(request, "cases/note_add.html", {"file": file, "form": form}, status=422 if form.errors else 200)


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
def case_step_set(request: Request, citizen_id: UUID) -> HttpResponse:
    """Set the next step."""
    if request.method == "GET":
        file = _file(request, citizen_id=citizen_id).whole.file
        return render(request, "cases/step_set.html", {"file": file, "form": StepForm(initial=step_initial(file))})
    form = StepForm(request.POST)
    if not form.is_valid():
        file = _file(request, citizen_id=citizen_id).whole.file
        return render(request, "cases/step_set.html", {"file": file, "form": form}, status=422)
    try:
        services.set_next_step(
            actor=request.actor,
            citizen_id=citizen_id,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            on=request.on,
        )
    except services.CaseUnknown:
        raise Http404 from None
    messages.success(request, _("The next step has been saved."))
    return redirect("citizen", citizen_id)
