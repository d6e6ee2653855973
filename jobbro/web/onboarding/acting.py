"""What the views share: who may open them, one act with its answers, and the company's pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.jobs.employer_selectors import Choice
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, EMPLOYER, FILE, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]

reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
speaking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
# Somebody at a company looks at persons only at their own tables.
our_reading = page(EMPLOYER, purpose=Purpose.TABLE, tier=Tier.HEALTH)
our_keeping = page(EMPLOYER, purpose=Purpose.TABLE, tier=Tier.HEALTH, writes=True)


def act(
    request: Request, *, do: Callable[[], Any], form: forms.BaseForm, again: Again, to: str, done: str
) -> HttpResponse:
    """Do it and go on; or the form again with what to put right (422) or as it stands now (409)."""
    try:
        do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        tell_refusal(form, refusal)
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(to)
    messages.success(request, done)
    return HttpResponseRedirect(to)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, forms.ValidationError(refusal_told(refusal), code=refusal.code))


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"


def looked(request: Request, *, choice: Choice, citizen_ids: list[UUID]) -> None:
    """The citizens can read that this company looked."""
    request.look.extra.extend(citizen_ids)
    request.look.purpose_text = choice.card.name


def show_ours(request: Request, template: str, *, choice: Choice, status: int = 200, **context: Any) -> HttpResponse:
    """The company's page, or the plain one of a company that has closed."""
    told = {"choice": choice, "card": choice.card, **context}
    if choice.card.is_closed:
        return render(request, "employer_home/closed.html", told, status=409 if request.method == "POST" else 200)
    return render(request, template, told, status=status)
