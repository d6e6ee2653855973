"""What the views share: who may open them, the page or 404, and one act with its answers."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import Http404, HttpResponse

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.matching.refusals import Changed, NotThere, Refused
from jobbro.webkit.access import CASEWORK, CITIZEN, FILE, either, page

from .words import refusal_told

Found = TypeVar("Found")

# Citizens themselves, and those who may open their file. Never somebody at a company.
reading = page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
picking = page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, tier=Tier.HEALTH, writes=True)
looking = page(CASEWORK, purpose=Purpose.CASEWORK, kind=Kind.LIST, tier=Tier.HEALTH)


def there(read: Callable[[], Found]) -> Found:
    """What was read; not there, or not yours, is the same answer."""
    try:
        return read()
    except NotThere as error:
        raise Http404 from error


def act(*, do: Callable[[], HttpResponse], form: forms.BaseForm, again: Callable[..., HttpResponse]) -> HttpResponse:
    """What was done, or the form again with what to put right (422) or as it stands now (409)."""
    try:
        return do()
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        named: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for name in named or [None]:
            form.add_error(name, refusal_told(refusal))
        return again(status=422)
    except Changed:
        return again(status=409)


def base_of(*, is_own: bool) -> str:
    """The page's frame: the citizen's or the desk's."""
    return "base_citizen.html" if is_own else "base_staff.html"
