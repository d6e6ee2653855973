"""Whom a job could be for, among one's own citizens: by name, to be filtered, never ranked."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.matching.selectors.people import PeopleFilters, PeoplePage, PersonShown, people_page
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.fit import Verdict
from jobbro.webkit.bridges import measure_name
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.requests import Request

from .acting import looking, there
from .forms import PeopleForm
from .jobs import number_in
from .pair_reading import job_facts
from .words import FITS, listed

SHOWN = (Verdict.AS_IS, Verdict.WITH_SUPPORT, Verdict.ASK)


@looking
def people_for(request: Request, opening_id: UUID) -> HttpResponse:
    """Names of own citizens whom the job could be for; each look at them is recorded."""
    told = {name: request.GET.get(name, "") for name in ("fit", "measure", "area", "team")}
    page = there(
        lambda: people_page(
            actor=request.actor,
            opening_id=opening_id,
            filters=PeopleFilters(**told),
            number=number_in(request, name="page", otherwise=1, most=100_000),
            on=request.on,
        )
    )
    return render(request, "proposals/people.html", _shown(page, told=told))


def _shown(page: PeoplePage, *, told: dict[str, str]) -> dict[str, Any]:
    return {
        "page": page,
        "opening": page.opening,
        "facts": job_facts(page.opening),
        "filter_form": PeopleForm(
            told,
            fits=[(verdict.value, str(FITS[verdict])) for verdict in SHOWN],
            measures=sorted(((entry.code, measure_name(entry)) for entry in page.measures), key=itemgetter(1)),
            areas=[(area, str(AREA_LABELS[area])) for area in page.areas],
            teams=[(str(pk), name) for pk, name in page.teams],
        ),
        "is_filtered": any(told.values()),
        "lines": [_line(one) for one in page.people],
        "previous": page.number - 1 if page.number > 1 else None,
        "next": page.number + 1 if page.has_next else None,
    }


def _line(one: PersonShown) -> dict[str, Any]:
    names = {entry.code: measure_name(entry) for entry in catalogue().entries}
    return {
        "citizen": one.citizen,
        "team": one.team,
        "fit": FITS[one.could.verdict],
        "support": listed(names[code] for code in one.could.support),
        "open": [(area, str(AREA_LABELS[area])) for area in one.could.open],
        "proposal_id": one.proposal_id,
    }
