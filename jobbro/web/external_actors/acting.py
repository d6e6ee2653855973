"""What the views share: who may open them, and one form with its answers - shown, refused, changed meanwhile, done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.external_actors.refusals import NotNow, NotThere, Refused
from jobbro.apps.organisations.stamps import StaleEdit
from jobbro.webkit.access import CASEWORK, CITIZEN, EXTERNAL, FILE, KEEPERS, PARTNERS, either, page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .words import NOT_NOW, REFUSALS

listing = page(PARTNERS)
keeping = page(KEEPERS, writes=True)
reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
proposing = page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
answering = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
# Somebody outside looks at persons only where they are named.
our_listing = page(EXTERNAL, purpose=Purpose.ENGAGEMENT, kind=Kind.LIST)
our_reading = page(EXTERNAL, purpose=Purpose.ENGAGEMENT, tier=Tier.HEALTH)
our_writing = page(EXTERNAL, purpose=Purpose.ENGAGEMENT, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page with one form: what stands above it, what the button says, and where the way back leads."""

    form: forms.BaseForm
    heading: str
    button: str
    back_url: str
    back_label: str
    under: str = ""
    lead: str = ""
    title: str = ""
    base: str = "base_staff.html"
    template: str = "external_actors/form.html"
    more: dict[str, Any] = field(default_factory=dict)


def show(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The page with the form."""
    context = {"sheet": sheet, "form": sheet.form, "base_template": sheet.base, "is_conflict": status == 409}
    return render(request, sheet.template, {**context, **sheet.more}, status=status)


def answer(
    request: Request,
    sheet: Sheet,
    *,
    do: Callable[[], Any],
    done: str,
    to: str = "",
    fresh: Callable[[], str] | None = None,
) -> HttpResponse:
    """The page, or the act: done and on, refused (422), or changed by somebody else meanwhile (409)."""
    if request.method != "POST":
        return show(request, sheet)
    if not sheet.form.is_valid():
        return show(request, sheet, status=422)
    try:
        do()
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
        return HttpResponseRedirect(to or sheet.back_url)
    messages.success(request, done)
    return HttpResponseRedirect(to or sheet.back_url)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, REFUSALS[refusal.code])


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"
