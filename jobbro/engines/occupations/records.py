"""The records of an occupation: its levels, how they were reached and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reached(StrEnum):
    """How a Danish title came to a row of O*NET: rules a-e, in this order."""

    SAME_CODE = "same_code"
    SAME_TITLE = "same_title"
    SUCCESSOR = "successor"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"


class Relation(StrEnum):
    """How well the ESCO occupations behind the levels fit the Danish title, best first; `nearby` for a neighbour."""

    SAME_NAME = "same_name"
    EXACT = "exact"
    CLOSE = "close"
    NARROW = "narrow"
    BROAD = "broad"
    NEARBY = "nearby"


class Certainty(StrEnum):
    """How sure a level is. Whatever it says, the level is a prefill until a person confirms it."""

    RATHER_SURE = "rather_sure"
    ROUGHLY = "roughly"
    GUESS = "guess"


class Doubt(StrEnum):
    """One reason why a level is less sure."""

    NEIGHBOUR = "neighbour"
    FAMILY = "family"
    SUCCESSOR = "successor"
    LOOSE_TITLE = "loose_title"
    LOOSE_OCCUPATION = "loose_occupation"
    SPREAD = "spread"
    WIDE_SPREAD = "wide_spread"
    INDIRECT = "indirect"
    CARE_LIFTING = "care_lifting"
    LITTLE_DIFFERENCE = "little_difference"
    MISSING_ELEMENTS = "missing_elements"


class FoundBy(StrEnum):
    """Why a search found a title."""

    SAME_NAME = "same_name"
    SAME_CODE = "same_code"
    WORDS = "words"
    SPELLING = "spelling"
    OTHER_NAME = "other_name"


@dataclass(frozen=True, kw_only=True)
class Texts:
    """One text in every language of the product."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "da" or "en"; raises `ValueError` for another language."""
        if language not in ("da", "en"):
            raise ValueError(f"no text in {language!r}; use da or en")
        return self.en if language == "en" else self.da


@dataclass(frozen=True, kw_only=True)
class Occupation:
    """A Danish title by DISCO code, and what an average such job asks.

    `levels`, `scores`, `certainty` and `spread` hold all 24 areas in the order of the vocabulary; all are empty for a
    title without a profile (`has_profile`). Levels are 0-4 and fit `check_demand`; scores are on O*NET's 1-5. `rows`
    counts the rows of O*NET behind them (titles, for a neighbour), `match` is the mean quality 1-4 of the matches,
    `spread` how much the rows differ: 0 little, 1 by half a level, 2 by a whole level or more.
    """

    code: str
    title: str
    reached: Reached | None
    relation: Relation | None
    rows: int
    match: float
    levels: Mapping[str, int] = field(hash=False)
    scores: Mapping[str, float] = field(hash=False)
    certainty: Mapping[str, Certainty] = field(hash=False)
    spread: Mapping[str, int] = field(hash=False)

    @property
    def has_profile(self) -> bool:
        """False for the few titles that no rule reaches: their form starts empty."""
        return self.reached is not None


@dataclass(frozen=True, kw_only=True)
class Found:
    """One answer of a search: the occupation, why it was found, the name that matched, and a score 0-1 (order only)."""

    occupation: Occupation
    found_by: FoundBy
    matched: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Whom to name for the data, under which terms, where it is, and how it was changed."""

    code: str
    text: Texts
    terms: Texts
    url: str


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file the table was made from."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TableVersion:
    """Which table this is: `shipped` or `imported`, the versions of its sources, the day it was made (2026-11-22).

    `partial`: areas some of whose elements O*NET no longer measures in the same way. `sha256` is that of the file.
    """

    origin: str
    onet: str
    esco: str
    titles: str
    made_on: str
    files: tuple[SourceFile, ...]
    partial: tuple[str, ...]
    sha256: str
