"""What the views of meetings share: who may open them, and one act with its answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.meetings.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, EMPLOYER, FILE, STAFF, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]

listing = page(either(STAFF, CITIZEN, EMPLOYER), purpose=Purpose.WORKLIST, kind=Kind.LIST)
reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK)
joining = page(either(FILE, CITIZEN, EMPLOYER), purpose=Purpose.CASEWORK)
answering = page(either(CASEWORK, CITIZEN, EMPLOYER), purpose=Purpose.CASEWORK, writes=True)
choosing = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, writes=True)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, writes=True)
calling = page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST)


def act(
    request: Request, *, do: Callable[[], Any], form: forms.BaseForm, again: Again, to: Callable[[Any], str], done: str
) -> HttpResponse:
    """Do it and go on; or the form again with what to put right (422), or as the meeting stands now (409)."""
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
        return HttpResponseRedirect(to(None))
    messages.success(request, done)
    return HttpResponseRedirect(to(result))


def act_at_once(request: Request, *, do: Callable[[], Any], to: str, done: str) -> HttpResponse:
    """A button's act: done, or told why not, and back to the page."""
    try:
        do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        messages.warning(request, refusal_told(refusal))
    except (Changed, NotNow):
        messages.warning(request, str(NOT_NOW))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(to)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))


def base_of(actor: Actor) -> str:
    """The page's frame: the citizen's and the company's, or the desk's."""
    return "base_citizen.html" if actor.citizen_id is not None or actor.is_employer else "base_staff.html"


def company_looks(request: Request) -> None:
    """Somebody at a company looks at a person only at their own table."""
    if request.actor.is_employer:
        request.look.purpose = Purpose.TABLE
        request.look.purpose_text = request.actor.name


def only_post(request: Request) -> None:
    """A button's address has no page of its own. Raises PermissionDenied."""
    if request.method != "POST":
        raise PermissionDenied
