"""The catalogue: courses, what there is to read, and keeping them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.courses.selectors.catalogue import CoursePage, course_page, material_page
from jobbro.apps.courses.selectors.catalogue import catalogue as catalogue_for
from jobbro.apps.courses.services.catalogue import (
    add_course,
    add_material,
    change_course,
    change_material,
    turn_course,
)
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, base_of, browsing, keeping
from .forms import CourseForm, MaterialChangeForm, MaterialForm
from .reading import course_first, course_shown, material_first, material_shown, session_shown


@browsing
def courses(request: Request) -> HttpResponse:
    """All courses that are offered, with when they are held next."""
    page = catalogue_for(actor=request.actor, at=request.at, on=request.on)
    is_own = request.actor.citizen_id is not None
    context = {
        "page": page,
        "lines": [
            {**course_shown(line.course), "sessions": [session_shown(one, at=request.at) for one in line.coming]}
            for line in page.lines
        ],
        "closed": [course_shown(one) for one in page.closed],
        "is_own": is_own,
        "base_template": base_of(is_own=is_own),
    }
    return render(request, "courses/courses.html", context)


@browsing
def course(request: Request, course_id: UUID) -> HttpResponse:
    """One course: what it is about, what there is to read, when it is held."""
    page = _page(request, course_id)
    is_own = request.actor.citizen_id is not None
    context = {
        "page": page,
        **course_shown(page.course),
        "materials": [material_shown(one) for one in page.materials],
        "coming": [session_shown(line, at=request.at) for line in page.coming],
        "past": [session_shown(line, at=request.at) for line in page.past],
        "is_own": is_own,
        "base_template": base_of(is_own=is_own),
    }
    return render(request, "courses/course.html", context)


@keeping
def course_add(request: Request) -> HttpResponse:
    """A new course in the own municipality's catalogue."""
    form = CourseForm(request.POST or None)

    def again(*, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": _("Add a course"), "back": reverse("courses")}
        return render(request, "courses/edit.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    code = found(next(iter(request.actor.codes), None))
    return act(
        request,
        do=lambda: add_course(actor=request.actor, municipality_code=code, draft=form.draft, at=request.at),
        form=form,
        again=again,
        to=lambda made: reverse("course", args=[made.pk]),
        late=reverse("courses"),
        done=_("The course is in the catalogue. Plan when it is held."),
    )


@keeping
def course_change(request: Request, course_id: UUID) -> HttpResponse:
    """The course says something else now."""
    page = _kept(request, course_id)
    back = reverse("course", args=[course_id])
    form = CourseForm(request.POST or None, initial=course_first(page.course, seen=page.seen))

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_kept(request, course_id).seen)
        context = {"form": form, "heading": _("Change the course"), "back": back, "is_conflict": status == 409}
        return render(request, "courses/edit.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: change_course(
            actor=request.actor,
            course_id=course_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved."),
    )


@keeping
def course_turn(request: Request, course_id: UUID) -> HttpResponse:
    """Out of the catalogue, or back into it."""
    page = _kept(request, course_id)
    back = reverse("course", args=[course_id])
    if request.method != "POST":
        return redirect(back)
    return act(
        request,
        do=lambda: turn_course(
            actor=request.actor,
            course_id=course_id,
            is_offered=page.course.closed_on is not None,
            seen=request.POST.get("seen", ""),
            at=request.at,
            on=request.on,
        ),
        form=None,
        again=None,
        to=back,
        late=back,
        done=_("Saved."),
    )


@browsing
def course_material(request: Request, material_id: UUID) -> HttpResponse:
    """Something to read, one thought a line; the page reads itself aloud."""
    material = _material(request, material_id)
    is_own = request.actor.citizen_id is not None
    context = {
        **material_shown(material),
        "course": course_shown(material.course),
        "is_own": is_own,
        "can_keep": _can_keep(request, material.course),
        "base_template": base_of(is_own=is_own),
    }
    return render(request, "courses/material.html", context)


@keeping
def course_material_add(request: Request, course_id: UUID) -> HttpResponse:
    """One more thing to read."""
    _kept(request, course_id)
    return _material_form(
        request,
        form=MaterialForm(request.POST or None),
        heading=_("Add something to read"),
        back=reverse("course", args=[course_id]),
        do=lambda form: add_material(actor=request.actor, course_id=course_id, draft=form.draft, at=request.at),
    )


@keeping
def course_material_change(request: Request, material_id: UUID) -> HttpResponse:
    """It says something else now, or is taken away."""
    material = _material(request, material_id)
    found(True if _can_keep(request, material.course) else None)
    return _material_form(
        request,
        form=MaterialChangeForm(request.POST or None, initial=material_first(material)),
        heading=_("Change what there is to read"),
        back=reverse("course", args=[material.course_id]),
        do=lambda form: change_material(
            actor=request.actor,
            material_id=material_id,
            draft=form.draft,
            is_removed=form.cleaned_data["is_removed"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        fresh=lambda: str(material_first(_material(request, material_id))["seen"]),
    )


def _material_form(
    request: Request, *, form: MaterialForm, heading: str, back: str, do: Any, fresh: Any = None
) -> HttpResponse:
    def again(*, status: int = 200) -> HttpResponse:
        if status == 409 and fresh:
            with_new_mark(form, seen=fresh())
        context = {"form": form, "heading": heading, "back": back, "is_conflict": status == 409}
        return render(request, "courses/edit.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=lambda: do(form), form=form, again=again, to=back, late=back, done=_("Saved."))


def _page(request: Request, course_id: UUID) -> CoursePage:
    return found(course_page(actor=request.actor, course_id=course_id, at=request.at, on=request.on))


def _kept(request: Request, course_id: UUID) -> CoursePage:
    page = _page(request, course_id)
    return found(page if page.can_keep else None)


def _material(request: Request, material_id: UUID) -> Any:
    return found(material_page(actor=request.actor, material_id=material_id))


def _can_keep(request: Request, course: Any) -> bool:
    return request.actor.citizen_id is None and course.municipality_id in request.actor.codes
