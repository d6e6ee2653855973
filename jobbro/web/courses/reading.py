"""Courses, sessions and seats as the pages show them."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.courses.enums import SessionState
from jobbro.apps.courses.selectors.catalogue import SessionLine, SessionPage
from jobbro.apps.courses.selectors.seats import SeatLine, SeatPage
from jobbro.apps.courses.stamps import seen_row
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.labels import AREA_LABELS

from .words import (
    PRESENCE_OWN,
    access_told,
    lesson_told,
    lines_of,
    said,
    standing_line,
    standing_told,
    wants_told,
)

COURSE_FIELDS = (
    *("title_da", "title_en", "text_da", "text_en", "easy_da", "easy_en", "aims_da", "aims_en"),
    *("areas", "length", "run_by"),
)


# Those who come first, then those who wait; within each in the order of joining.
ORDER = ["seat", "completed", "not_completed", "offered", "applied", "waiting", "left"]


def course_shown(course: Any) -> dict[str, Any]:
    """A course in the language of the page."""
    return {
        "course_id": course.pk,
        "title": said(course, "title"),
        "text": said(course, "text"),
        "easy": lines_of(said(course, "easy")),
        "aims": lines_of(said(course, "aims")),
        "areas": [str(AREA_LABELS[area]) for area in course.areas if area in AREA_LABELS],
        "length": course.length,
        "run_by": course.run_by,
        "is_closed": course.closed_on is not None,
    }


def course_first(course: Any, *, seen: str) -> dict[str, Any]:
    """The form as it is first."""
    return {**{name: getattr(course, name) for name in COURSE_FIELDS}, "seen": seen}


def material_shown(material: Any) -> dict[str, Any]:
    """Something to read in the language of the page."""
    return {
        "material_id": material.pk,
        "title": said(material, "title"),
        "lines": lines_of(said(material, "text")),
        "link": material.link,
    }


def material_first(material: Any) -> dict[str, Any]:
    """The form as it is first."""
    names = ("title_da", "title_en", "text_da", "text_en", "link")
    return {**{name: getattr(material, name) for name in names}, "seen": seen_row(material)}


def session_shown(line: SessionLine, *, at: datetime) -> dict[str, Any]:
    """A session with its meetings and how many seats are free."""
    session = line.session
    return {
        "session_id": session.pk,
        "title": said(session.course, "title"),
        "place": session.place,
        "lessons": [lesson_told(one.begins_at, one.ends_at) for one in line.lessons],
        "begins": spoken_date(day=timezone.localtime(session.begins_at)),
        "access": access_told(session.access),
        "access_note": session.access_note,
        "enrol_by": session.enrol_by,
        "takes_people": line.takes_people,
        "is_cancelled": session.state == SessionState.CANCELLED,
        "cancelled_why": session.cancelled_why,
        "has_begun": session.begins_at <= at,
        "fill": fill_told(line),
    }


def fill_told(line: SessionLine) -> str:
    """How many seats are free; nobody’s name."""
    free, waiting = line.free, line.waiting
    if free:
        return ngettext("%(count)s free seat", "%(count)s free seats", free) % {"count": free}
    if not waiting:
        return _("All seats are taken; there is a waiting list")
    told = ngettext("%(count)s person on the waiting list", "%(count)s people on the waiting list", waiting)
    return told % {"count": waiting}


def session_choice(line: SessionLine) -> tuple[str, str]:
    """A session as one answer among others."""
    session = line.session
    first = line.lessons[0] if line.lessons else None
    when = lesson_told(first.begins_at, first.ends_at) if first else ""
    count = ngettext("%(count)s meeting", "%(count)s meetings", len(line.lessons)) % {"count": len(line.lessons)}
    parts = [when, count, session.place, fill_told(line), *access_told(session.access)]
    return str(session.pk), f"{said(session.course, 'title')}: {', '.join(part for part in parts if part)}"


def session_first(page: SessionPage) -> dict[str, Any]:
    """The form as it is first."""
    session = page.session
    return {
        "lessons": "\n".join(lesson_line(one.begins_at, one.ends_at) for one in page.line.lessons),
        "place": session.place,
        "seats": session.seats,
        "enrol_by": session.enrol_by,
        "confirm_days": session.confirm_days,
        "responsible": str(session.responsible_id),
        "access": session.access,
        "access_note": session.access_note,
        "seen": page.seen,
    }


def lesson_line(begins_at: datetime, ends_at: datetime) -> str:
    """A meeting as it is typed."""
    begins, ends = timezone.localtime(begins_at), timezone.localtime(ends_at)
    return f"{begins:%d.%m.%Y} {begins:%H.%M}-{ends:%H.%M}"


def people_shown(page: SessionPage) -> list[dict[str, Any]]:
    """Who comes, with what they need and what is not arranged yet."""
    return [
        {
            "enrolment_id": one.pk,
            "name": one.name,
            "standing": standing_line(one.state, reason=one.left_reason, place=None),
            "needs": one.needs_words,
            "wants": wants_told(one.wants),
            "missing": wants_told(code for code in one.wants if code not in page.session.access),
            "there": sum(page.attendance.get((one.pk, lesson.pk)) == "came" for lesson in page.line.lessons),
            "noted": sum((one.pk, lesson.pk) in page.attendance for lesson in page.line.lessons),
        }
        for one in sorted(page.people, key=lambda one: ORDER.index(one.state))
    ]


def seat_line_shown(line: SeatLine, *, is_own: bool) -> dict[str, Any]:
    """A place at a course in one line."""
    told = standing_told if is_own else standing_line
    one = line.enrolment
    return {
        "enrolment_id": one.pk,
        "title": said(line.course, "title"),
        "begins": spoken_date(day=timezone.localtime(line.session.begins_at)),
        "place": line.session.place,
        "state": one.state,
        "standing": told(one.state, reason=one.left_reason, place=line.place_on_list),
    }


def seat_shown(page: SeatPage) -> dict[str, Any]:
    """A place at a course as its page shows it."""
    told = standing_told if page.is_own else standing_line
    one = page.enrolment
    return {
        "page": page,
        "row": one,
        "course": course_shown(page.course),
        "standing": told(one.state, reason=one.left_reason, place=page.place_on_list),
        "lessons": [
            {
                "when": lesson_told(line.lesson.begins_at, line.lesson.ends_at),
                "presence": _presence(line.presence, is_own=page.is_own),
            }
            for line in page.lessons
        ],
        "materials": [material_shown(one) for one in page.materials],
        "wants": wants_told(one.wants),
        "missing": wants_told(page.missing),
        "access": access_told(page.session.access),
    }


def _presence(presence: Any, *, is_own: bool) -> str:
    if presence is None:
        return ""
    return str(PRESENCE_OWN[presence]) if is_own else str(presence.label)
