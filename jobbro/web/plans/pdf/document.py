"""A plan as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from pathlib import Path

from jobbro.webkit.letters import set_letter

TEMPLATE = Path(__file__).with_name("plan.typ")


@dataclass(frozen=True, kw_only=True)
class PrintedStep:
    """A step as words."""

    title: str
    who: str
    due: str
    state: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PrintedGoal:
    """A goal with its steps."""

    words: str
    steps: tuple[PrintedStep, ...]


@dataclass(frozen=True, kw_only=True)
class PrintedMeasure:
    """A measure as words."""

    name: str
    text: str
    payer: str


@dataclass(frozen=True, kw_only=True)
class PrintedBridge:
    """A bridge as picture, as one text that says the same, and as rows of a table.

    The picture has the rows that ask for something; `others` names the areas that go without support.
    """

    title: str
    svg: str
    is_tall: bool
    alt: str
    others: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PrintedWords:
    """The headings, in the language of the letter."""

    page: str
    goals: str
    no_goals: str
    no_steps: str
    step_head: tuple[str, ...]
    support: str
    bridge_head: tuple[str, ...]
    agreed: str


@dataclass(frozen=True, kw_only=True)
class PrintedPlan:
    """All that stands in the letter."""

    language: str
    title: str
    sender: str
    facts: tuple[tuple[str, str], ...]
    goals: tuple[PrintedGoal, ...]
    support: tuple[PrintedMeasure, ...]
    bridges: tuple[PrintedBridge, ...]
    agreed: tuple[str, ...]
    words: PrintedWords
    note: str = ""


def plan_pdf(plan: PrintedPlan, *, note_when_unprintable: str) -> bytes:
    """The plan as PDF/UA-1. A character that no bundled font has shows as a square, and a note says so."""
    return set_letter(asdict(plan), template=TEMPLATE, name="plan", note_when_unprintable=note_when_unprintable)
