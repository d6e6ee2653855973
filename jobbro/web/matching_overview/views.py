"""How matching stands, and its runs: start one, stop one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.matching.refusals import NotThere, Refused
from jobbro.apps.matching.selectors import overview as selectors
from jobbro.apps.matching.selectors.overview import Who
from jobbro.apps.matching.services.runs import start_run, stop_run
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request

from .reading import overview_shown, runs_shown
from .words import REFUSALS

READERS = roles(*CASEWORK_ROLES, Role.ADMINISTRATOR)
RUNNERS = roles(Role.TEAM_LEAD, Role.ADMINISTRATOR)


@page(READERS, purpose=Purpose.WORKLIST, kind=Kind.LIST, tier=Tier.HEALTH)
def matching_overview(request: Request) -> HttpResponse:
    """The last run, those without a job on their list by name, and what they ask for."""
    wanted = request.GET.get("who", "")
    who = Who(wanted) if wanted in tuple(Who) else Who.NONE
    shown = selectors.matching_overview(
        actor=request.actor, who=who, number=_number(request), on=request.on, at=request.at
    )
    return render(request, "matching_overview/overview.html", {**overview_shown(shown), "who": who})


def _number(request: Request) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


@page(READERS)
def match_runs(request: Request) -> HttpResponse:
    """The newest runs, and how far the one under way is. Nobody is named."""
    shown = selectors.match_runs(actor=request.actor, at=request.at)
    return render(request, "matching_overview/runs.html", runs_shown(shown))


@page(RUNNERS, writes=True)
def match_run_start(request: Request) -> HttpResponse:
    """A run over everybody begins when the worker is free."""
    if request.method == "POST":
        try:
            start_run(actor=request.actor, at=request.at)
            messages.success(request, _("The run begins in a moment. You can leave the page."))
        except Refused as refusal:
            messages.warning(request, str(REFUSALS[refusal.code]))
    return HttpResponseRedirect(reverse("match_runs"))


@page(RUNNERS, writes=True)
def match_run_stop(request: Request, run_id: UUID) -> HttpResponse:
    """The run stops; lists that are written stay."""
    if request.method == "POST":
        try:
            stop_run(actor=request.actor, run_id=run_id, at=request.at)
            messages.success(request, _("The run stops. Lists that are made already stay as they are."))
        except NotThere as error:
            raise Http404 from error
        except Refused as refusal:
            messages.warning(request, str(REFUSALS[refusal.code]))
    return HttpResponseRedirect(reverse("match_runs"))
