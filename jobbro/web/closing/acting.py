"""What the views share: who may open them, and one act with its answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.closing.refusals import NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page, roles
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]

reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
printing = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.PRINT, tier=Tier.HEALTH)
ending = page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
speaking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
receiving = page(roles(Role.TEAM_LEAD), purpose=Purpose.LEADERSHIP, kind=Kind.LIST)
taking = page(roles(Role.TEAM_LEAD), purpose=Purpose.LEADERSHIP, kind=Kind.WRITE, writes=True)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm,
    again: Again,
    to: str | Callable[[Any], str],
    late: str,
    done: str = "",
) -> HttpResponse:
    """Do it and go on to the address; or the form again with what to put right (422).

    `late`: where to go when it can no longer be done.
    """
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        named: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for name in named or [None]:
            form.add_error(name, refusal_told(refusal))
        return again(status=422)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(late)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"
