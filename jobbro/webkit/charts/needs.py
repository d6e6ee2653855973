"""A person's need profile as a picture: four planks an area, with the words beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from jobbro.webkit.charts.planks import SLOTS, Kind, Plank, lay_planks
from jobbro.webkit.labels import AREA_GROUPS, AREA_LABELS, LEVEL_WORDS

ROW_HEIGHT = 34
GROUP_HEIGHT = 46


class UnknownNeed(ValueError):
    """An area or a level that the shared vocabulary does not have."""


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """How a person manages an area: level 0-4, or None when it is not known; `answer` tells why, `words` are the person's own."""

    area: str
    level: int | None
    words: str = ""
    answer: str = ""

    def __post_init__(self) -> None:
        if self.area not in AREA_LABELS or self.level not in LEVEL_WORDS:
            raise UnknownNeed(f"Area “{self.area}” with level {self.level} is not in the vocabulary of 24 areas and levels 0-4.")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        if self.level is None:
            return ("dashed",) * SLOTS
        return ("solid",) * self.level + ("hollow",) * (SLOTS - self.level)


@dataclass(frozen=True, kw_only=True)
class DrawnNeed:
    """An area with its planks, its label and how it goes in words."""

    row: NeedRow
    label: str
    told: str
    planks: tuple[Plank, ...]
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 13


@dataclass(frozen=True, kw_only=True)
class NeedGroup:
    """The areas of one group, in the order of the vocabulary."""

    label: str
    needs: tuple[DrawnNeed, ...]
    y: int


@dataclass(frozen=True, kw_only=True)
class NeedPicture:
    """All that the profile's templates show."""

    title: str
    groups: tuple[NeedGroup, ...]
    height: int
    untold: int
    key: tuple[Plank, ...]


def need_picture(*, needs: Iterable[NeedRow], title: str, only_known: bool = False) -> NeedPicture:
    """The profile in groups; an area that was left out is shown as not talked about, or counted when `only_known`."""
    given = {need.area: need for need in needs}
    groups: list[NeedGroup] = []
    y = 24
    for label, areas in AREA_GROUPS.values():
        rows = [given.get(area) or NeedRow(area=area, level=None) for area in areas]
        shown = [row for row in rows if not only_known or row.level is not None or row.answer]
        if shown:
            groups.append(_draw_group(label=str(label), rows=shown, y=y))
            y += GROUP_HEIGHT + ROW_HEIGHT * len(shown)
    return NeedPicture(
        title=title,
        groups=tuple(groups),
        height=y + 40,
        untold=len(AREA_LABELS) - sum(need.level is not None or bool(need.answer) for need in given.values()),
        key=lay_planks(kinds=("solid", "hollow", "dashed"), width=18, height=14, gap=0),
    )


def profile_svg(*, needs: Iterable[NeedRow], title: str, language: str) -> SafeString:
    """The whole profile as one stand-alone SVG for letters and PDF; on pages use the tag `need_picture`."""
    with override(language):
        return render_to_string("parts/charts/need_picture.svg", {"picture": need_picture(needs=needs, title=title)})


def _draw_group(*, label: str, rows: list[NeedRow], y: int) -> NeedGroup:
    drawn = tuple(
        _draw_need(row=row, y=y + GROUP_HEIGHT + place * ROW_HEIGHT) for place, row in enumerate(rows)
    )
    return NeedGroup(label=label, needs=drawn, y=y + 26)


def _draw_need(*, row: NeedRow, y: int) -> DrawnNeed:
    return DrawnNeed(
        row=row,
        label=str(AREA_LABELS[row.area]),
        told=row.answer or str(LEVEL_WORDS[row.level]),
        planks=lay_planks(kinds=row.kinds, width=22, height=14, gap=4),
        y=y,
    )
