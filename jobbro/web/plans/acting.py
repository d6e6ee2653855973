"""What the views share: the page or 404, and one act with its answers - done, refused, changed meanwhile, not now."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.plans.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.plans.selectors import PlanPage, plan_for
from jobbro.apps.plans.services import Outcome
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page
from jobbro.webkit.requests import Request, found

from .words import REFUSALS, REFUSED_FIELD

READERS = either(FILE, CITIZEN)
TELLERS = either(CASEWORK, CITIZEN)
Again = Callable[..., HttpResponse]

reading = page(READERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
writing = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
telling = page(TELLERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)


def plan_page(request: Request, *, citizen_id: UUID) -> PlanPage:
    """The plan page of this citizen for whoever asks."""
    return found(plan_for(actor=request.actor, citizen_id=citizen_id, on=request.on))


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm | None,
    again: Again,
    to: str,
    citizen_id: UUID,
    done: str = "",
) -> HttpResponse:
    """Do it and go on; or show the form again with what has to be put right (422) or both texts (409)."""
    try:
        outcome = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        if form is None:
            messages.error(request, str(REFUSALS[refusal.code]))
            return redirect(to, citizen_id=citizen_id)
        field = REFUSED_FIELD.get(refusal.code)
        form.add_error(field if field in form.fields else None, REFUSALS[refusal.code])
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, _("The plan has moved on in the meantime. Nothing was changed. Look at it here."))
        return redirect(to, citizen_id=citizen_id)
    _say_what_happened(request, outcome=outcome, done=done)
    return redirect(to, citizen_id=citizen_id)


def _say_what_happened(request: Request, *, outcome: Any, done: str) -> None:
    if isinstance(outcome, Outcome) and outcome.withdrew:
        messages.warning(request, _("Saved. The plan has changed, so both have to agree again. Say when it is ready."))
    elif done:
        messages.success(request, done)
