"""From draft to agreement and to the end: ready, agreed by both, written again, closed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.plans import services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, plan_page, reading, telling, writing
from .forms import AgreeForm, CloseForm, SeenForm
from .reading import plan_shown, receipt_shown


@writing
def plan_propose(request: Request, citizen_id: UUID) -> HttpResponse:
    """The plan is ready to be agreed."""
    form = SeenForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("plan", citizen_id=citizen_id)

    def again(*, status: int) -> HttpResponse:
        shown = plan_page(request, citizen_id=citizen_id)
        return render(request, "plans/plan_staff.html", {**plan_shown(shown), "is_conflict": True}, status=status)

    return act(
        request,
        do=lambda: services.propose_plan(actor=request.actor, citizen_id=citizen_id, seen=form.cleaned_data["seen"]),
        form=None,
        again=again,
        to="plan",
        citizen_id=citizen_id,
        done=_("The plan is ready. Now both of you can agree to it."),
    )


@telling
def plan_agree(request: Request, citizen_id: UUID) -> HttpResponse:
    """Read the plan and say yes: the citizen alone, an employee, or both in a meeting."""
    shown = plan_page(request, citizen_id=citizen_id)
    plan = found(shown.plan)
    if not shown.may_agree and request.method != "POST":
        return redirect("plan", citizen_id=citizen_id)
    form = AgreeForm(request.POST or None, initial={"seen": plan.seen})

    def again(*, status: int = 200) -> HttpResponse:
        now = plan_page(request, citizen_id=citizen_id) if status == 409 else shown
        if status == 409 and now.plan:
            with_new_mark(form, seen=now.plan.seen)
        context = {**plan_shown(now), "form": form, "is_conflict": status == 409}
        return render(request, "plans/plan_agree.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.agree_plan(
            actor=request.actor,
            citizen_id=citizen_id,
            for_citizen=shown.is_own or form.cleaned_data["citizen"],
            for_staff=form.cleaned_data["staff"] and not shown.is_own,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to="plan_agreed",
        citizen_id=citizen_id,
    )


@reading
def plan_agreed(request: Request, citizen_id: UUID) -> HttpResponse:
    """What was agreed, and what happens next."""
    shown = plan_page(request, citizen_id=citizen_id)
    plan = found(shown.plan)
    if plan.citizen_agreed_at is None and plan.staff_agreed_at is None:
        return redirect("plan", citizen_id=citizen_id)
    return render(request, "plans/plan_agreed.html", receipt_shown(shown, phone=request.actor.phone))


@writing
def plan_revise(request: Request, citizen_id: UUID) -> HttpResponse:
    """Ask first, then open the plan for writing again."""
    shown = plan_page(request, citizen_id=citizen_id)
    found(shown.plan)
    if request.method != "POST":
        context = {
            "page": shown,
            "title": _("Write the plan again?"),
            "consequence": _("Nobody has agreed to the plan any more until both say yes again. The text stays."),
            "verb": _("Write it again"),
            "action_url": request.path,
            "back_url": reverse("plan", kwargs={"citizen_id": citizen_id}),
        }
        return render(request, "plans/confirm.html", context)
    return act(
        request,
        do=lambda: services.revise_plan(actor=request.actor, citizen_id=citizen_id),
        form=None,
        again=lambda **_kept: redirect("plan", citizen_id=citizen_id),
        to="plan",
        citizen_id=citizen_id,
        done=_("The plan can be changed again. Both have to agree when it is ready."),
    )


@writing
def plan_close(request: Request, citizen_id: UUID) -> HttpResponse:
    """Close the plan with words on how it ended."""
    shown = plan_page(request, citizen_id=citizen_id)
    plan = found(shown.plan)
    found(("close" in plan.moves and shown.may_write) or None)
    form = CloseForm(request.POST or None, initial={"seen": plan.seen})

    def again(*, status: int = 200) -> HttpResponse:
        now = plan_page(request, citizen_id=citizen_id) if status == 409 else shown
        if status == 409 and now.plan:
            with_new_mark(form, seen=now.plan.seen)
        context = {**plan_shown(now), "form": form, "is_conflict": status == 409}
        return render(request, "plans/plan_close.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.close_plan(
            actor=request.actor,
            citizen_id=citizen_id,
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        form=form,
        again=again,
        to="plan",
        citizen_id=citizen_id,
        done=_("The plan is closed. It can still be read here."),
    )
