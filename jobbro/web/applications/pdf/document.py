"""An application as data, set as a tagged PDF (PDF/UA-1)."""

from dataclasses import asdict, dataclass
from pathlib import Path

from jobbro.webkit.letters import set_letter

TEMPLATE = Path(__file__).with_name("application.typ")


@dataclass(frozen=True, kw_only=True)
class PrintedWords:
    """The headings, in the language of the letter."""

    page: str
    answers: str
    nothing: str
    documents: str
    document_head: tuple[str, ...]
    decision: str
    complaint: str


@dataclass(frozen=True, kw_only=True)
class PrintedApplication:
    """All that stands in the letter."""

    language: str
    title: str
    sender: str
    facts: tuple[tuple[str, str], ...]
    cpr: str
    answers: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, ...], ...]
    decision: tuple[tuple[str, str], ...]
    complaint: str
    words: PrintedWords
    note: str = ""


def application_pdf(application: PrintedApplication, *, note_when_unprintable: str) -> bytes:
    """The application as PDF/UA-1. A character that no bundled font has shows as a square, and a note says so."""
    return set_letter(
        asdict(application), template=TEMPLATE, name="application", note_when_unprintable=note_when_unprintable
    )
