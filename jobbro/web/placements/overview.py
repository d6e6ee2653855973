"""A citizen's meetings and agreements on one page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.placements.selectors.overview import placements_page
from jobbro.webkit.requests import Request, found

from .acting import base_of, reading


@reading
def placements(request: Request, citizen_id: UUID) -> HttpResponse:
    """Meetings to come and held, and agreements with who has still to sign."""
    page = found(placements_page(actor=request.actor, citizen_id=citizen_id))
    context = {"page": page, "tables": page.tables, "base_template": base_of(is_own=page.is_own)}
    return render(request, "placements/placements.html", context)
