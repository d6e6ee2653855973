"""A person's courses: what they come to, asking for a seat, answering, leaving and coming back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.courses.enums import SeatState
from jobbro.apps.courses.selectors.seats import SeatPage, enrol_page, seat_page, wish_page
from jobbro.apps.courses.selectors.seats import my_courses as my_courses_of
from jobbro.apps.courses.services import seats as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, base_of, looked, reading, speaking
from .forms import EnrolForm, LeaveForm, OutcomeForm, WishForm
from .reading import seat_line_shown, seat_shown, session_choice
from .words import said


@reading
def my_courses(request: Request, citizen_id: UUID) -> HttpResponse:
    """The courses of a person: what is to come, and what has been."""
    page = found(my_courses_of(actor=request.actor, citizen_id=citizen_id))
    context = {
        "page": page,
        "living": [seat_line_shown(line, is_own=page.is_own) for line in page.living],
        "past": [seat_line_shown(line, is_own=page.is_own) for line in page.past],
        "base_template": base_of(is_own=page.is_own),
    }
    return render(request, "courses/my_courses.html", context)


@speaking
def enrol(request: Request, citizen_id: UUID) -> HttpResponse:
    """Ask for a seat; staff give it, or a place on the list."""
    page = found(enrol_page(actor=request.actor, citizen_id=citizen_id, at=request.at, on=request.on))
    back = reverse("my_courses", args=[citizen_id])
    form = EnrolForm(
        request.POST or None,
        sessions=[session_choice(line) for line in page.sessions],
        steps=page.steps,
        is_own=page.is_own,
        initial={
            "session": request.GET.get("session", ""),
            "action": request.GET.get("step", ""),
            "name": page.citizen.given_name,
        },
    )

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "form": form, "base_template": base_of(is_own=page.is_own)}
        return render(request, "courses/enrol.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.enrol(
            actor=request.actor,
            citizen_id=citizen_id,
            session_id=UUID(form.cleaned_data["session"]),
            wish=form.wish,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda made: reverse("enrolment", args=[made.pk]),
        late=back,
        done=lambda made: _enrolled(made.state),
    )


def _enrolled(state: str) -> str:
    if state == SeatState.APPLIED:
        return _("You have asked for a seat. Your caseworker will answer you here.")
    if state == SeatState.SEAT:
        return _("There is a seat. The person has been told.")
    return _("All seats are taken. The person is on the waiting list and has been told.")


@reading
def enrolment(request: Request, enrolment_id: UUID) -> HttpResponse:
    """One course as it is for one person."""
    page = page_of(request, enrolment_id)
    return show_seat(request, page=page)


def show_seat(request: Request, *, page: SeatPage, status: int = 200, **context: Any) -> HttpResponse:
    """The page of a seat, also with a form that was refused."""
    told = {
        **seat_shown(page),
        "outcome_form": OutcomeForm(is_own=page.is_own, prefix="outcome") if page.can_tell else None,
        "base_template": base_of(is_own=page.is_own),
        **context,
    }
    return render(request, "courses/enrolment.html", told, status=status)


@speaking
def enrolment_change(request: Request, enrolment_id: UUID) -> HttpResponse:
    """What the person needs to take part."""
    page = found(wish_page(actor=request.actor, enrolment_id=enrolment_id))
    row = found(page.enrolment)
    back = reverse("enrolment", args=[enrolment_id])
    first = {"name": row.name, "wants": row.wants, "needs_words": row.needs_words, "action": str(row.action_id or "")}
    form = WishForm(request.POST or None, steps=page.steps, is_own=page.is_own, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "form": form, "back": back, "title": said(row.session.course, "title")}
        base = base_of(is_own=page.is_own)
        return render(request, "courses/wish.html", {**context, "base_template": base}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.change_wish(actor=request.actor, enrolment_id=enrolment_id, wish=form.wish, on=request.on),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved. Whoever runs the course can read it."),
    )


@speaking
def enrolment_answer(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Yes or no: to somebody who asks for a seat, or to a seat that became free."""
    page = page_of(request, enrolment_id)
    answer = request.POST.get("answer", "")
    if request.method != "POST" or answer not in ("yes", "no"):
        return redirect("enrolment", enrolment_id)
    if page.can_give:
        return _moved(
            request,
            page,
            lambda seen: services.answer_application(
                actor=request.actor,
                enrolment_id=enrolment_id,
                is_yes=answer == "yes",
                seen=seen,
                at=request.at,
                on=request.on,
            ),
            done=_("The person has been told."),
        )
    if answer == "no":
        return redirect("enrolment_leave", enrolment_id)
    return _moved(
        request,
        page,
        lambda seen: services.confirm_seat(
            actor=request.actor, enrolment_id=enrolment_id, seen=seen, at=request.at, on=request.on
        ),
        done=_("You have a seat. See you there.") if page.is_own else _("The person has a seat."),
    )


@speaking
def enrolment_leave(request: Request, enrolment_id: UUID) -> HttpResponse:
    """The person is not coming; it can be undone."""
    page = page_of(request, enrolment_id)
    back = reverse("enrolment", args=[enrolment_id])
    if not page.can_leave and request.method != "POST":
        return redirect(back)
    form = LeaveForm(request.POST or None, initial={"seen": page.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=page_of(request, enrolment_id).seen)
        context = {**seat_shown(page), "form": form, "is_conflict": status == 409}
        base = base_of(is_own=page.is_own)
        return render(request, "courses/leave.html", {**context, "base_template": base}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.leave_seat(
            actor=request.actor,
            enrolment_id=enrolment_id,
            reason=form.why,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("It is noted. If it was a mistake, you can undo it here."),
    )


@speaking
def enrolment_return(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Leaving is undone."""
    page = page_of(request, enrolment_id)
    if request.method != "POST":
        return redirect("enrolment", enrolment_id)
    return _moved(
        request,
        page,
        lambda seen: services.take_seat_again(
            actor=request.actor, enrolment_id=enrolment_id, seen=seen, at=request.at, on=request.on
        ),
        done=_("It is undone."),
    )


def _moved(request: Request, page: SeatPage, do: Callable[[str], Any], *, done: str) -> HttpResponse:
    """One button and its answer; who pressed an old page is shown how it stands now."""
    back = reverse("enrolment", args=[page.enrolment.pk])
    seen = request.POST.get("seen", "")
    return act(request, do=lambda: do(seen), form=None, again=None, to=back, late=back, done=done)


def page_of(request: Request, enrolment_id: UUID) -> SeatPage:
    """The page, with the look recorded also for whoever only runs the session."""
    page = found(seat_page(actor=request.actor, enrolment_id=enrolment_id, at=request.at, on=request.on))
    looked(request, [page.enrolment.citizen_id])
    return page
