"""Reasons: why an answer is as it is, as codes and values that the web turns into sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Param = str | int | date | None
_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a statement can be read: title, public https address and the day a person last checked it.

    `is_confirmed` is False while nobody has opened the address; whoever shows the source says so.
    """

    title: str
    url: str
    checked_on: date
    is_confirmed: bool = True

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a source needs a title")
        if not self.url.startswith("https://"):
            raise ValueError(f"a source needs an https address, not {self.url!r}")


@dataclass(frozen=True, kw_only=True)
class Because:
    """One reason: a code (lower case ASCII), the values in its sentence, and the source it rests on, if any.

    Raises `ValueError` for a code that is a sentence: engines return codes, never text for people.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    source: Source | None = None

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is not a reason code; use lower case letters, digits and _")
