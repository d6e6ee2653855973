"""What the views share: who may open them, the page or 404, and one act with its answers."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CITIZEN, KEEPERS, PARTNERS, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Found = TypeVar("Found")
Again = Callable[..., HttpResponse]

reading = page(PARTNERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
offered = page(either(PARTNERS, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
searching = page(KEEPERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
keeping = page(KEEPERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)


def there(read: Callable[[], Found]) -> Found:
    """What was read; not there, or not yours, is the same answer."""
    try:
        return read()
    except NotThere as error:
        raise Http404 from error


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm,
    again: Again,
    to: str | Callable[[Any], str],
    late: str = "",
    done: str = "",
) -> HttpResponse:
    """Do it and go on to the address; or show the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done; `to` when that is an address already.
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
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))
