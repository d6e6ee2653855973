"""Sessions: planned, changed, called off, and who was there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.courses.selectors.catalogue import SessionPage, persons_of, session_page, session_start
from jobbro.apps.courses.services.running import note_attendance
from jobbro.apps.courses.services.sessions import cancel_session, change_session, plan_session
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, listing, looked, noting
from .forms import CancelForm, PresenceForm, SessionForm
from .reading import course_shown, people_shown, session_first, session_shown
from .words import NOT_NOW, lesson_told


@listing
def session(request: Request, session_id: UUID) -> HttpResponse:
    """When and where, who comes, and what they need to take part."""
    page = _page(request, session_id)
    looked(request, persons_of(page.people))
    context = {
        "page": page,
        "course": course_shown(page.course),
        "shown": session_shown(page.line, at=request.at),
        "people": people_shown(page),
        "may_change": page.can_keep and page.session.state == "open" and page.session.begins_at > request.at,
        "may_cancel": page.can_keep and page.session.state == "open" and page.session.ends_at > request.at,
        "may_note": page.can_note and bool(page.living) and page.session.begins_at <= request.at,
    }
    return render(request, "courses/session.html", context)


@keeping
def session_add(request: Request, course_id: UUID) -> HttpResponse:
    """The course will be held."""
    start = found(session_start(actor=request.actor, course_id=course_id, on=request.on))
    back = reverse("course", args=[course_id])
    people = [(str(one.id), f"{one.name} · {one.note}") for one in start.people]
    form = SessionForm(request.POST or None, people=people, initial={"responsible": str(request.actor.id)})

    def again(*, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": _("Plan when the course is held"), "back": back}
        return render(request, "courses/edit.html", {**context, "course": course_shown(start.course)}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: plan_session(actor=request.actor, course_id=course_id, draft=form.draft, at=request.at),
        form=form,
        again=again,
        to=lambda made: reverse("session", args=[made.pk]),
        late=back,
        done=_("It is planned. People can ask for a seat now."),
    )


@keeping
def session_change(request: Request, session_id: UUID) -> HttpResponse:
    """Another day, another room, more seats: everybody who comes is told."""
    page = _kept(request, session_id)
    back = reverse("session", args=[session_id])
    start = found(session_start(actor=request.actor, course_id=page.course.pk, on=request.on))
    people = [(str(one.id), f"{one.name} · {one.note}") for one in start.people]
    if str(page.session.responsible_id) not in dict(people):
        people.append((str(page.session.responsible_id), page.responsible))
    form = SessionForm(request.POST or None, people=people, initial=session_first(page))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_kept(request, session_id).seen)
        context = {"form": form, "heading": _("Change when and where"), "back": back, "is_conflict": status == 409}
        return render(request, "courses/edit.html", {**context, "course": course_shown(page.course)}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: change_session(
            actor=request.actor,
            session_id=session_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved. Those who come have been told what is new."),
    )


@keeping
def session_cancel(request: Request, session_id: UUID) -> HttpResponse:
    """The course is called off, and everybody is told."""
    page = _kept(request, session_id)
    back = reverse("session", args=[session_id])
    form = CancelForm(request.POST or None, initial={"seen": page.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_kept(request, session_id).seen)
        context = {
            "form": form,
            "heading": _("Call the course off"),
            "lead": _("Everybody who has a seat or waits for one is told at once. It cannot be undone."),
            "verb": _("Call the course off and tell everybody"),
            "back": back,
            "is_conflict": status == 409,
            "course": course_shown(page.course),
        }
        return render(request, "courses/edit.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: cancel_session(
            actor=request.actor,
            session_id=session_id,
            why=form.cleaned_data["why"],
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The course is called off, and everybody has been told."),
    )


@noting
def session_attendance(request: Request, session_id: UUID) -> HttpResponse:
    """Who was at one meeting."""
    page = _page(request, session_id)
    looked(request, persons_of(page.people))
    back = reverse("session", args=[session_id])
    asked = request.POST.get("lesson", "") or request.GET.get("lesson", "")
    lesson = page.lesson_for(asked, at=request.at)
    if lesson is None or not page.can_note:
        messages.warning(request, str(NOT_NOW))
        return redirect(back)
    people = [(one.pk, one.name) for one in page.living]
    first = {f"seat_{pk.hex}": page.attendance.get((pk, lesson.pk), "") for pk, _name in people}
    form = PresenceForm(request.POST or None, people=people, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        context = {
            "page": page,
            "form": form,
            "lesson": lesson,
            "when": lesson_told(lesson.begins_at, lesson.ends_at),
            "lessons": [
                (one.pk, lesson_told(one.begins_at, one.ends_at), one.pk == lesson.pk)
                for one in page.line.lessons
                if one.begins_at <= request.at
            ],
            "course": course_shown(page.course),
        }
        return render(request, "courses/attendance.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: note_attendance(
            actor=request.actor,
            session_id=session_id,
            lesson_id=lesson.pk,
            presence=form.presence,
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("It is noted who was there."),
    )


def _page(request: Request, session_id: UUID) -> SessionPage:
    return found(session_page(actor=request.actor, session_id=session_id, at=request.at, on=request.on))


def _kept(request: Request, session_id: UUID) -> SessionPage:
    page = _page(request, session_id)
    # No names are shown on these pages.
    return found(page if page.can_keep else None)
