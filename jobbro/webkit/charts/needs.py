"""A person's need profile as a picture: four planks an area, with the words beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from jobbro.kernel.vocabulary import GROUPS
from jobbro.webkit.charts.planks import SLOTS, Kind, Plank, lay_planks, repeat
from jobbro.webkit.labels import AREA_LABELS, GROUP_LABELS, LEVEL_WORDS, STATUS_WORDS

ROW_HEIGHT = 34
GROUP_HEIGHT = 46
ANSWERED = ("told", "dont_know", "wont_say")


class UnknownNeed(ValueError):
    """An area or a level that the shared vocabulary does not have."""


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """How a person manages an area: level 0-4, or None with a `status` that says why; `words` are the person's own."""

    area: str
    level: int | None
    words: str = ""
    status: str = "not_asked"

    def __post_init__(self) -> None:
        if self.area not in AREA_LABELS or self.level not in LEVEL_WORDS:
            raise UnknownNeed(f"“{self.area}” with level {self.level} is not one of the 24 areas with a level 0-4.")
        if self.level is None and self.status not in STATUS_WORDS:
            raise UnknownNeed(f"“{self.area}” has no level and the status “{self.status}”, which has no words.")

    @property
    def is_told(self) -> bool:
        """Whether the person has answered, be it with a level or with "don't know" or "won't say"."""
        return self.level is not None or self.status in ANSWERED

    @property
    def kinds(self) -> tuple[Kind, ...]:
        if self.level is None:
            return repeat(kind="dashed", times=SLOTS)
        return (*repeat(kind="solid", times=self.level), *repeat(kind="hollow", times=SLOTS - self.level))


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
    """The profile in groups; an area left out is shown as not talked about, or only counted when `only_known`."""
    given = {need.area: need for need in needs}
    groups: list[NeedGroup] = []
    y = 24
    for group, areas in GROUPS.items():
        rows = [given.get(area) or NeedRow(area=area, level=None) for area in areas]
        shown = [row for row in rows if not only_known or row.is_told]
        if shown:
            groups.append(_draw_group(label=str(GROUP_LABELS[group]), rows=shown, y=y))
            y += GROUP_HEIGHT + ROW_HEIGHT * len(shown)
    return NeedPicture(
        title=title,
        groups=tuple(groups),
        height=y + 40,
        untold=len(AREA_LABELS) - sum(need.is_told for need in given.values()) if only_known else 0,
        key=lay_planks(kinds=("solid", "hollow", "dashed"), width=18, height=14, gap=0),
    )


def profile_svg(*, needs: Iterable[NeedRow], title: str, language: str) -> SafeString:
    """The whole profile as one stand-alone SVG for letters and PDF; on pages use the tag `need_picture`."""
    with override(language):
        return render_to_string("parts/charts/need_picture.svg", {"picture": need_picture(needs=needs, title=title)})


def _draw_group(*, label: str, rows: list[NeedRow], y: int) -> NeedGroup:
    drawn = tuple(_draw_need(row=row, y=y + GROUP_HEIGHT + place * ROW_HEIGHT) for place, row in enumerate(rows))
    return NeedGroup(label=label, needs=drawn, y=y + 26)


def _draw_need(*, row: NeedRow, y: int) -> DrawnNeed:
    return DrawnNeed(
        row=row,
        label=str(AREA_LABELS[row.area]),
        told=str(STATUS_WORDS[row.status] if row.level is None else LEVEL_WORDS[row.level]),
        planks=lay_planks(kinds=row.kinds, width=22, height=14, gap=4),
        y=y,
    )
