"""What the views share: who may open them, the page or 404, and the plain page of a company that has closed."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.jobs.employer_selectors import Choice
from jobbro.webkit.access import EMPLOYER, page
from jobbro.webkit.requests import Request

from .words import REFUSALS

reading = page(EMPLOYER)
keeping = page(EMPLOYER, writes=True)


def home_of(choice: Choice) -> str:
    """The home page of this company."""
    return reverse("home") + (f"?company={choice.card.id}" if choice.has_several else "")


def show(request: Request, template: str, *, choice: Choice, status: int = 200, **context: Any) -> HttpResponse:
    """The page, or the plain one that says whom to ring when the company has closed."""
    told = {"choice": choice, "card": choice.card, **context}
    if choice.card.is_closed:
        return render(request, "employer_home/closed.html", told, status=409 if request.method == "POST" else 200)
    return render(request, template, told, status=status)


def tell_refusal(form: forms.BaseForm, *, code: str, fields: tuple[str, ...]) -> None:
    """The form says what to put right, at its fields when it has them."""
    named: list[str | None] = [name for name in fields if name in form.fields]
    for name in named or [None]:
        form.add_error(name, str(REFUSALS[code]))
