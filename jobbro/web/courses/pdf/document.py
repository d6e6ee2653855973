"""A certificate as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.courses.selectors.seats import SeatPage
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.letters import set_letter
from jobbro.webkit.schemes.values import hours_words, language

from ..words import lines_of, said

TEMPLATE = Path(__file__).with_name("certificate.typ")


@dataclass(frozen=True, kw_only=True)
class PrintedCertificate:
    """All that stands on the paper: who, which course, when, and what it was about."""

    language: str
    title: str
    sender: str
    name: str
    sentence: str
    aims_head: str
    aims: tuple[str, ...]
    last: tuple[str, ...]
    page: str
    note: str = ""


def certificate(page: SeatPage, *, on: date) -> HttpResponse:
    """The certificate as an answer; the name of the file tells nobody's name."""
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    content = asdict(_printed(page, on=on))
    pdf = set_letter(content, template=TEMPLATE, name="printed", note_when_unprintable=note)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="kursusbevis.pdf"'
    return response


def _printed(page: SeatPage, *, on: date) -> PrintedCertificate:
    assert page.citizen is not None
    session = page.session
    return PrintedCertificate(
        language=language(),
        title=_("Certificate: %(course)s") % {"course": said(page.course, "title")},
        sender=session.municipality.name,
        name=page.citizen.name,
        sentence=_("has completed the course, which ran from %(first)s to %(last)s: %(count)s, %(hours)s.")
        % {
            "first": _day(session.begins_at),
            "last": _day(session.ends_at),
            "count": _meetings(len(page.lessons)),
            "hours": hours_words(_hours(page)),
        },
        aims_head=_("What the course was about"),
        aims=tuple(lines_of(said(page.course, "aims"))),
        last=(
            _("The course was run by %(name)s.") % {"name": page.course.run_by},
            _("Printed %(day)s.") % {"day": spoken_date(day=on)},
        ),
        page=_("Page"),
    )


def _day(moment: datetime) -> str:
    return spoken_date(day=timezone.localtime(moment))


def _meetings(count: int) -> str:
    return ngettext("%(count)s meeting", "%(count)s meetings", count) % {"count": count}


def _hours(page: SeatPage) -> float:
    seconds = sum((one.lesson.ends_at - one.lesson.begins_at).total_seconds() for one in page.lessons)
    return round(seconds / 3600, 1)
