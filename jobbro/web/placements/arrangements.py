"""Support of the bridge: who arranges it, with which payer, by when; and that it is in place."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import Party
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere
from jobbro.apps.placements.selectors.table import ArrangementStart, arrangement_start
from jobbro.apps.placements.services.arrangements import arrange, finish_arrangement
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping
from .forms import ArrangementForm
from .words import NOT_NOW

USUAL = timedelta(days=14)


@keeping
def arrangement_add(request: Request, introduction_id: UUID) -> HttpResponse:
    """Say who arranges a support, and by when; `?measure=` names the one."""
    asked = request.POST.get("measure") or request.GET.get("measure", "")
    start = _start(request, introduction_id, asked)
    back = reverse("introduction", args=[introduction_id])
    form = ArrangementForm(request.POST or None, may_be=start.may_be, initial=_first(request, start))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_start(request, introduction_id, asked).seen)
        context = {"start": start, "page": start.table, "form": form, "is_conflict": status == 409}
        return render(request, "placements/arrange.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: arrange(
            actor=request.actor,
            proposal_id=start.table.introduction.proposal_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        form=form,
        again=again,
        to=f"{back}#support",
        late=back,
        done=_("It is written who arranges it."),
    )


@keeping
def arrangement_done(request: Request, introduction_id: UUID, arrangement_id: UUID) -> HttpResponse:
    """The support is in place."""
    back = reverse("introduction", args=[introduction_id]) + "#support"
    if request.method != "POST":
        return redirect(back)
    try:
        finish_arrangement(
            actor=request.actor,
            arrangement_id=arrangement_id,
            introduction_id=introduction_id,
            seen=request.POST.get("seen", ""),
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except (Changed, NotNow):
        messages.warning(request, str(NOT_NOW))
    else:
        messages.success(request, _("Good. It is noted that the support is in place."))
    return redirect(back)


def _start(request: Request, introduction_id: UUID, measure: str) -> ArrangementStart:
    return found(
        arrangement_start(actor=request.actor, introduction_id=introduction_id, measure=measure, on=request.on)
    )


def _first(request: Request, start: ArrangementStart) -> dict[str, Any]:
    """As it is arranged now; else by whoever writes it, within two weeks, with the scheme that can pay."""
    row = start.arrangement
    if row is not None:
        told = {"measure": row.measure, "scheme": row.scheme, "party": row.party, "who": row.who, "note": row.note}
        return {**told, "due_on": row.due_on, "seen": start.seen}
    scheme = start.measure.measure.scheme if start.measure else ""
    is_theirs = scheme == "employer"
    return {
        "measure": start.measure.code if start.measure else "",
        "scheme": scheme,
        "party": Party.EMPLOYER if is_theirs else Party.MUNICIPALITY,
        "who": "" if is_theirs else request.actor.name,
        "due_on": request.on + USUAL,
        "seen": start.seen,
    }
