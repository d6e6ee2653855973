"""A job picked with why, the proposal with its steps, and its moves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.selectors.pairs import pair_page
from jobbro.apps.matching.selectors.proposals import ProposalPage, proposal_page
from jobbro.apps.matching.services.proposals import make_proposal, move_proposal
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .acting import act, base_of, picking, reading, there
from .forms import MoveForm, WhyForm
from .jobs import pair_context
from .pair_reading import job_facts, pair_shown
from .words import REFUSALS, SAID_BY, STATES, next_told


@picking
def proposal_make(request: Request, citizen_id: UUID, opening_id: UUID) -> HttpResponse:
    """Say why, and the job is picked."""
    page = there(lambda: pair_page(actor=request.actor, citizen_id=citizen_id, opening_id=opening_id, on=request.on))
    if page.live is not None:
        messages.warning(request, str(REFUSALS["twice"]))
        return redirect("proposal", page.live.pk)
    form = WhyForm(request.POST or None, is_own=page.is_own)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "proposals/job.html", pair_context(page, form=form), status=status)

    if request.method != "POST":
        return redirect("job_for", citizen_id, opening_id)
    if not form.is_valid():
        return again(status=422)

    def make() -> HttpResponse:
        made = make_proposal(
            actor=request.actor,
            citizen_id=citizen_id,
            opening_id=opening_id,
            why=form.cleaned_data["why"],
            at=request.at,
            on=request.on,
        )
        messages.success(request, _("The job has been picked. You can follow what happens here."))
        return redirect("proposal", made.pk)

    return act(do=make, form=form, again=again)


@reading
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Where the proposal stands, every step with its reason, and what it was built on."""
    page = _page(request, proposal_id)
    return render(request, "proposals/proposal.html", proposal_shown(page))


@picking
def proposal_move(request: Request, proposal_id: UUID) -> HttpResponse:
    """Say what has happened, or that it is not going to be this job."""
    page = _page(request, proposal_id)
    form = MoveForm(request.POST or None, moves=page.moves, is_own=page.is_own, initial={"seen": page.proposal.state})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, proposal_id).proposal.state)
        context = {**proposal_shown(page), "form": form, "is_conflict": status == 409}
        return render(request, "proposals/move.html", context, status=status)

    if request.method != "POST":
        return again() if page.moves else redirect("proposal", proposal_id)
    if not form.is_valid():
        return again(status=422)

    def move() -> HttpResponse:
        move_proposal(
            actor=request.actor,
            proposal_id=proposal_id,
            state=form.state_told,
            reason=form.cleaned_data["reason"],
            said_by=form.side_told,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        )
        messages.success(request, _("Saved. The next step is on this page."))
        return redirect("proposal", proposal_id)

    return act(do=move, form=form, again=again)


def proposal_shown(page: ProposalPage) -> dict[str, Any]:
    """The context of every page of a proposal."""
    state = ProposalState(page.proposal.state)
    return {
        **pair_shown(page.told, is_own=page.is_own),
        "base": base_of(is_own=page.is_own),
        "page": page,
        "proposal": page.proposal,
        "citizen": page.citizen,
        "facts": job_facts(page.opening) if page.opening else None,
        "state": STATES[state],
        "steps": [
            # The first reason is why the job was picked, which stands above.
            {"step": one, "state": STATES[one.state], "side": SAID_BY[one.side], "is_first": one is page.steps[0]}
            for one in reversed(page.steps)
        ],
        "rules": page.proposal.rule_version[:12],
        "may_decline_only": page.is_own,
        "next_text": next_told(state, is_own=page.is_own, has_card=page.card_id is not None),
        "may_card": page.moves and state != ProposalState.AGREED,
        "may_introduce": page.moves and not page.is_own and state == ProposalState.IDEA,
    }


def _page(request: Request, proposal_id: UUID) -> ProposalPage:
    return there(lambda: proposal_page(actor=request.actor, proposal_id=proposal_id, on=request.on))
