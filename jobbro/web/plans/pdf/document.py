"""A plan as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from jobbro.web.plans.pdf.glyphs import FONTS, plainest, printable

FOLDER = Path(__file__).parent
MARK = Path(__file__).parents[2] / "static" / "jobbro" / "mark.svg"
STANDARD: Literal["ua-1"] = "ua-1"


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
    missed: list[bool] = []

    def kept(text: str) -> str:
        printed, is_whole = printable(text)
        missed.append(not is_whole)
        return printed

    content = _each_text(asdict(plan), kept)
    if any(missed):
        content = {**content, "note": note_when_unprintable}
    try:
        return _set(content)
    except typst.TypstError:
        # Marks that join across fonts cannot be set; the plainest form of the words always can.
        return _set(_each_text(asdict(replace(plan, note=note_when_unprintable)), plainest))


def _set(content: dict[str, Any]) -> bytes:
    data = json.dumps({**content, "mark": _mark()}, ensure_ascii=False)
    # The stubs cannot tell bytes from a path here.
    template: Any = (FOLDER / "plan.typ").read_bytes()
    pdf = typst.compile(
        template,
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"plan": data},
        pdf_standards=STANDARD,
    )
    assert isinstance(pdf, bytes)
    return pdf


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    return [_each_text(inner, change) for inner in value]


@cache
def _mark() -> str:
    return MARK.read_text(encoding="utf-8")
