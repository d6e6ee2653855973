"""What the views share: who may open them, and one form with its answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.outreach.refusals import NotNow, NotThere, NotYet, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, either, page, roles
from jobbro.webkit.requests import Request

from .words import NOT_NOW, REFUSALS, not_yet

READERS = roles(*CASEWORK_ROLES, Role.KEY_PERSON, Role.ANALYST)
LEADERS = roles(Role.TEAM_LEAD)
STUDYING = roles(Role.TEAM_LEAD, Role.ANALYST)
asking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
listing = page(READERS)
reading = page(READERS, purpose=Purpose.WORKLIST, kind=Kind.LIST)
leading = page(LEADERS, writes=True)
contacting = page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.WRITE, writes=True)
studying = page(STUDYING)


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
    template: str = "outreach/form.html"
    more: dict[str, Any] = field(default_factory=dict)


def show(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The page with the form."""
    context = {"sheet": sheet, "form": sheet.form, "base_template": sheet.base, **sheet.more}
    return render(request, sheet.template, context, status=status)


def answer(
    request: Request, sheet: Sheet, *, do: Callable[[], Any], done: str, to: str | Callable[[Any], str] = ""
) -> HttpResponse:
    """The page, or the act: done and on, or refused (422). A no that must be respected is told on the form (409)."""
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
    except NotYet as wait:
        sheet.form.add_error(None, not_yet(wait.day))
        return show(request, sheet, status=409)
    except NotNow:
        sheet.form.add_error(None, str(NOT_NOW))
        return show(request, sheet, status=409)
    messages.success(request, done)
    return HttpResponseRedirect(to(result) if callable(to) else to or sheet.back_url)


def tell_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in refusal.fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, REFUSALS[refusal.code])
