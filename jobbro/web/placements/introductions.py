"""A round-table: planned, read, changed, and taken into a calendar."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import IntroductionState, MeetingKind, Party
from jobbro.apps.placements.selectors.table import MeetingStart, TablePage, meeting_start, table_page
from jobbro.apps.placements.services.introductions import change_introduction, plan_introduction
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, reading
from .calendar import calendar_answer
from .forms import SIDES, MeetingForm, SaidForm
from .reading import table_shown


@keeping
def introduction_add(request: Request, proposal_id: UUID) -> HttpResponse:
    """Plan a meeting between citizen, company and municipality."""
    start = found(meeting_start(actor=request.actor, proposal_id=proposal_id, on=request.on))
    if start.planned_id is not None and request.method != "POST":
        return redirect("introduction", start.planned_id)
    form = MeetingForm(request.POST or None, initial=_first(start, actor_name=request.actor.name))

    def again(*, status: int = 200) -> HttpResponse:
        context = {"start": start, "citizen": start.citizen, "form": form, "is_new": True}
        return render(request, "placements/meeting.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: plan_introduction(
            actor=request.actor, proposal_id=proposal_id, draft=form.draft(), at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=lambda row: reverse("introduction", args=[row.pk]),
        late=reverse("proposal", args=[proposal_id]),
        done=_("The meeting is planned. The company can read when, where and who."),
    )


def _first(start: MeetingStart, *, actor_name: str) -> dict[str, Any]:
    """The form as it is first shown: at the workplace, with whoever plans it."""
    where = (start.opening.place_name, start.opening.address, f"{start.opening.postcode} {start.opening.city}".strip())
    return {
        "kind": MeetingKind.WORKPLACE,
        "place": ", ".join(part for part in where if part),
        "their_seats": start.contact,
        "our_seats": actor_name,
    }


@reading
def introduction(request: Request, introduction_id: UUID) -> HttpResponse:
    """The table on one page: when and who, the bridge, what was said, what came of it."""
    page = _page(request, introduction_id)
    form = SaidForm(is_staff=not page.is_own, prefix="said") if _may_speak(page) else None
    return show_table(request, page=page, form=form)


@keeping
def introduction_change(request: Request, introduction_id: UUID) -> HttpResponse:
    """Another day, place or other people, while the meeting has not been held."""
    page = _page(request, introduction_id)
    back = reverse("introduction", args=[introduction_id])
    if "change" not in page.moves and request.method != "POST":
        return redirect(back)
    form = MeetingForm(request.POST or None, initial=_now(page))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, introduction_id).seen)
        context = {"page": page, "citizen": page.citizen, "form": form, "is_conflict": status == 409}
        return render(request, "placements/meeting.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: change_introduction(
            actor=request.actor,
            introduction_id=introduction_id,
            draft=form.draft(),
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The meeting is changed. Tell those who come."),
    )


def _now(page: TablePage) -> dict[str, Any]:
    """The form as the meeting stands."""
    row, local = page.introduction, timezone.localtime(page.introduction.meets_at)
    seats = {
        name: "\n".join(
            ", ".join(part for part in (one.name, one.role) if part) for one in page.participants if one.party == party
        )
        for name, party in SIDES.items()
    }
    return {
        "kind": row.kind,
        "meets_on": local.date(),
        "meets_at": local.time(),
        "place": row.place,
        "seen": page.seen,
        **seats,
    }


@reading
def introduction_calendar(request: Request, introduction_id: UUID) -> HttpResponse:
    """The meeting as a file for a calendar."""
    row = _page(request, introduction_id).introduction
    return calendar_answer(
        meeting_id=row.pk,
        summary=_("Meeting"),
        place=row.place,
        meets_at=row.meets_at,
        changed_at=row.changed_at,
        is_off=row.state == IntroductionState.CANCELLED,
    )


def show_table(request: Request, *, page: TablePage, form: SaidForm | None, status: int = 200) -> HttpResponse:
    """The table with the form for one's own words."""
    context = {**table_shown(page, on=request.on), "form": form, "Party": Party}
    return render(request, "placements/introduction.html", context, status=status)


def _page(request: Request, introduction_id: UUID) -> TablePage:
    return found(table_page(actor=request.actor, introduction_id=introduction_id, on=request.on))


def _may_speak(page: TablePage) -> bool:
    is_on = page.introduction.state != IntroductionState.CANCELLED
    return is_on and (page.is_own or page.may_keep)
