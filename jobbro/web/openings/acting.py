"""What the views share: who may open them, and one act with its answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import EMPLOYER, KEEPERS, PARTNERS, either, page
from jobbro.webkit.requests import Request

from .words import refusal_told

Again = Callable[..., HttpResponse]
To = str | Callable[[Any], str]

reading = page(either(EMPLOYER, PARTNERS))
keeping = page(either(EMPLOYER, KEEPERS), writes=True)
looking = page(either(EMPLOYER, PARTNERS), writes=True)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm | None,
    again: Again,
    to: To,
    late: str,
    done: str = "",
) -> HttpResponse:
    """Do it and go on; or show the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done, or when there is no form to show it in.
    """
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        if form is None:
            messages.error(request, refusal_told(refusal))
            return HttpResponseRedirect(late)
        tell_refusal(form, refusal)
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, _("It stands where this cannot be done any more. Nothing was changed."))
        return HttpResponseRedirect(late)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))


def refuse_unless(may: bool) -> None:
    """Raises PermissionDenied for who reads a job and does not write it."""
    if not may:
        raise PermissionDenied


def framed(request: Request, **context: Any) -> dict[str, Any]:
    """The context with the base for whoever looks: calm pages for the employer, dense ones for staff."""
    is_employer = request.actor.is_employer
    base = "base_citizen.html" if is_employer else "base_staff.html"
    return {"base": base, "is_employer": is_employer, **context}
