"""The way into a job as the company sees it: its own tasks, the words it may use, and advice at each step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import OnboardingStep
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere
from jobbro.apps.placements.selectors import onboarding as selectors
from jobbro.apps.placements.services.onboarding import finish_onboarding_task
from jobbro.webkit.requests import Request, found

from .acting import looked, our_keeping, our_reading, show_ours
from .reading import first_day_told, manager_told, steps_shown
from .words import NOT_NOW


@our_reading
def our_onboarding(request: Request, placement_id: UUID) -> HttpResponse:
    """The company's own tasks and what helps a manager at each step; it prints as it stands."""
    own = found(selectors.our_onboarding(actor=request.actor, placement_id=placement_id, on=request.on))
    looked(request, choice=own.choice, citizen_ids=[own.placement.citizen_id])
    steps = {step.code: step for step in steps_shown(own.steps, own=(), name=own.name)}
    return show_ours(
        request,
        "onboarding/ours.html",
        choice=own.choice,
        own=own,
        title=own.placement.title,
        first_day=first_day_told(own.starts_on, on=request.on),
        way=[
            {
                "code": step.value,
                "heading": str(step.label),
                "manager": manager_told(step, name=own.name),
                "tasks": steps[step].tasks if step in steps else (),
            }
            for step in OnboardingStep
        ],
    )


@our_keeping
def our_onboarding_done(request: Request, onboarding_task_id: UUID) -> HttpResponse:
    """One of the company's tasks is done; pressed twice it is done once."""
    own, line = found(selectors.our_task(actor=request.actor, task_id=onboarding_task_id, on=request.on))
    looked(request, choice=own.choice, citizen_ids=[own.placement.citizen_id])
    back = reverse("our_onboarding", args=[own.placement.pk])
    if request.method != "POST" or own.choice.card.is_closed or not line.is_own:
        return redirect(back)
    try:
        finish_onboarding_task(
            actor=request.actor,
            task_id=onboarding_task_id,
            seen=request.POST.get("seen", ""),
            at=request.at,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except (Changed, NotNow):
        messages.warning(request, str(NOT_NOW))
        return redirect(back)
    messages.success(request, _("Thank you. It is noted that it is done, and those who wait for it can read it."))
    return redirect(back)
