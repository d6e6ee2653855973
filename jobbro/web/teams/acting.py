"""What the views share: who may open them, and one act with its answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.teams.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, FILE, page, roles
from jobbro.webkit.requests import Request

from .words import NOT_NOW, REFUSALS

LEADS = roles(Role.TEAM_LEAD)

team_reading = page(CASEWORK)
team_listing = page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST)
team_keeping = page(CASEWORK, writes=True)
leading = page(LEADS)
lead_keeping = page(LEADS, writes=True)
lead_listing = page(LEADS, purpose=Purpose.LEADERSHIP, kind=Kind.LIST)
lead_deciding = page(LEADS, purpose=Purpose.LEADERSHIP, kind=Kind.WRITE, writes=True)
handing_over = page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
reading = page(FILE, purpose=Purpose.CASEWORK)
knowing = page(FILE)
telling = page(FILE, writes=True)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm,
    again: Callable[..., HttpResponse],
    to: str | Callable[[Any], str],
    late: str,
    done: str,
) -> HttpResponse:
    """Do it and go on; or the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done.
    """
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        told = REFUSALS[refusal.code]
        named: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for name in named or [None]:
            form.add_error(name, told)
        return again(status=422)
    except Changed:
        return again(status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(late)
    messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))
