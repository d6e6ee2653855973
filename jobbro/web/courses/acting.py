"""What the views share: who may open them, and one act with its answers."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.courses.refusals import Changed, NotNow, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page, roles
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

Again = Callable[..., HttpResponse]
KEEPERS = roles(Role.TEAM_LEAD, Role.CASEWORKER, Role.KEY_PERSON)

browsing = page(either(FILE, CITIZEN))
keeping = page(KEEPERS, writes=True)
listing = page(FILE, purpose=Purpose.CASEWORK, kind=Kind.LIST, tier=Tier.HEALTH)
noting = page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
speaking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
giving = page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
printing = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.PRINT)


def act(
    request: Request,
    *,
    do: Callable[[], Any],
    form: forms.BaseForm | None,
    again: Again | None,
    to: str | Callable[[Any], str],
    late: str,
    done: str | Callable[[Any], str] = "",
) -> HttpResponse:
    """Do it and go on to the address; or the form again with what to put right (422) or as it stands now (409).

    `late`: where to go when it can no longer be done, or when there is no form to show again.
    """
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        if form is None or again is None:
            messages.warning(request, refusal_told(refusal))
            return HttpResponseRedirect(late)
        tell_refusal(form, refusal)
        return again(status=422)
    except Changed:
        if again is None:
            messages.warning(request, str(NOT_NOW))
            return HttpResponseRedirect(late)
        return again(status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(late)
    told = done if isinstance(done, str) else done(result)
    if told:
        messages.success(request, told)
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))


def looked(request: Request, citizen_ids: Iterable[UUID]) -> None:
    """These people can read that their place at a course was looked at."""
    request.look.extra.extend(citizen_ids)


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"
