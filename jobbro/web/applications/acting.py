"""What the views share: the page or 404, and one act with its answers - done, refused, changed meanwhile, not now."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.applications.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, REFUSALS

READERS = either(FILE, CITIZEN)
APPLICANTS = either(CASEWORK, CITIZEN)
Again = Callable[..., HttpResponse]

reading = page(READERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
applying = page(APPLICANTS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm | None,
    again: Again,
    to: str,
    done: str = "",
) -> HttpResponse:
    """Do it and go on to the address; or show the form again with what to put right (422) or as it stands now (409)."""
    try:
        do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        if form is None:
            messages.error(request, str(REFUSALS[refusal.code]))
            return HttpResponseRedirect(to)
        tell_refusal(form, refusal)
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(to)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, REFUSALS[refusal.code])
