"""An ending as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobbro.apps.closing.selectors.ending import ClosedPage
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.letters import set_letter
from jobbro.webkit.schemes.values import language

from ..reading import closed_shown

TEMPLATE = Path(__file__).with_name("closing.typ")


@dataclass(frozen=True, kw_only=True)
class PrintedPart:
    """A heading with what stands under it."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedClosing:
    """All that stands on the paper."""

    language: str
    title: str
    sender: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PrintedPart, ...]
    page: str
    note: str = ""


def closing_pdf(page: ClosedPage, *, on: date) -> HttpResponse:
    """The ending as an answer; the name of the file tells nobody's name."""
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    content = asdict(_printed(page, on=on))
    pdf = set_letter(content, template=TEMPLATE, name="printed", note_when_unprintable=note)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="afslutning.pdf"'
    return response


def _printed(page: ClosedPage, *, on: date) -> PrintedClosing:
    assert page.closing is not None
    shown = closed_shown(page)
    reason = " ".join(part for part in (shown["reason"], shown["reason_words"]) if part)
    return PrintedClosing(
        language=language(),
        title=_("How my course ended") if page.is_own else _("How the course ended"),
        sender=page.closing.municipality.name,
        facts=(
            (_("Name"), page.citizen.name),
            (_("Closed"), spoken_date(day=shown["closed_on"])),
            (_("Why"), reason),
            (_("Who to call"), f"{shown['contact']}: {shown['phone']}"),
            (_("Printed"), spoken_date(day=on)),
        ),
        parts=tuple(
            PrintedPart(head=head, lines=tuple(lines))
            for head, lines in (
                (_("What was reached"), shown["reached"]),
                (_("What is still in place"), shown["in_place"]),
                (_("What was still open"), [f"{one['told']}: {one['words']}" for one in shown["loose_ends"]]),
                (_("In my own words") if page.is_own else _("In the citizen’s own words"), _words(shown)),
            )
            if lines
        ),
        page=_("Page"),
    )


def _words(shown: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["words"] for one in shown["last_words"]]
