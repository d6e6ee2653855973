"""What the views share: who may open them, the page or 404, and one act with its answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Purpose
from jobbro.apps.key_persons.refusals import NotNow, NotThere, Refused
from jobbro.apps.organisations.stamps import StaleEdit
from jobbro.webkit.access import STAFF, page, roles
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .words import NOT_NOW, refusal_told

reading = page(STAFF)
keeping = page(STAFF, writes=True)
# The case of the page one came from is looked up for the citizen's name, so that it is not written to anybody.
asking = page(STAFF, purpose=Purpose.CASEWORK, writes=True)
counting = page(roles(Role.TEAM_LEAD, Role.KEY_PERSON, Role.ANALYST))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page with one form: what stands above it, what the button says, and where the way back leads."""

    form: forms.BaseForm
    heading: str
    button: str
    back_url: str = ""
    lead: str = ""
    template: str = "key_persons/form.html"
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def way_back(self) -> str:
        return self.back_url or reverse("key_persons")


def show(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The page with the form."""
    context = {"sheet": sheet, "form": sheet.form, "is_conflict": status == 409, **sheet.more}
    return render(request, sheet.template, context, status=status)


def answer(
    request: Request,
    sheet: Sheet,
    *,
    do: Callable[[], Any],
    done: str,
    to: str | Callable[[Any], str] = "",
    fresh: Callable[[], str] | None = None,
) -> HttpResponse:
    """The page, or the act: done and on to the address, refused (422), or changed by somebody else meanwhile (409)."""
    if request.method != "POST":
        return show(request, sheet)
    if not sheet.form.is_valid():
        return show(request, sheet, status=422)
    try:
        result = do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        tell_refusal(sheet.form, refusal)
        return show(request, sheet, status=422)
    except StaleEdit:
        assert fresh is not None
        with_new_mark(sheet.form, seen=fresh())
        return show(request, sheet, status=409)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(sheet.way_back)
    return gone_on(request, done=done, to=to(result) if callable(to) else to or sheet.way_back)


def gone_on(request: Request, *, done: str, to: str) -> HttpResponse:
    """Done; the receipt stands on the page one comes to."""
    messages.success(request, done)
    return HttpResponseRedirect(to)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, refusal_told(refusal))
