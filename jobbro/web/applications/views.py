"""The applications of a citizen, how one begins, one whole, its form and its documents; and what waits for whom."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.applications import services
from jobbro.apps.applications.selectors import (
    ApplicationPage,
    application_for,
    applications_of,
    deadlines_for,
    start_for,
)
from jobbro.apps.applications.selectors.deadlines import Whose
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.webkit.access import FILE, page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import READERS, act, applying, reading
from .forms import DocumentsForm, DraftForm
from .pdf import application_pdf as set_application
from .printing import printed_application
from .reading import application_shown, applications_shown, deadlines_shown, documents_shown, start_shown

SHOWN_AT_ONCE = 200


@page(FILE, purpose=Purpose.WORKLIST, kind=Kind.LIST, tier=Tier.HEALTH)
def deadlines(request: Request) -> HttpResponse:
    """What waits for whom: for the citizens one stands around, or for all of the team."""
    whose: Whose = "team" if request.GET.get("whose") == "team" else "own"
    shown = deadlines_for(actor=request.actor, whose=whose, on=request.on, most=SHOWN_AT_ONCE)
    return render(request, "applications/deadlines.html", deadlines_shown(shown))


@reading
def applications(request: Request, citizen_id: UUID) -> HttpResponse:
    """All applications of a citizen, and what can be applied for."""
    shown = found(applications_of(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return render(request, "applications/applications.html", applications_shown(shown, on=request.on))


@applying
def application_start(request: Request, citizen_id: UUID, scheme: str) -> HttpResponse:
    """How one applies for the scheme and what is known already; then the draft."""
    shown = found(start_for(actor=request.actor, citizen_id=citizen_id, scheme=scheme, on=request.on))
    if request.method != "POST":
        return render(request, "applications/start.html", start_shown(shown))
    if not shown.procedure.fields:
        return redirect("vacancies", citizen_id=citizen_id)
    row = services.start_application(
        actor=request.actor, citizen_id=citizen_id, scheme=scheme, known=shown.known, at=request.at
    )
    return redirect("application_write", application_id=row.pk)


@reading
def application(request: Request, application_id: UUID) -> HttpResponse:
    """One application: what comes next, what it says, its documents and what was decided."""
    return render(
        request, "applications/application.html", application_shown(_page(request, application_id), on=request.on)
    )


@page(READERS, purpose=Purpose.CASEWORK, kind=Kind.PRINT, tier=Tier.HEALTH)
def application_pdf(request: Request, application_id: UUID) -> HttpResponse:
    """The application on paper; its file name tells nothing."""
    content = printed_application(_page(request, application_id), sender=request.actor.municipality, on=request.on)
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    response = HttpResponse(set_application(content, note_when_unprintable=note), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="application.pdf"'
    return response


@applying
def application_write(request: Request, application_id: UUID) -> HttpResponse:
    """The form of the draft; half of it may be filled in already, and it may be left half written."""
    shown = _page(request, application_id)
    if not shown.may_write:
        return redirect("application", application_id=application_id)
    form = DraftForm(request.POST or None, fields=shown.fields, seen=shown.seen)

    def again(*, status: int = 200) -> HttpResponse:
        now = _page(request, application_id) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.seen)
        context = {**application_shown(now, on=request.on), "form": form, "is_conflict": status == 409}
        return render(request, "applications/write.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.write_application(
            actor=request.actor,
            application_id=application_id,
            values=form.values,
            seen=form.cleaned_data["seen"],
        ),
        form=form,
        again=again,
        to=reverse("application", args=[application_id]),
        done=_("Saved. Nothing has been sent yet."),
    )


@applying
def application_documents(request: Request, application_id: UUID) -> HttpResponse:
    """The checklist: where each document is, and one more to ask for."""
    shown = _page(request, application_id)
    if not shown.may_keep_documents:
        return redirect("application", application_id=application_id)
    form = DocumentsForm(
        request.POST or None,
        documents=shown.documents,
        may_add=not shown.is_own,
        initial={"seen": shown.seen_documents},
    )

    def again(*, status: int = 200) -> HttpResponse:
        now = _page(request, application_id) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.seen_documents)
        context = {
            **application_shown(now, on=request.on),
            "form": form,
            "lines": documents_shown(now, form=form),
            "is_conflict": status == 409,
        }
        return render(request, "applications/documents.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.change_documents(
            actor=request.actor,
            application_id=application_id,
            drafts=form.drafts,
            add=form.cleaned_data.get("add", ""),
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        form=form,
        again=again,
        to=reverse("application", args=[application_id]),
        done=_("Saved."),
    )


def _page(request: Request, application_id: UUID) -> ApplicationPage:
    return found(application_for(actor=request.actor, application_id=application_id, on=request.on))
