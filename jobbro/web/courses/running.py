"""How a course ended for a person, what it gave, and the certificate."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.courses.enums import SeatState
from jobbro.apps.courses.services.running import finish_enrolment, tell_outcome
from jobbro.webkit.requests import Request, found

from .acting import act, noting, printing, speaking
from .forms import OutcomeForm
from .pdf import certificate
from .seats import page_of, show_seat


@noting
def enrolment_finish(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Completed, or stopped on the way."""
    page_of(request, enrolment_id)
    back = reverse("enrolment", args=[enrolment_id])
    how = request.POST.get("how", "")
    if request.method != "POST" or how not in ("complete", "stop"):
        return redirect(back)
    return act(
        request,
        do=lambda: finish_enrolment(
            actor=request.actor,
            enrolment_id=enrolment_id,
            is_completed=how == "complete",
            seen=request.POST.get("seen", ""),
            at=request.at,
            on=request.on,
        ),
        form=None,
        again=None,
        to=back,
        late=back,
        done=_("It is noted."),
    )


@speaking
def enrolment_outcome(request: Request, enrolment_id: UUID) -> HttpResponse:
    """What the course gave, in the person's words."""
    page = page_of(request, enrolment_id)
    back = reverse("enrolment", args=[enrolment_id])
    if request.method != "POST":
        return redirect(back)
    form = OutcomeForm(request.POST, is_own=page.is_own, prefix="outcome")

    def again(*, status: int) -> HttpResponse:
        return show_seat(request, page=page, outcome_form=form, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: tell_outcome(
            actor=request.actor,
            enrolment_id=enrolment_id,
            words=form.cleaned_data["words"],
            next_step=form.cleaned_data["next_step"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=f"{back}#outcome",
        late=back,
        done=_("Thank you. It is saved."),
    )


@printing
def certificate_pdf(request: Request, enrolment_id: UUID) -> HttpResponse:
    """The certificate: what was done, never what somebody needed. Only for a course that was completed."""
    page = page_of(request, enrolment_id)
    found(True if page.citizen is not None and page.enrolment.state == SeatState.COMPLETED else None)
    return certificate(page, on=request.on)
