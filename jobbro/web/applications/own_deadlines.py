"""The municipality's own deadlines for decisions: what holds, what comes, and a new one from a day on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications import services
from jobbro.apps.applications.selectors import (
    OwnDeadlinesPage,
    SchemeDeadline,
    Version,
    own_deadline_for,
    own_deadlines_of,
)
from jobbro.webkit.access import FILE, either, page, roles
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act
from .forms import OwnDeadlineForm
from .words import VERSION_WORDS, deadline_words, said, source_words

SETTERS = roles(Role.ADMINISTRATOR, Role.TEAM_LEAD)


@page(either(FILE, roles(Role.ADMINISTRATOR)))
def own_deadlines(request: Request) -> HttpResponse:
    """Every scheme of the municipality with its deadline today, and what has held before."""
    shown = own_deadlines_of(actor=request.actor, municipality=request.GET.get("municipality"), on=request.on)
    return render(request, "applications/own_deadlines.html", _page_shown(found(shown)))


@page(SETTERS, writes=True)
def own_deadline_set(request: Request, code: str, scheme: str) -> HttpResponse:
    """A new deadline from a day on; the old one stays to be read."""
    shown = _scheme(request, code=code, scheme=scheme)
    form = OwnDeadlineForm(request.POST or None, initial=_as_it_stands(request, shown))

    def again(*, status: int = 200) -> HttpResponse:
        now = _scheme(request, code=code, scheme=scheme) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.seen)
        context = {**_scheme_shown(now), "form": form, "code": code, "is_conflict": status == 409}
        return render(request, "applications/own_deadline_set.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.set_own_deadline(
            actor=request.actor,
            municipality=code,
            scheme=scheme,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=f"{reverse('own_deadlines')}?municipality={code}",
        done=_("The deadline is set. Applications that are received from its day on are counted by it."),
    )


def _scheme(request: Request, *, code: str, scheme: str) -> SchemeDeadline:
    return found(own_deadline_for(actor=request.actor, municipality=code, scheme=scheme, on=request.on))


def _as_it_stands(request: Request, shown: SchemeDeadline) -> dict[str, Any]:
    newest = shown.newest
    initial: dict[str, Any] = {"seen": shown.seen, "from_on": request.on, "unit": "weeks"}
    if newest is not None:
        initial |= {"value": newest.value, "unit": newest.unit}
        initial |= {"source": newest.reference.title, "url": newest.reference.url or ""}
    return initial


def _page_shown(page: OwnDeadlinesPage) -> dict[str, Any]:
    rows = sorted((_scheme_shown(row) for row in page.rows), key=lambda row: row["title"])
    return {"page": page, "rows": rows}


def _scheme_shown(row: SchemeDeadline) -> dict[str, Any]:
    return {
        "row": row,
        "scheme": row.procedure.scheme,
        "title": said(row.procedure.title),
        "now": deadline_words(row.now) if row.now else "",
        "from_on": row.now.from_on if row.now else None,
        "source": source_words(row.now.reference) if row.now else "",
        "url": row.now.reference.url if row.now else None,
        "versions": [_version_shown(version) for version in row.versions],
    }


def _version_shown(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "words": deadline_words(version.deadline),
        "standing": VERSION_WORDS[version.standing],
        "source": version.deadline.reference.title,
        "url": version.deadline.reference.url,
    }
