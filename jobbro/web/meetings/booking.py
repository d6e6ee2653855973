"""A meeting: booked, read and changed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.meetings.enums import Answer, Form, HelpKind, HelpState, MeetingKind, Party
from jobbro.apps.meetings.selectors.pages import BookingStart, MeetingPage, booking_start, meeting_page
from jobbro.apps.meetings.services.booking import book_meeting, change_meeting
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, base_of, company_looks, joining, keeping
from .forms import AnswerForm, MeetingForm, first_values, values_now


@keeping
def meeting_book(request: Request, citizen_id: UUID) -> HttpResponse:
    """Book a meeting and invite those who come."""
    start = found(booking_start(actor=request.actor, citizen_id=citizen_id, on=request.on))
    form = _form(request, start=start, is_new=True, initial=first_values(start, actor_id=request.actor.id))

    def again(*, status: int = 200) -> HttpResponse:
        context = {"citizen": start.citizen, "form": form, "is_new": True}
        return render(request, "meetings/book.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: book_meeting(
            actor=request.actor, citizen_id=citizen_id, draft=form.draft(), at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=lambda row: reverse("meeting_booked", args=[row.pk]),
        done=_("The meeting is booked. Those who come are invited."),
    )


@joining
def meeting_booked(request: Request, meeting_id: UUID) -> HttpResponse:
    """When, where, who comes, which help is booked, and the own answer."""
    page = _page(request, meeting_id)
    return show_meeting(request, page=page)


@keeping
def meeting_change(request: Request, meeting_id: UUID) -> HttpResponse:
    """Another day, place or other people."""
    page = _page(request, meeting_id)
    back = reverse("meeting_booked", args=[meeting_id])
    if "change" not in page.moves and request.method != "POST":
        return redirect(back)
    start = found(booking_start(actor=request.actor, citizen_id=page.meeting.citizen_id, on=request.on))
    form = _form(request, start=_with_seats(start, page=page), is_new=False, initial=values_now(page))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, meeting_id).seen)
        context = {"page": page, "citizen": page.citizen, "form": form, "is_conflict": status == 409}
        return render(request, "meetings/book.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: change_meeting(
            actor=request.actor,
            meeting_id=meeting_id,
            draft=form.draft(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda row: back,
        done=_("The meeting is changed. Those who come are told."),
    )


def show_meeting(
    request: Request, *, page: MeetingPage, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """The meeting on its page; `form`: the own answer as it was typed."""
    row = page.meeting
    own = page.own_seat
    can_answer = own is not None and row.state == "planned" and not page.is_over
    first = {"answer": own.seat.answer, "note": own.seat.answer_note} if own else {}
    context = {
        "page": page,
        "row": row,
        "citizen": page.citizen,
        "kind": str(MeetingKind(row.kind).label),
        "form_told": str(Form(row.form).label),
        "people": [_person(shown) for shown in page.seats],
        "helps": [_help(one) for one in page.helps],
        "form": (form or AnswerForm(initial=first)) if can_answer else None,
        "own": own,
        "base_template": base_of(request.actor),
    }
    return render(request, "meetings/meeting.html", context, status=status)


def _page(request: Request, meeting_id: UUID) -> MeetingPage:
    company_looks(request)
    return found(meeting_page(actor=request.actor, meeting_id=meeting_id, at=request.at))


def _form(request: Request, *, start: BookingStart, is_new: bool, initial: dict[str, Any]) -> MeetingForm:
    return MeetingForm(request.POST or None, initial=initial, staff=start.staff, contacts=start.contacts, is_new=is_new)


def _with_seats(start: BookingStart, *, page: MeetingPage) -> BookingStart:
    """Who is asked already stays to be chosen, also when they no longer are around the citizen."""
    seats = [shown.seat for shown in page.seats]
    staff = dict(start.staff) | {
        seat.user_id: seat.name for seat in seats if seat.user_id and seat.party == Party.STAFF
    }
    contacts = dict(start.contacts) | {seat.contact_id: seat.name for seat in seats if seat.contact_id}
    return BookingStart(
        citizen=start.citizen, staff=tuple(staff.items()), around=start.around, contacts=tuple(contacts.items())
    )


def _person(shown: Any) -> dict[str, Any]:
    seat = shown.seat
    return {
        "id": seat.pk,
        "name": shown.name,
        "party": str(Party(seat.party).label),
        "answer": str(Answer(seat.answer).label),
        "code": seat.answer,
        "note": seat.answer_note,
        "noted_by": seat.noted_by,
        "is_own": shown.is_own,
        "can_answer": shown.can_answer and not shown.is_own,
    }


def _help(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "kind": str(HelpKind(one.kind).label),
        "detail": one.detail,
        "who": one.who,
        "state": one.state,
        "told": str(HelpState(one.state).label),
    }
