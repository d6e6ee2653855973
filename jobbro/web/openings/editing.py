"""A new open job and changes of one: nothing typed is lost, and two at once are told."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.enums import OpeningOrigin
from jobbro.apps.jobs.selectors.openings import OpeningForm as OpeningFormPage
from jobbro.apps.jobs.selectors.openings import opening_form
from jobbro.apps.jobs.services.openings import add_opening, change_opening
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, framed, keeping, refuse_unless
from .forms import OpeningForm, WordsForm, initial_of, typed_values


@keeping
def opening_add(request: Request, workplace_id: UUID) -> HttpResponse:
    """A draft: support that is usual there is ticked, and what the job asks comes from its occupation."""
    page = found(opening_form(actor=request.actor, workplace_id=workplace_id, on=request.on))
    if not page.workplace.may_keep:
        return closed_page(request, page=page)
    if request.method != "POST":
        return form_page(request, page=page, form=OpeningForm(page=page, initial=initial_of(page)))
    if "find" in request.POST:
        return form_page(request, page=page, form=OpeningForm(page=page, initial=typed_values(request.POST)))
    form = OpeningForm(request.POST, page=page)
    if not form.is_valid():
        return form_page(request, page=page, form=form, status=422)
    origin = OpeningOrigin.EMPLOYER if request.actor.is_employer else OpeningOrigin.BROKER
    return act(
        request,
        do=lambda: add_opening(
            actor=request.actor,
            workplace_id=workplace_id,
            draft=form.draft,
            origin=origin,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=lambda *, status: form_page(request, page=page, form=form, status=status),
        to=lambda row: reverse("opening_demand", args=[row.pk]),
        late=reverse("opening_add", args=[workplace_id]),
        done=_("Saved as a draft. Now look at what the job asks."),
    )


@keeping
def opening_change(request: Request, opening_id: UUID) -> HttpResponse:
    """The job as it stands, in its form; of a carved job only words, days and support."""
    page = found(opening_form(actor=request.actor, opening_id=opening_id, on=request.on))
    row = found(page.row)
    refuse_unless(not (request.actor.is_employer and row.is_reserved))
    if not page.workplace.may_keep:
        return closed_page(request, page=page)
    kind = WordsForm if row.carved_job_id else OpeningForm
    if request.method != "POST":
        return form_page(request, page=page, form=kind(page=page, initial=initial_of(page)))
    if "find" in request.POST and kind is OpeningForm:
        return form_page(request, page=page, form=OpeningForm(page=page, initial=typed_values(request.POST)))
    form = kind(request.POST, page=page)
    if not form.is_valid():
        return form_page(request, page=page, form=form, status=422)

    def again(*, status: int) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=page.seen)
        return form_page(request, page=page, form=form, status=status)

    return act(
        request,
        do=lambda: change_opening(
            actor=request.actor,
            opening_id=opening_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=reverse("opening", args=[opening_id]),
        late=reverse("opening", args=[opening_id]),
        done=_("Saved."),
    )


def closed_page(request: Request, *, page: OpeningFormPage) -> HttpResponse:
    if request.method == "POST" or page.row is None:
        status = 409 if request.method == "POST" else 200
        return render(request, "openings/closed.html", framed(request, workplace=page.workplace), status=status)
    return redirect("opening", opening_id=page.row.pk)


def form_page(request: Request, *, page: OpeningFormPage, form: WordsForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = framed(
        request,
        page=page,
        row=page.row,
        workplace=page.workplace,
        form=form,
        is_whole=isinstance(form, OpeningForm),
        is_conflict=status == 409,
    )
    return render(request, "openings/form.html", context, status=status)
