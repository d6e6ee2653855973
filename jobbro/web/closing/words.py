"""What the pages of endings and moves say: facts as lines of words, and why something was refused."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.closing.enums import CloseReason, LooseEnd
from jobbro.apps.closing.facts import InPlace, OpenThing, Reached
from jobbro.apps.closing.refusals import Refused
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.bridges import measure_name
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Take the number out."),
    "loose_ends": gettext_lazy("Say what becomes of this before the course is closed."),
    "moving": gettext_lazy("The citizen is on the way to another municipality. Finish that first, or call it off."),
    "person": gettext_lazy("This person does not work with citizens here today. Choose somebody else."),
    "municipality": gettext_lazy("This municipality does not use Jobbro here. Close the course and choose “moved”."),
    "moves_on": gettext_lazy("That is more than a year away. Look at the year once more."),
    "own_word": gettext_lazy("The citizen has answered. Only they can change it."),
    "team": gettext_lazy("Choose a team of your own that takes citizens of the municipality."),
    "known_here": gettext_lazy(
        "A citizen with this CPR number is registered here already. Find them by the number; the two are not put"
        " together by themselves."
    ),
}

# What the citizen reads of why: a kind sentence.
REASON_TOLD: dict[str, "StrPromise"] = {
    CloseReason.JOB: gettext_lazy("You have a job, and it lasts."),
    CloseReason.EDUCATION: gettext_lazy("You are in education."),
    CloseReason.OWN_WISH: gettext_lazy("You want to go on by yourself."),
    CloseReason.OTHER_HELP: gettext_lazy("Other help fits you better now."),
    CloseReason.MOVED: gettext_lazy("You have moved to another municipality."),
    CloseReason.PENSION: gettext_lazy("You have left working life."),
    CloseReason.DIED: gettext_lazy("The course has ended."),
    CloseReason.OTHER: gettext_lazy("The course has ended."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def scheme_told(code: str) -> str:
    """A scheme by its title; one that has left the rules by its code."""
    scheme = load_package().schemes.get(code)
    return scheme.title.in_language(language()) if scheme else code


def reached_told(one: Reached) -> str:
    """Something that was reached, as one line."""
    if one.what == "job":
        told = _("Job: %(title)s at %(employer)s") % {"title": one.title, "employer": one.employer}
        if one.on and one.until_on:
            return told + _(", from %(first)s to %(last)s") % {"first": _day(one.on), "last": _day(one.until_on)}
        return told + (_(", since %(day)s") % {"day": _day(one.on)} if one.on else "")
    if one.what == "course":
        return _("Course completed: %(title)s") % {"title": one.title}
    return one.title


def in_place_told(one: InPlace) -> str:
    """Something that goes on, as one line with its last day."""
    words = {
        "grant": _("Granted: %(title)s") % {"title": scheme_told(one.title)},
        "job": _("Agreement with %(employer)s: %(title)s") % {"employer": one.employer, "title": one.title},
        "partner": _("Help from %(title)s") % {"title": one.title},
    }
    told = words[one.what]
    return told + (_(", until %(day)s") % {"day": _day(one.until_on)} if one.until_on else "")


def open_told(thing: OpenThing) -> str:
    """Something that is still open, as one line."""
    return open_line(str(thing.kind), thing.title, on=thing.on)


def open_line(kind: str, title: str, *, on: date | None) -> str:
    """The same from what was kept."""
    parts = [str(LooseEnd(kind).label), _title(kind, title), _day(on) if on else ""]
    return " · ".join(part for part in parts if part)


def _title(kind: str, title: str) -> str:
    if kind == LooseEnd.APPLICATION:
        return scheme_told(title)
    if kind == LooseEnd.ARRANGEMENT:
        return measure_told(title)
    if kind == LooseEnd.MEETING:
        return ""
    return title


def measure_told(code: str) -> str:
    """A support measure by name; one that has left the catalogue by its code."""
    return next((measure_name(entry) for entry in catalogue().entries if entry.code == code), code)


def loose_end_told(kept: dict[str, Any]) -> dict[str, str]:
    """An open thing of an ending as it was kept."""
    on = date.fromisoformat(kept["on"]) if kept["on"] else None
    return {"told": open_line(kept["kind"], kept["title"], on=on), "how": kept["how"], "words": kept["words"]}


def lines_of(text: str) -> list[str]:
    """One thing a line."""
    return [line.strip(" -•") for line in text.splitlines() if line.strip(" -•")]


def _day(day: date) -> str:
    return spoken_date(day=day)
