"""What the pages of courses say: titles in the page's language, where somebody stands, why something was refused."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.courses.enums import Access, LeftReason, Presence, SeatState
from jobbro.apps.courses.refusals import Refused
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Others read this: take the number out."),
    "areas": gettext_lazy("Choose areas from the list."),
    "access": gettext_lazy("Choose from the list."),
    "link": gettext_lazy("A link begins with https://. Copy it from the address line of the browser."),
    "material": gettext_lazy("Write a text, or put in a link."),
    "lessons_none": gettext_lazy("Write when you meet: one meeting a line, for example 12.01.2027 9.30-12.00."),
    "lessons_many": gettext_lazy("Write at most 60 meetings."),
    "lessons_order": gettext_lazy("Each meeting begins after the one before has ended. Look at the lines."),
    "lesson_long": gettext_lazy("A meeting ends after it has begun, and lasts at most 10 hours."),
    "past": gettext_lazy("The first meeting would have begun already. Choose a later day."),
    "far": gettext_lazy("That is more than two years away. Look at the year once more."),
    "seats": gettext_lazy("Write a whole number from 1 to 200."),
    "seats_taken": gettext_lazy("More people have a seat already. Write at least as many seats as are taken."),
    "confirm_days": gettext_lazy("Write a whole number from 1 to 30."),
    "enrol_by": gettext_lazy("The last day to ask for a seat is the day of the first meeting, or before."),
    "responsible": gettext_lazy("This person does not work in the municipality today. Choose somebody else."),
    "twice": gettext_lazy("This course is on the list already. Open it there."),
    "step": gettext_lazy("This step is not in the plan any more. Choose another one, or none."),
    "reason": gettext_lazy("Choose an answer."),
}

ACCESS_WANTS: dict[str, "StrPromise"] = {
    Access.STEP_FREE: gettext_lazy("No steps on the way"),
    Access.HEARING_LOOP: gettext_lazy("A hearing loop"),
    Access.QUIET_ROOM: gettext_lazy("A quiet room for breaks"),
    Access.INTERPRETER: gettext_lazy("An interpreter"),
    Access.CAPTIONS: gettext_lazy("To take part from home, with captions"),
    Access.BREAKS: gettext_lazy("Many short breaks"),
    Access.COMPANION: gettext_lazy("To bring somebody"),
}

# To the citizen, as a sentence about them.
STANDING: dict[str, "StrPromise"] = {
    SeatState.APPLIED: gettext_lazy("You have asked for a seat. Your caseworker will answer you."),
    SeatState.WAITING: gettext_lazy("You are on the waiting list. We write to you when a seat is free."),
    SeatState.OFFERED: gettext_lazy("There is a seat for you. Do you want it?"),
    SeatState.SEAT: gettext_lazy("You have a seat."),
    SeatState.COMPLETED: gettext_lazy("You have completed the course."),
    SeatState.NOT_COMPLETED: gettext_lazy("You stopped on the way. What you learned is still yours."),
}
LEFT_TOLD: dict[str, "StrPromise"] = {
    LeftReason.NOT_NOW: gettext_lazy(
        "Your caseworker thinks that something else helps you more right now. Ring and ask if you want to know why."
    ),
    LeftReason.NO_ANSWER: gettext_lazy(
        "We did not hear from you in time, so the seat went to the next person. Ring us if you still want to come."
    ),
    LeftReason.FULL: gettext_lazy("No seat became free this time. Ask for a seat the next time the course is held."),
    LeftReason.CANCELLED: gettext_lazy("The course was called off. Your caseworker helps you find another."),
}

PRESENCE_OWN: dict[str, "StrPromise"] = {
    Presence.CAME: gettext_lazy("You were there"),
    Presence.AWAY_TOLD: gettext_lazy("You were not there and had told us"),
    Presence.AWAY: gettext_lazy("You were not there"),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def said(row: Any, name: str) -> str:
    """The words in the language of the page; Danish where nobody has written English."""
    danish: str = getattr(row, f"{name}_da")
    return str(getattr(row, f"{name}_en") or danish) if language() == "en" else danish


def lines_of(text: str) -> list[str]:
    """One thought a line."""
    return [line.strip(" -•") for line in text.splitlines() if line.strip(" -•")]


def access_told(codes: Iterable[str]) -> list[str]:
    """What is arranged, in words."""
    return [str(Access(code).label) for code in codes if code in Access.values]


def wants_told(codes: Iterable[str]) -> list[str]:
    """What somebody needs, in words."""
    return [str(ACCESS_WANTS[code]) for code in codes if code in ACCESS_WANTS]


def lesson_told(begins_at: datetime, ends_at: datetime) -> str:
    """“tirsdag den 12. januar 2027 kl. 9.30-12.00”; a meeting over midnight says both days."""
    begins, ends = timezone.localtime(begins_at), timezone.localtime(ends_at)
    mark = ":" if language() == "en" else "."
    clock = "{}-{}".format(*(format_date(one, f"G{mark}i") for one in (begins, ends)))
    day = spoken_date(day=begins)
    return _("%(day)s at %(clock)s") % {"day": day, "clock": clock}


def standing_told(state: str, *, reason: str, place: int | None) -> str:
    """Where the citizen stands, told to them."""
    if state == SeatState.LEFT:
        return str(LEFT_TOLD.get(reason) or _("You are not coming. That is all right."))
    told = str(STANDING[state])
    if place is not None:
        told += " " + (_("You are next.") if place == 1 else _("You are number %(place)s.") % {"place": place})
    return told


def standing_line(state: str, *, reason: str, place: int | None) -> str:
    """Where somebody stands, told to staff."""
    told = str(SeatState(state).label)
    if state == SeatState.LEFT and reason:
        return f"{told}: {LeftReason(reason).label}"
    return _("%(told)s, number %(place)s") % {"told": told, "place": place} if place is not None else told
