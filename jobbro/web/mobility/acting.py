"""What the views share: who may open them, and one act with its answers. Nobody at a company opens any of them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.mobility.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]

reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
speaking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm,
    again: Again,
    to: str | Callable[[Any], str],
    late: str = "",
    done: str,
) -> HttpResponse:
    """Do it and go on; or the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done; the same place without it.
    """
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        tell_refusal(form, refusal)
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(late or str(to))
    messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, forms.ValidationError(refusal_told(refusal), code=refusal.code))
