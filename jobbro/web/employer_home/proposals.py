"""Jobs proposed to the company: the list, one of them, and the answer with its receipt."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from jobbro.apps.jobs import employer_selectors as selectors
from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.jobs.services.carved_jobs import JobMove, move_job
from jobbro.webkit.companies import company_asked
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import keeping, reading, show, tell_refusal
from .forms import NotNowForm, YesForm
from .reading import demand_lines, guide_cards, week_of
from .words import measure_lines, skill_names

Again = Callable[..., HttpResponse]
# Names of the service's fields that the form calls otherwise.
FIELDS = {"agreed_with": "name"}


@reading
def our_proposals(request: Request) -> HttpResponse:
    """The proposals, those that wait for an answer first."""
    own = found(selectors.our_proposals(actor=request.actor, company_id=company_asked(request)))
    return show(request, "employer_home/proposals.html", choice=own.choice, own=own)


@keeping
def our_proposal(request: Request, job_id: UUID) -> HttpResponse:
    """The job as it is proposed, and yes to it."""
    own = selectors.our_proposal(actor=request.actor, job_id=job_id)
    if own is None:
        return _not_here(request)
    first = {"name": request.actor.name, "seen": own.page.seen}
    form = YesForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method != "POST":
        return _proposal(request, own=own, form=form)
    return _answer(request, own=own, form=form, move="agree", again=_proposal)


@keeping
def our_proposal_decline(request: Request, job_id: UUID) -> HttpResponse:
    """Not now, with the reason."""
    own = selectors.our_proposal(actor=request.actor, job_id=job_id)
    if own is None:
        return _not_here(request)
    form = NotNowForm(request.POST if request.method == "POST" else None, initial={"seen": own.page.seen})
    if request.method != "POST":
        return _decline(request, own=own, form=form)
    return _answer(request, own=own, form=form, move="decline", again=_decline)


@reading
def our_proposal_answered(request: Request, job_id: UUID) -> HttpResponse:
    """The receipt: what was answered, who reads it and what comes next."""
    own = selectors.our_proposal(actor=request.actor, job_id=job_id)
    if own is None:
        return _not_here(request)
    if own.page.job.state not in ("agreed", "declined"):
        return redirect("our_proposal", job_id=job_id)
    return show(request, "employer_home/answered.html", choice=own.choice, own=own, job=own.page.job)


def _answer(
    request: Request, *, own: selectors.OurProposal, form: YesForm | NotNowForm, move: str, again: Again
) -> HttpResponse:
    """Receipt; or the page with what to put right (422), or as it stands now (409)."""
    if own.choice.card.is_closed:
        return again(request, own=own, form=form, status=409)
    if not form.is_valid():
        return again(request, own=own, form=form, status=422)
    details = JobMove(
        on=request.on,
        words=form.cleaned_data.get("words", ""),
        agreed_with=form.cleaned_data.get("name", ""),
    )
    job_id = own.page.job.pk
    try:
        move_job(
            actor=request.actor,
            job_id=job_id,
            move=move,
            details=details,
            seen=form.cleaned_data["seen"],
            at=request.at,
        )
    except NotThere:
        return _not_here(request)
    except Refused as refusal:
        tell_refusal(form, code=refusal.code, fields=tuple(FIELDS.get(name, name) for name in refusal.fields))
        return again(request, own=own, form=form, status=422)
    except (Changed, NotNow):
        return _stands_otherwise(request, job_id=job_id, form=form, again=again)
    return redirect("our_proposal_answered", job_id=job_id)


def _stands_otherwise(request: Request, *, job_id: UUID, form: YesForm | NotNowForm, again: Again) -> HttpResponse:
    """The proposal as it stands now; what was typed is kept, and sent again it is meant."""
    own = selectors.our_proposal(actor=request.actor, job_id=job_id)
    if own is None:
        return _not_here(request)
    with_new_mark(form, seen=own.page.seen)
    return again(request, own=own, form=form, status=409)


def _proposal(
    request: Request, *, own: selectors.OurProposal, form: YesForm | NotNowForm, status: int = 200
) -> HttpResponse:
    page = own.page
    return show(
        request,
        "employer_home/proposal.html",
        choice=own.choice,
        own=own,
        page=page,
        job=page.job,
        form=form,
        week=week_of(own),
        demands=demand_lines(own),
        supports=measure_lines(page.supports),
        skills=skill_names(page.job.requires),
        guides=guide_cards(own.guides),
        is_conflict=status == 409,
        status=status,
    )


def _decline(
    request: Request, *, own: selectors.OurProposal, form: YesForm | NotNowForm, status: int = 200
) -> HttpResponse:
    """The form for not now; a proposal that has been answered is shown as it stands."""
    if "decline" not in own.page.moves:
        return _proposal(request, own=own, form=form, status=status)
    told = {"job": own.page.job, "form": form, "is_conflict": status == 409}
    return show(request, "employer_home/decline.html", choice=own.choice, status=status, **told)


def _not_here(request: Request) -> HttpResponse:
    """It is not there, not theirs, or has been taken back to be changed: one answer, and whom to ring."""
    choice = found(selectors.chosen_company(actor=request.actor))
    return show(request, "employer_home/no_proposal.html", choice=choice, status=404)
