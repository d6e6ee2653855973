"""A job has ended: the last day, why, and whose decision it was."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import EndedBy, EndReason
from jobbro.apps.placements.selectors.onboarding import onboarding_page
from jobbro.apps.placements.services.ending import end_placement
from jobbro.webkit.requests import Request, found

from .acting import act, keeping
from .forms import EndForm
from .reading import page_shown


@keeping
def placement_end(request: Request, placement_id: UUID) -> HttpResponse:
    """End the job, with its reason."""
    page = found(onboarding_page(actor=request.actor, placement_id=placement_id, on=request.on))
    back = reverse("onboarding", args=[placement_id])
    if not page.may_keep:
        return redirect(back)
    form = EndForm(request.POST or None, initial={"ended_on": request.on})

    def again(*, status: int = 200) -> HttpResponse:
        is_ahead = "ahead" in {error.code for error in form.errors.as_data().get("ended_on", ())}
        told = {"form": form, "is_ahead": is_ahead}
        return render(request, "onboarding/end.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: _end(request, placement_id=placement_id, form=form),
        form=form,
        again=again,
        to=back,
        done=_("The job has ended. The team around the person stays, and the next step is waiting for you."),
    )


def _end(request: Request, *, placement_id: UUID, form: EndForm) -> None:
    data = form.cleaned_data
    ended_on: date = data["ended_on"]
    end_placement(
        actor=request.actor,
        placement_id=placement_id,
        ended_on=ended_on,
        reason=EndReason(data["reason"]),
        decided_by=EndedBy(data["decided_by"]) if data["decided_by"] else None,
        note=data["note"],
        on=request.on,
        at=request.at,
    )
