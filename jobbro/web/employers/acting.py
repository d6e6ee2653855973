"""What the views share: the page or 404, and one form with its answers - shown, refused, changed meanwhile, done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.employers.refusals import NotNow, NotThere, Refused
from jobbro.apps.employers.selectors import CompanyCard
from jobbro.apps.organisations.stamps import StaleEdit
from jobbro.webkit.access import KEEPERS, PARTNERS, page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request

from .words import NOT_NOW, REFUSALS

reading = page(PARTNERS)
keeping = page(KEEPERS, writes=True)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page with one form: what stands above it, what the button says, and where the way back leads."""

    form: forms.BaseForm
    heading: str
    button: str
    card: CompanyCard | None = None
    lead: str = ""
    title: str = ""
    template: str = "employers/form.html"
    # Nothing new is begun with a company that has closed; the page says so in place of the form.
    begins_something: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_barred(self) -> bool:
        return self.begins_something and self.card is not None and self.card.is_closed

    @property
    def back_url(self) -> str:
        return reverse("employer", args=[self.card.id]) if self.card else reverse("employers")


def show(request: Request, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    """The page with the form."""
    context = {"sheet": sheet, "form": sheet.form, "card": sheet.card, "is_conflict": status == 409, **sheet.more}
    return render(request, sheet.template, context, status=status)


def answer(
    request: Request,
    sheet: Sheet,
    *,
    do: Callable[[], Any],
    to: str = "",
    done: str,
    fresh: Callable[[], str] | None = None,
) -> HttpResponse:
    """The page, or the act: done and on to the address, refused (422), or changed by somebody else meanwhile (409).

    `fresh` gives the mark of what stands there now; sent again, what was typed is meant.
    """
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
