"""What the views share: who may open them, and one act with its answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.follow_up.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import ANYONE, CASEWORK, CITIZEN, EMPLOYER, FILE, either, page
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]

reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
keeping = page(CASEWORK, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
telling = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
watching = page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST, tier=Tier.HEALTH)
# A citizen about themselves, or somebody at a company about their own tables.
answering = page(either(CITIZEN, EMPLOYER), purpose=Purpose.TABLE, tier=Tier.HEALTH, writes=True)
asking = page(either(FILE, CITIZEN, EMPLOYER), purpose=Purpose.TABLE, tier=Tier.HEALTH)
our_listing = page(EMPLOYER, purpose=Purpose.TABLE, kind=Kind.LIST)
# Whoever has the link: the database opens one talk for it and nothing else, so no person is looked at.
by_link = page(ANYONE, writes=True)


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
    """Do it and go on to the address; or the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done.
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
        return HttpResponseRedirect(late)
    if done:
        messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"


def looked(request: Request, *, name: str, citizen_ids: list[UUID]) -> None:
    """The citizens can read that this company looked."""
    request.look.extra.extend(citizen_ids)
    request.look.purpose_text = name
