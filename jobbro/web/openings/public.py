"""The open job page: for everybody, without login. Nothing about whoever looks is stored."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from jobbro.apps.jobs.selectors.openings_public import PublicOpening, public_opening, public_openings
from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.requests import Request, found

from .forms import PublicSearchForm
from .reading import page_number, pages_of, place_told
from .words import hours_told, skill_names

FULL_TIME = 37


@page(ANYONE)
def public_jobs(request: Request) -> HttpResponse:
    """Public jobs, found by words, town and hours."""
    is_asked = any(request.GET.get(name) for name in ("q", "town", "hours"))
    form = PublicSearchForm(request.GET if is_asked else None)
    wanted = form.wanted if is_asked else PublicSearchForm({}).wanted
    listed = public_openings(wanted=wanted, number=page_number(request.GET.get("page")), on=request.on)
    context = {
        "form": form,
        "is_asked": is_asked,
        "rows": [_shown(row) for row in listed.rows],
        "number": listed.number,
        "pages": pages_of(request.GET, number=listed.number, has_more=listed.has_more),
    }
    return render(request, "openings/public_jobs.html", context, status=422 if form.errors else 200)


@page(ANYONE)
def public_job(request: Request, opening_id: UUID) -> HttpResponse:
    """One public job, also as data that search engines read."""
    row = found(public_opening(opening_id=opening_id, on=request.on))
    address = request.build_absolute_uri(reverse("public_job", args=[opening_id]))
    context = {"job": _shown(row), "data": _script_text(posting_of(row, address=address))}
    return render(request, "openings/public_job.html", context)


def posting_of(row: PublicOpening, *, address: str) -> dict[str, Any]:
    """The job as a JobPosting of schema.org."""
    is_full = row.hours_min >= FULL_TIME
    place = {
        "@type": "PostalAddress",
        "streetAddress": row.address,
        "postalCode": row.postcode,
        "addressLocality": row.city,
        "addressCountry": "DK",
    }
    found = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": row.title,
        "description": row.description or row.title,
        "datePosted": row.posted_on.isoformat(),
        "validThrough": row.closes_on.isoformat() if row.closes_on else "",
        "jobStartDate": row.starts_on.isoformat() if row.starts_on else "",
        "employmentType": "FULL_TIME" if is_full else "PART_TIME",
        "workHours": hours_told(row.hours_min, row.hours_max),
        "totalJobOpenings": row.places,
        "occupationalCategory": row.occupation_title,
        "identifier": {"@type": "PropertyValue", "name": "jobbro", "value": str(row.id)},
        "hiringOrganization": {"@type": "Organization", "name": row.employer},
        "jobLocation": {"@type": "Place", "address": {name: value for name, value in place.items() if value}},
        "url": address,
        "directApply": False,
    }
    return {name: value for name, value in found.items() if value != ""}


def _script_text(posting: dict[str, Any]) -> SafeString:
    """JSON that can stand between script tags: no sign in it ends the script or begins a comment."""
    text = json.dumps(posting, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - every sign that HTML reads is escaped above


def _shown(row: PublicOpening) -> dict[str, Any]:
    return {
        "row": row,
        "where": place_told(row.employer, row.place),
        "hours": hours_told(row.hours_min, row.hours_max),
        "week": slots_told(row.slots),
        "skills": ", ".join(skill_names(row.requires)),
        "closes": spoken_date(day=row.closes_on) if row.closes_on else "",
        "starts": spoken_date(day=row.starts_on) if row.starts_on else "",
        "address": ", ".join(part for part in (row.address, f"{row.postcode} {row.city}".strip()) if part),
    }
