"""The one plan as each reads it, on screen and on paper, and how a step went."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.external_actors.selectors.engagements import part_of_plan
from jobbro.apps.plans.selectors import plan_with_schemes
from jobbro.apps.plans.services import tell_step
from jobbro.webkit.access import page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import READERS, act, plan_page, reading, telling
from .forms import TellForm
from .pdf import plan_pdf as set_plan
from .printing import printed_plan
from .reading import plan_shown


@reading
def plan(request: Request, citizen_id: UUID) -> HttpResponse:
    """The plan: a table for those who work with it, one message a thing for the citizen."""
    shown = found(plan_with_schemes(actor=request.actor, citizen_id=citizen_id, on=request.on))
    template = "plans/plan_citizen.html" if shown.is_own else "plans/plan_staff.html"
    parts = part_of_plan(actor=request.actor, citizen_id=citizen_id, on=request.on)
    return render(request, template, {**plan_shown(shown), "partner_parts": parts})


@page(READERS, purpose=Purpose.CASEWORK, kind=Kind.PRINT, tier=Tier.HEALTH)
def plan_pdf(request: Request, citizen_id: UUID) -> HttpResponse:
    """The plan on paper; its file name tells nothing."""
    shown = plan_page(request, citizen_id=citizen_id)
    found(shown.plan)
    content = printed_plan(shown, sender=request.actor.municipality, on=request.on)
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    response = HttpResponse(set_plan(content, note_when_unprintable=note), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="plan.pdf"'
    return response


@telling
def plan_step_tell(request: Request, citizen_id: UUID, action_id: UUID) -> HttpResponse:
    """How a step went: by those who work with the citizen, and by the citizen on their own steps."""
    shown = plan_page(request, citizen_id=citizen_id)
    step = found(shown.step(action_id))
    found(step.may_tell or None)
    initial = {"words": step.outcome, "seen": step.seen, "move": ""}
    form = TellForm(request.POST or None, moves=step.moves, initial=initial)

    def again(*, status: int = 200) -> HttpResponse:
        now = found(plan_page(request, citizen_id=citizen_id).step(action_id)) if status == 409 else step
        if status == 409:
            # A move that the step can no longer make is not kept; the words are.
            move = form.data.get("move", "")
            with_new_mark(form, seen=now.seen, move=move if move in now.moves else "")
        context = {"page": shown, "form": form, "step": step, "now": now if status == 409 else None}
        return render(request, "plans/step_tell.html", context, status=status)

    if request.method != "POST":
        return again()
    if form.data.get("seen") != step.seen:
        return again(status=409)
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: tell_step(
            actor=request.actor,
            citizen_id=citizen_id,
            action_id=action_id,
            move=form.cleaned_data["move"],
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        form=form,
        again=again,
        to="plan",
        citizen_id=citizen_id,
        done=_("Thank you. It is saved, and everyone around the plan can see it.") if shown.is_own else _("Saved."),
    )
