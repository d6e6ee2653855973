"""The jobs of a person, those that are hidden and why, and one job beside the person."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.selectors.jobs import FIRST, MOST, hidden_page, jobs_page
from jobbro.apps.matching.selectors.pairs import PairPage, pair_page
from jobbro.engines.matching.model import Reason
from jobbro.webkit.requests import Request

from .acting import base_of, reading, there
from .forms import WhyForm
from .jobs_reading import hidden_shown, jobs_shown, missing_told, round_told
from .pair_reading import job_facts, pair_shown
from .words import REASONS, STATES, listed_told


@reading
def jobs_for(request: Request, citizen_id: UUID) -> HttpResponse:
    """Jobs in the one order there is, in groups, as sentences."""
    top = number_in(request, name="show", otherwise=FIRST, most=MOST)
    page = there(lambda: jobs_page(actor=request.actor, citizen_id=citizen_id, on=request.on, top=max(FIRST, top)))
    return render(request, "proposals/jobs.html", jobs_shown(page, base=base_of(is_own=page.is_own)))


@reading
def jobs_hidden(request: Request, citizen_id: UUID, reason: str) -> HttpResponse:
    """The jobs that one reason keeps away, each with why."""
    if reason not in REASONS:
        raise Http404
    number = number_in(request, name="page", otherwise=1, most=100_000)
    page = there(
        lambda: hidden_page(
            actor=request.actor, citizen_id=citizen_id, reason=Reason(reason), number=number, on=request.on
        )
    )
    return render(request, "proposals/hidden.html", hidden_shown(page, base=base_of(is_own=page.is_own)))


@reading
def job_for(request: Request, citizen_id: UUID, opening_id: UUID) -> HttpResponse:
    """The pair whole: what the job asks, how it goes, what carries the rest, and a button to pick it."""
    page = there(lambda: pair_page(actor=request.actor, citizen_id=citizen_id, opening_id=opening_id, on=request.on))
    return render(request, "proposals/job.html", pair_context(page, form=WhyForm(is_own=page.is_own)))


def pair_context(page: PairPage, *, form: WhyForm) -> dict[str, Any]:
    """The context of the page of a pair; `form` asks why it is picked."""
    return {
        **(pair_shown(page.told, is_own=page.is_own) if page.told else {}),
        "base": base_of(is_own=page.is_own),
        "page": page,
        "citizen": page.citizen,
        "opening": page.opening,
        "facts": job_facts(page.opening),
        "missing": missing_told(page.missing, citizen_id=page.citizen.pk, is_own=page.is_own),
        "proposed": round_told(page.proposed_round, is_own=page.is_own),
        "listed_by": listed_told(page.listed_by, places=page.opening.places),
        "live_state": STATES[ProposalState(page.live.state)] if page.live else "",
        "form": form,
    }


def number_in(request: Request, *, name: str, otherwise: int, most: int) -> int:
    """A number of the address; anything else counts as not there."""
    told = request.GET.get(name, "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 7 else otherwise
    return min(max(number, 1), most)
