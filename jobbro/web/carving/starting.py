"""Where a search begins: what it rests on, whom it is for, and how long it may think."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.jobs.carving_persons import offered_measures
from jobbro.apps.jobs.selectors.carvings import StartPage, start_page
from jobbro.apps.jobs.services.carvings import start_carving
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.webkit.requests import Request

from .acting import act, keeping, there
from .forms import OrderForm
from .reading import measure_groups, start_shown


@keeping
def carving_start(request: Request, workplace_id: UUID) -> HttpResponse:
    """What the search rests on and the order; then the search itself."""
    # The names are a list to choose from, nobody's file; whom the search is for has an event of their own.
    request.look.purpose, request.look.kind, request.look.tier = Purpose.WORKLIST, Kind.LIST, Tier.ORDINARY
    shown = there(lambda: start_page(actor=request.actor, workplace_id=workplace_id, at=request.at))
    if not shown.may_carve:
        raise PermissionDenied
    entries = _entries()
    form = OrderForm(request.POST or None, candidates=shown.candidates, entries=entries, initial=_first(shown))

    def again(*, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            **start_shown(shown),
            "form": form,
            "groups": measure_groups(form["measures"], entries=entries),
        }
        return render(request, "carving/start.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: start_carving(actor=request.actor, workplace_id=workplace_id, order=form.order, at=request.at),
        form=form,
        again=again,
        to=lambda row: reverse("carving", args=[row.pk]),
    )


def _entries() -> tuple[CatalogueMeasure, ...]:
    offered = set(offered_measures())
    return tuple(entry for entry in catalogue().entries if entry.code in offered)


def _first(shown: StartPage) -> dict[str, Any]:
    return {"whom": "citizens" if any(one.is_ready for one in shown.candidates) else "profile"}
