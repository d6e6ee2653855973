"""A proposal as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from pathlib import Path

from jobbro.webkit.letters import set_letter

TEMPLATE = Path(__file__).with_name("proposal.typ")


@dataclass(frozen=True, kw_only=True)
class ProposalWords:
    """The headings, in the language of the letter."""

    page: str
    work: str
    task_head: tuple[str, ...]
    week: str
    week_head: tuple[str, ...]
    gives: str
    support: str
    next: str


@dataclass(frozen=True, kw_only=True)
class PrintedProposal:
    """All that stands in the proposal. `week_svg` says the same as `week_alt` and the table."""

    language: str
    title: str
    sender: str
    place: str
    description: str
    facts: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, ...], ...]
    week_title: str
    week_svg: str
    week_alt: str
    week: tuple[tuple[str, ...], ...]
    case: tuple[str, ...]
    support: tuple[tuple[str, str], ...]
    next: tuple[str, ...]
    words: ProposalWords
    note: str = ""


def proposal_pdf(proposal: PrintedProposal, *, note_when_unprintable: str) -> bytes:
    """The proposal as PDF/UA-1. A character that no bundled font has shows as a square, and a note says so."""
    return set_letter(asdict(proposal), template=TEMPLATE, name="proposal", note_when_unprintable=note_when_unprintable)
