"""The agreement: written, read, and on paper."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import AgreementKind, Outcome
from jobbro.apps.placements.selectors.agreements import (
    AgreementPage,
    AgreementStart,
    agreement_page,
    agreement_start,
)
from jobbro.apps.placements.services.agreements import write_agreement
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, base_of, keeping, printing, reading
from .forms import AgreementForm, SignForm
from .pdf import pdf_answer
from .reading import agreement_shown, steps_of, version_lines


@keeping
def agreement_write(request: Request, introduction_id: UUID) -> HttpResponse:
    """The next wording; the first starts from the job, a later one from the one before."""
    start = _start(request, introduction_id)
    back = reverse("introduction", args=[introduction_id])
    if not (start.can_be_written and start.has_card) and request.method != "POST":
        return redirect(back)
    form = AgreementForm(
        request.POST or None,
        measures=sorted(((code, name[language()]) for code, name in start.measures.items()), key=itemgetter(1)),
        is_change=start.is_change,
        rows=len(start.newest.steps) if start.newest else 0,
        initial=_first(start, proposed=_proposed_step(request)),
    )

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_start(request, introduction_id).seen)
        context = {"start": start, "form": form, "is_conflict": status == 409}
        return render(request, "placements/write.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: write_agreement(
            actor=request.actor,
            proposal_id=start.introduction.proposal_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda version: reverse("agreement", args=[version.pk]),
        late=back,
        done=_("The agreement is written. It holds when all three have signed."),
    )


def _first(start: AgreementStart, *, proposed: tuple[str, str] | None) -> dict[str, Any]:
    """The form as it is first shown."""
    return _of_newest(start, proposed=proposed) if start.newest else _of_job(start)


def _of_newest(start: AgreementStart, *, proposed: tuple[str, str] | None) -> dict[str, Any]:
    version = start.newest
    assert version is not None
    first: dict[str, Any] = {
        name: getattr(version, name)
        for name in ("kind", "ends_on", "slots", "place", "tasks", "wage_text", "contact_text")
    }
    first["measures"] = [one["code"] for one in version.measures]
    steps = [*steps_of(version), *([proposed] if proposed else [])]
    for row, (from_on, hours) in enumerate(steps, start=1):
        first |= {f"from_{row}": from_on, f"hours_{row}": hours}
    return {**first, "seen": start.seen}


def _proposed_step(request: Request) -> tuple[str, str] | None:
    """Other hours that a page proposes in the address, as the last row; whoever writes decides."""
    from_on, hours = request.GET.get("from", ""), request.GET.get("hours", "")
    return (from_on[:10], hours[:6]) if from_on and hours else None


def _of_job(start: AgreementStart) -> dict[str, Any]:
    opening, row = start.opening, start.introduction
    where = (opening.place_name, opening.address, f"{opening.postcode} {opening.city}".strip())
    return {
        "kind": AgreementKind.TRIAL if row.outcome == Outcome.TRIAL else AgreementKind.JOB,
        "from_1": opening.starts_on,
        "hours_1": opening.hours_min,
        "slots": opening.slots,
        "place": ", ".join(part for part in where if part),
        "tasks": opening.description,
        "wage_text": opening.wage_text,
        "contact_text": "\n".join(", ".join(part for part in (one.name, one.role) if part) for one in start.contacts),
        "measures": list(start.measures),
        "seen": start.seen,
    }


def _start(request: Request, introduction_id: UUID) -> AgreementStart:
    return found(agreement_start(actor=request.actor, introduction_id=introduction_id, on=request.on))


@reading
def agreement(request: Request, version_id: UUID) -> HttpResponse:
    """One wording, who has signed it, and the button for one's own signature."""
    return show_agreement(request, page=agreement_for(request, version_id))


@printing
def agreement_pdf(request: Request, version_id: UUID) -> HttpResponse:
    """The wording on paper, with the signatures there are."""
    return pdf_answer(agreement_for(request, version_id).told, actor=request.actor, on=request.on)


def agreement_for(request: Request, version_id: UUID) -> AgreementPage:
    """The wording for whoever asks."""
    return found(agreement_page(actor=request.actor, version_id=version_id))


def show_agreement(
    request: Request, *, page: AgreementPage, status: int = 200, is_conflict: bool = False
) -> HttpResponse:
    """The page of a wording."""
    told = page.told
    context = {
        "page": page,
        "told": told,
        "version": told.version,
        "shown": agreement_shown(told),
        "versions": version_lines(told.versions),
        "newest": told.versions[-1],
        "form": SignForm(initial={"digest": told.version.digest}),
        "sign_url": reverse("agreement_sign", args=[told.version.pk]),
        "version_url": "agreement",
        "is_conflict": is_conflict,
        "base_template": base_of(is_own=page.is_own),
    }
    return render(request, "placements/agreement.html", context, status=status)
