"""A posting from somewhere else: the file is read, shown with what it does not say, and becomes a draft."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.enums import OpeningOrigin
from jobbro.apps.jobs.postings import MAX_BYTES, Posting, PostingsUnread, read_postings
from jobbro.apps.jobs.selectors.openings import OpeningForm as OpeningFormPage
from jobbro.apps.jobs.selectors.openings import opening_form
from jobbro.apps.jobs.services.openings import add_opening
from jobbro.engines.occupations.occupations import occupations
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.requests import Request, found

from .acting import act, framed, keeping
from .editing import closed_page, form_page
from .forms import PostingFileForm, PostingForm, carried_of, trimmed, typed_values
from .words import UNREAD, hours_told, posting_gaps, salary_told


@keeping
def posting_upload(request: Request, workplace_id: UUID) -> HttpResponse:
    """Choose a file, see what was read and what is still to be told, fill it in, and save a draft."""
    page = found(opening_form(actor=request.actor, workplace_id=workplace_id, on=request.on))
    if not page.workplace.may_keep:
        return closed_page(request, page=page)
    if request.method != "POST":
        return _start(request, page=page, form=PostingFileForm())
    if "take" in request.POST or "find" in request.POST:
        return _fill_in(request, page=page)
    if "save" in request.POST:
        return _save(request, page=page)
    form = PostingFileForm(request.POST, request.FILES)
    is_too_large = getattr(request, "has_too_large_file", False)
    if is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", str(UNREAD["too_large"]))
        return _start(request, page=page, form=form, status=413)
    if not form.is_valid():
        return _start(request, page=page, form=form, status=422)
    try:
        postings = read_postings(form.cleaned_data["file"].read(MAX_BYTES + 1))
    except PostingsUnread as unread:
        form.add_error("file", str(UNREAD[unread.code]) % {"line": unread.line})
        return _start(request, page=page, form=form, status=422)
    return _looked_at(request, page=page, postings=postings)


def _fill_in(request: Request, *, page: OpeningFormPage) -> HttpResponse:
    initial = typed_values(request.POST)
    if "take" in request.POST:
        initial = {**initial, "measures": page.usual_measures}
    form = PostingForm(page=page, initial={**initial, "source_id": request.POST.get("source_id", "")})
    return form_page(request, page=page, form=form)


def _save(request: Request, *, page: OpeningFormPage) -> HttpResponse:
    form = PostingForm(request.POST, page=page)
    if not form.is_valid():
        return form_page(request, page=page, form=form, status=422)
    return act(
        request,
        do=lambda: add_opening(
            actor=request.actor,
            workplace_id=page.workplace.id,
            draft=form.draft,
            origin=OpeningOrigin.POSTING,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=lambda *, status: form_page(request, page=page, form=form, status=status),
        to=lambda row: reverse("opening_demand", args=[row.pk]),
        late=reverse("posting_upload", args=[page.workplace.id]),
        done=_("Saved as a draft. Now look at what the job asks."),
    )


def _start(request: Request, *, page: OpeningFormPage, form: PostingFileForm, status: int = 200) -> HttpResponse:
    context = framed(request, page=page, workplace=page.workplace, form=form)
    return render(request, "openings/posting.html", context, status=status)


def _looked_at(request: Request, *, page: OpeningFormPage, postings: tuple[Posting, ...]) -> HttpResponse:
    shown = [_shown(request, posting, page=page) for posting in postings]
    context = framed(request, page=page, workplace=page.workplace, shown=shown)
    return render(request, "openings/posting_read.html", context)


def _shown(request: Request, posting: Posting, *, page: OpeningFormPage) -> dict[str, Any]:
    missing, unread = posting_gaps(posting)
    company = page.workplace.company
    is_passed = posting.closes_on is not None and posting.closes_on < request.on
    low, high = posting.hours_min, posting.hours_max
    address = (posting.street, f"{posting.postcode} {posting.city}".strip())
    return {
        "posting": posting,
        "address": ", ".join(part for part in address if part),
        "hours": hours_told(low, high) if low is not None and high is not None else "",
        "pay": salary_told(posting.salary),
        "closes": spoken_date(day=posting.closes_on) if posting.closes_on else "",
        "starts": spoken_date(day=posting.starts_on) if posting.starts_on else "",
        "missing": missing,
        "unread": unread,
        "is_passed": is_passed,
        "is_other": bool(posting.employer) and posting.employer.casefold() != company.casefold(),
        "carried": carried_of(
            {
                "title": posting.title,
                "description": posting.description,
                "hours_min": "" if low is None else trimmed(low),
                "hours_max": "" if high is None else trimmed(high),
                "places": posting.places,
                "wage_text": salary_told(posting.salary),
                "starts_on": posting.starts_on or "",
                "closes_on": "" if is_passed else posting.closes_on or "",
                "words": "" if posting.category in occupations() else posting.category or posting.title[:80],
                "occupation": posting.category if posting.category in occupations() else "",
                "source_id": posting.identifier,
            }
        ),
    }
