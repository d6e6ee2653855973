"""A letter as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from jobbro.webkit.letters.glyphs import FONTS, plainest, printable

MARK = Path(__file__).parents[2] / "web" / "static" / "jobbro" / "mark.svg"
STANDARD: Literal["ua-1"] = "ua-1"


def set_letter(content: dict[str, Any], *, template: Path, name: str, note_when_unprintable: str) -> bytes:
    """The content as PDF/UA-1, given to the template under `name`.

    A character that no bundled font has shows as a square; then `note` of the content says so.
    """
    missed: list[bool] = []

    def kept(text: str) -> str:
        printed, is_whole = printable(text)
        missed.append(not is_whole)
        return printed

    printed = _each_text(content, kept)
    if any(missed):
        printed = {**printed, "note": note_when_unprintable}
    try:
        return _set(printed, template=template, name=name)
    except typst.TypstError:
        # Marks that join across fonts cannot be set; the plainest form of the words always can.
        plain = _each_text({**content, "note": note_when_unprintable}, plainest)
        return _set(plain, template=template, name=name)


def _set(content: dict[str, Any], *, template: Path, name: str) -> bytes:
    data = json.dumps({**content, "mark": _mark()}, ensure_ascii=False)
    # The stubs cannot tell bytes from a path here.
    source: Any = template.read_bytes()
    pdf = typst.compile(
        source,
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={name: data},
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
