"""The carved jobs of a workplace, one whole, on paper, and as a file to match."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.economics.carved_jobs import carved_job_case
from jobbro.apps.jobs.refusals import Refused
from jobbro.apps.jobs.selectors.carved_jobs import carved_job_file as job_file
from jobbro.apps.jobs.selectors.carved_jobs import carved_jobs_at
from jobbro.apps.jobs.selectors.offered_jobs import offered_job_page
from jobbro.apps.jobs.selectors.proposals import proposal_page
from jobbro.webkit.access import EMPLOYER, PARTNERS, either, page
from jobbro.webkit.requests import Request

from .acting import offered, reading, there
from .jobs_reading import job_shown, offered_shown
from .pdf import proposal_pdf as set_proposal
from .printing import printed_proposal
from .words import STATES, hours_told


@reading
def carved_jobs(request: Request, workplace_id: UUID) -> HttpResponse:
    """The jobs made of this workplace's tasks, those that are alive first."""
    workplace, rows = there(lambda: carved_jobs_at(actor=request.actor, workplace_id=workplace_id))
    lines = [{"row": row, "state": STATES[row.state], "hours": hours_told(row.hours)} for row in rows]
    context = {"workplace": workplace, "lines": lines, "may_carve": request.actor.is_caseworking}
    return render(request, "carving/jobs.html", context)


@offered
def carved_job(request: Request, job_id: UUID) -> HttpResponse:
    """One job: for staff the whole case, for the citizen it is for the work and the support."""
    if request.actor.citizen_id is not None:
        page_for_citizen = there(lambda: offered_job_page(actor=request.actor, job_id=job_id))
        return render(request, "carving/offered.html", offered_shown(page_for_citizen))
    case = there(lambda: carved_job_case(actor=request.actor, job_id=job_id, on=request.on))
    return render(request, "carving/job.html", job_shown(case))


@page(either(EMPLOYER, PARTNERS), purpose=Purpose.CASEWORK, kind=Kind.PRINT, tier=Tier.ORDINARY)
def carved_job_pdf(request: Request, job_id: UUID) -> HttpResponse:
    """The proposal on paper, exactly what the employer sees; its file name tells nothing."""
    shown = there(lambda: proposal_page(actor=request.actor, job_id=job_id))
    content = printed_proposal(shown, actor=request.actor, on=request.on)
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    response = HttpResponse(set_proposal(content, note_when_unprintable=note), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="forslag.pdf"'
    return response


@reading
def carved_job_file(request: Request, job_id: UUID) -> HttpResponse:
    """The job as matching reads it: one line of JSON."""
    try:
        found = there(lambda: job_file(actor=request.actor, job_id=job_id))
    except Refused:
        messages.warning(
            request, _("The workplace has no postcode yet, so the distance to it is not known. Write it first.")
        )
        return HttpResponseRedirect(reverse("carved_job", args=[job_id]))
    line = json.dumps(found, ensure_ascii=False) + "\n"
    response = HttpResponse(line, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="job.jsonl"'
    return response
