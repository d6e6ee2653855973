"""Claims by quarter for personal assistance: the hours, the claim and the payment."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.applications import services
from jobbro.apps.applications.selectors import ClaimsPage, QuarterRow, claims_of
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, reading
from .forms import ClaimMoveForm, HoursForm
from .reading import claims_shown, quarter_shown
from .words import CLAIM_WORDS


@reading
def claims(request: Request, application_id: UUID) -> HttpResponse:
    """The quarters of a grant, newest first."""
    return render(request, "applications/claims.html", claims_shown(_page(request, application_id), on=request.on))


@keeping
def claim_enter(request: Request, application_id: UUID, quarter: str) -> HttpResponse:
    """The hours of a quarter."""
    shown = _page(request, application_id)
    row = _row(shown, quarter)
    if "enter" not in row.moves and request.method != "POST":
        return redirect("claims", application_id=application_id)
    form = HoursForm(request.POST or None, initial={"hours_used": row.hours_used})

    def again(*, status: int = 200) -> HttpResponse:
        context = {**quarter_shown(shown, row), "form": form, "heading": CLAIM_WORDS["enter"]}
        return render(request, "applications/claim.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    draft = services.ClaimDraft(
        year=row.quarter.year, quarter=row.quarter.number, hours_used=form.cleaned_data["hours_used"]
    )
    return act(
        request,
        do=lambda: services.enter_claim(actor=request.actor, application_id=application_id, draft=draft, at=request.at),
        form=form,
        again=again,
        to=reverse("claims", args=[application_id]),
        done=_("The hours are saved."),
    )


@keeping
def claim_move(request: Request, application_id: UUID, quarter: str, stage: str) -> HttpResponse:
    """The claim is sent, came back or is paid."""
    shown = _page(request, application_id)
    row = _row(shown, quarter)
    found(CLAIM_WORDS.get(stage))
    if stage not in row.moves and request.method != "POST":
        return redirect("claims", application_id=application_id)
    form = ClaimMoveForm(request.POST or None, initial={"on": request.on, "reference": row.reference})

    def again(*, status: int = 200) -> HttpResponse:
        context = {**quarter_shown(shown, row), "form": form, "heading": CLAIM_WORDS[stage]}
        return render(request, "applications/claim.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.move_claim(
            actor=request.actor,
            application_id=application_id,
            year=row.quarter.year,
            quarter=row.quarter.number,
            move=stage,
            on=form.cleaned_data["on"],
            reference=form.cleaned_data["reference"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=reverse("claims", args=[application_id]),
        done=_("It is noted."),
    )


def _page(request: Request, application_id: UUID) -> ClaimsPage:
    return found(claims_of(actor=request.actor, application_id=application_id, on=request.on))


def _row(shown: ClaimsPage, quarter: str) -> QuarterRow:
    return found(shown.row(quarter))
