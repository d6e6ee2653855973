"""Partners near a person: a table, and a picture with the same numbers."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.jobs.selectors import partners_near as near
from jobbro.webkit.access import FILE, page
from jobbro.webkit.charts.near import near_picture
from jobbro.webkit.requests import Request

from .forms import NearForm, measure_names


@page(FILE, purpose=Purpose.CASEWORK, tier=Tier.HEALTH)
def partners_near(request: Request, citizen_id: UUID) -> HttpResponse:
    """Workplaces of partners within a distance of where the person lives."""
    form = NearForm(request.GET)
    shown = near.partners_near(actor=request.actor, citizen_id=citizen_id, filters=form.filters(), on=request.on)
    if shown is None:
        raise Http404
    names = measure_names()
    lines = [(one, [names[code] for code in one.measures if code in names]) for one in shown.partners]
    spots = [(one.number, one.x, one.y) for one in shown.partners]
    context = {
        "shown": shown,
        "filter_form": NearForm(request.GET, km=shown.told_km),
        "lines": lines,
        "picture": near_picture(spots, km=shown.km) if spots else None,
    }
    return render(request, "partners_near/near.html", context)
