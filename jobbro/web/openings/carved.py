"""An agreed carved job is opened for proposals."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.jobs.refusals import NotThere
from jobbro.apps.jobs.selectors.carved_parts import job_for
from jobbro.apps.jobs.services.openings_carved import open_carved_job
from jobbro.webkit.access import KEEPERS, page
from jobbro.webkit.requests import Request, found

from .acting import act
from .forms import SeenForm


@page(KEEPERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
def carved_job_open(request: Request, job_id: UUID) -> HttpResponse:
    """The job is in the pool: of the person it was carved for, or of everybody."""
    to = reverse("carved_job", args=[job_id])
    if request.method != "POST":
        found(_seen(request, job_id))
        return redirect(to)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""

    def again(*, status: int) -> HttpResponse:
        messages.warning(request, _("Somebody changed the job just before you. Look at it once more, then open it."))
        return redirect(to)

    return act(
        request,
        do=lambda: open_carved_job(actor=request.actor, job_id=job_id, seen=seen, at=request.at, on=request.on),
        form=None,
        again=again,
        to=lambda row: reverse("opening", args=[row.pk]),
        late=to,
        done=_("The job is open for proposals."),
    )


def _seen(request: Request, job_id: UUID) -> object | None:
    """The job, when the actor sees it."""
    try:
        return job_for(actor=request.actor, job_id=job_id)
    except NotThere:
        return None
