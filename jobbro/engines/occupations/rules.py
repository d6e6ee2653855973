"""The two rule tables: which elements of O*NET make an area, and which older codes a newer one stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobbro.engines.occupations.reading import Row, read_rows
from jobbro.kernel.vocabulary import AREAS

FOLDER = Path(__file__).with_name("table")
AREA_ELEMENTS = FOLDER / "area_elements.csv"
CODE_SUCCESSORS = FOLDER / "onet_code_successors.csv"

LOWEST, HIGHEST = 1.0, 5.0
# Some scores lie on a cut and come out a hair below it in binary arithmetic.
ALLOWANCE = 1e-9

_COLUMNS = ("area", "domain", "element", "weight", "reversed", "combine", "cut1", "cut2", "cut3", "cut4")
_CUTS = ("cut1", "cut2", "cut3", "cut4")

Element = tuple[str, str]
"""Domain and name: `Mathematics` and `Independence` occur in two domains."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One element of an area's score."""

    element: Element
    weight: float
    is_reversed: bool


@dataclass(frozen=True, kw_only=True)
class AreaRule:
    """How an area's score is made of elements, and the scores from which the level is 1, 2, 3 and 4."""

    area: str
    parts: tuple[Part, ...]
    combine: str
    cuts: tuple[float, ...]

    @property
    def band(self) -> float:
        """The mean width of a level on the scale of the score."""
        return (self.cuts[-1] - self.cuts[0]) / (len(self.cuts) - 1)

    def score(self, values: Mapping[Element, float]) -> float | None:
        """The score 1-5 of one row of O*NET; an element it lacks is skipped, None when it lacks them all."""
        found = [
            (6.0 - values[part.element] if part.is_reversed else values[part.element], part.weight)
            for part in self.parts
            if part.element in values
        ]
        return _COMBINE[self.combine](found) if found else None

    def level(self, score: float) -> int:
        """How many of the four cut points the score reaches: 0-4."""
        return sum(score >= cut - ALLOWANCE for cut in self.cuts)


def _mean(found: Sequence[tuple[float, float]]) -> float:
    return sum(value * weight for value, weight in found) / sum(weight for _, weight in found)


def _top_two(found: Sequence[tuple[float, float]]) -> float:
    highest = sorted((value for value, _ in found), reverse=True)[:2]
    return sum(highest) / len(highest)


_COMBINE: Mapping[str, Callable[[Sequence[tuple[float, float]]], float]] = {"mean": _mean, "top2": _top_two}


@cache
def area_rules() -> Mapping[str, AreaRule]:
    """The shipped rule of each area, in the order of the vocabulary."""
    return read_area_rules(AREA_ELEMENTS)


def read_area_rules(path: Path) -> Mapping[str, AreaRule]:
    """The rules in a file. Raises `SourceError` unless every area is there, with the same rising cuts in its rows."""
    rows: dict[str, list[Row]] = {area: [] for area in AREAS}
    last = None
    for row in read_rows(path, columns=_COLUMNS):
        rows[row.one_of("area", AREAS)].append(row)
        last = row
    for area in AREAS:
        if not rows[area]:
            line = last.line if last else 1
            raise Row(file=path.name, line=line, values={}).error("area", f"området {area} har ingen elementer.")
    return {area: _area_rule(area, rows[area]) for area in AREAS}


def _area_rule(area: str, rows: Sequence[Row]) -> AreaRule:
    cuts = tuple(rows[0].number(name, low=LOWEST, high=HIGHEST) for name in _CUTS)
    combine = rows[0].one_of("combine", tuple(_COMBINE))
    for row in rows:
        if tuple(row.number(name, low=LOWEST, high=HIGHEST) for name in _CUTS) != cuts or list(cuts) != sorted(
            set(cuts)
        ):
            raise row.error("cut1", "grænserne skal stige og være ens i alle områdets rækker.")
        if row.one_of("combine", tuple(_COMBINE)) != combine:
            raise row.error("combine", "skal være ens i alle områdets rækker.")
    parts = tuple(
        Part(
            element=(row.text("domain"), row.text("element")),
            weight=row.number("weight", low=1, high=10),
            is_reversed=row.one_of("reversed", ("yes", "no")) == "yes",
        )
        for row in rows
    )
    return AreaRule(area=area, parts=parts, combine=combine, cuts=cuts)


def wanted_elements(rules: Mapping[str, AreaRule]) -> tuple[Element, ...]:
    """Every element the rules ask for, once, in the order of the rules."""
    return tuple(dict.fromkeys(part.element for rule in rules.values() for part in rule.parts))


@cache
def code_successors() -> Mapping[str, tuple[str, ...]]:
    """Newer O*NET code -> the older codes chosen by hand for it."""
    found: dict[str, list[str]] = {}
    for row in read_rows(CODE_SUCCESSORS, columns=("code_2019", "code_in_matrix")):
        found.setdefault(row.text("code_2019"), []).append(row.text("code_in_matrix"))
    return {code: tuple(older) for code, older in found.items()}
