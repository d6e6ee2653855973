"""A meeting moves on: called off, held, answered, and its interpreters found."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.meetings.enums import Answer, HelpKind, HelpState
from jobbro.apps.meetings.selectors.pages import MeetingPage, meeting_page
from jobbro.apps.meetings.services.answering import answer_meeting, set_help
from jobbro.apps.meetings.services.booking import cancel_meeting, hold_meeting
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, act_at_once, answering, company_looks, keeping
from .booking import show_meeting
from .forms import AnswerForm, CancelForm, HelpForm, NotedAnswerForm


@keeping
def meeting_cancel(request: Request, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off, with a reason."""
    page = _page(request, meeting_id)
    back = reverse("meeting_booked", args=[meeting_id])
    if "cancel" not in page.moves and request.method != "POST":
        return redirect(back)
    form = CancelForm(request.POST or None, initial={"seen": page.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, meeting_id).seen)
        context = {
            "page": page,
            "row": page.meeting,
            "citizen": page.citizen,
            "form": form,
            "heading": _("Call the meeting off"),
            "button": _("Call it off"),
            "is_conflict": status == 409,
        }
        return render(request, "meetings/move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: cancel_meeting(
            actor=request.actor,
            meeting_id=meeting_id,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=lambda row: back,
        done=_("The meeting is called off. Those who were asked to come are told."),
    )


@keeping
def meeting_hold(request: Request, meeting_id: UUID) -> HttpResponse:
    """The meeting has been held."""
    back = reverse("meeting_booked", args=[meeting_id])
    if request.method != "POST":
        return redirect(back)
    seen = request.POST.get("seen", "")
    return act_at_once(
        request,
        do=lambda: hold_meeting(actor=request.actor, meeting_id=meeting_id, seen=seen, at=request.at),
        to=back,
        done=_("It is noted that you met."),
    )


@answering
def meeting_answer(request: Request, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """Say whether one comes; staff note what somebody else answered."""
    page = _page(request, meeting_id)
    shown = found(next((one for one in page.seats if one.seat.pk == seat_id and one.can_answer), None))
    back = reverse("meeting_booked", args=[meeting_id])
    first = {"answer": shown.seat.answer, "note": shown.seat.answer_note}
    form_class = AnswerForm if shown.is_own else NotedAnswerForm
    form = form_class(request.POST or None, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        if shown.is_own:
            return show_meeting(request, page=page, form=form, status=status)
        heading = _("What did %(name)s answer?") % {"name": shown.name}
        context = {"page": page, "row": page.meeting, "citizen": page.citizen, "form": form, "heading": heading}
        return render(request, "meetings/move.html", context, status=status)

    if request.method != "POST":
        return redirect(back) if shown.is_own else again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: answer_meeting(
            actor=request.actor,
            seat_id=seat_id,
            answer=Answer(form.cleaned_data["answer"]),
            note=form.cleaned_data["note"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=lambda row: back,
        done=_("Thank you. Your answer is with us.") if shown.is_own else _("The answer is noted."),
    )


@keeping
def meeting_help_set(request: Request, meeting_id: UUID, booking_id: UUID) -> HttpResponse:
    """How far the booking of an interpreter or a companion is."""
    page = _page(request, meeting_id)
    one = found(next((row for row in page.helps if row.pk == booking_id), None))
    back = reverse("meeting_booked", args=[meeting_id])
    form = HelpForm(request.POST or None, initial={"state": one.state, "who": one.who})

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "row": page.meeting, "citizen": page.citizen, "form": form}
        heading = str(HelpKind(one.kind).label)
        return render(request, "meetings/move.html", {**context, "heading": heading}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: set_help(
            actor=request.actor,
            help_id=booking_id,
            state=HelpState(form.cleaned_data["state"]),
            who=form.cleaned_data["who"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=lambda row: back,
        done=_("Saved."),
    )


def _page(request: Request, meeting_id: UUID) -> MeetingPage:
    company_looks(request)
    return found(meeting_page(actor=request.actor, meeting_id=meeting_id, at=request.at))
