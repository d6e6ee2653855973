"""The bridge between a person and a job: a row an area, a plank for each level that the work asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from jobbro.webkit.charts.planks import SLOTS, Kind, Plank, lay_planks, repeat

ROW_HEIGHT = 64
FIRST_ROW = 72
LINE_HEIGHT = 18
# Letters a line, at the sizes and columns of bridge.svg.
NOTE_WIDTH = 44
DETAIL_WIDTH = 50
SENTENCE_WIDTH = 110


class UnevenPlanks(ValueError):
    """The planks of a row do not add up to what the work asks."""


@dataclass(frozen=True, kw_only=True)
class BridgeRow:
    """One area: planks asked for (0-4), those the person lays, those support lays, and those nobody lays yet.

    `is_open` says that nobody has talked about the area; then all planks are unknown.
    """

    area: str
    demand: int
    solid: int = 0
    hatched: int = 0
    missing: int = 0
    is_open: bool = False
    measure: str = ""
    payer: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.demand <= SLOTS:
            raise UnevenPlanks(f"“{self.area}” asks for {self.demand} planks; a row has room for 0 to {SLOTS}.")
        laid = self.solid + self.hatched + self.missing
        if min(self.solid, self.hatched, self.missing) < 0 or laid != (0 if self.is_open else self.demand):
            raise UnevenPlanks(
                f"“{self.area}” asks for {self.demand} planks but shows {self.solid} solid, {self.hatched} hatched and "
                f"{self.missing} missing. They must add up; an open area shows none of the three."
            )

    @property
    def is_calm(self) -> bool:
        """The person carries all that is asked, so there is nothing to do or to talk about."""
        return not (self.hatched or self.missing or self.is_open)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        if self.is_open:
            return repeat(kind="dashed", times=self.demand)
        return (
            *repeat(kind="solid", times=self.solid),
            *repeat(kind="hatched", times=self.hatched),
            *repeat(kind="hollow", times=self.missing),
        )


@dataclass(frozen=True, kw_only=True)
class TextLine:
    """A line of the stand-alone drawing; `is_detail` is set smaller."""

    text: str
    y: int
    is_detail: bool


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """A row with its planks and its words: what is asked, who lays it, and what stands beside it."""

    row: BridgeRow
    planks: tuple[Plank, ...]
    spoken: str
    note: str
    detail: str
    top: int
    lines: tuple[TextLine, ...]

    @property
    def label_y(self) -> int:
        return self.top + 19

    @property
    def below(self) -> int:
        return self.top + max(ROW_HEIGHT, 28 + LINE_HEIGHT * len(self.lines))


@dataclass(frozen=True, kw_only=True)
class BridgePicture:
    """All that the bridge's templates show."""

    title: str
    sentence: str
    rows: tuple[DrawnRow, ...]
    has_missing: bool
    has_open: bool
    height: int
    sentence_lines: tuple[TextLine, ...]
    key: tuple[Plank, ...]
    folds_calm: bool = False

    @property
    def shown(self) -> tuple[DrawnRow, ...]:
        """The rows that stand open."""
        return tuple(row for row in self.rows if not (self.folds_calm and row.row.is_calm))

    @property
    def folded(self) -> tuple[DrawnRow, ...]:
        """The rows behind a fold: where nothing is needed, when the page asks for that."""
        return tuple(row for row in self.rows if self.folds_calm and row.row.is_calm)


def bridge_picture(*, rows: Iterable[BridgeRow], title: str, sentence: str, folds_calm: bool = False) -> BridgePicture:
    """The bridge as planks and words, for the page and for the stand-alone drawing."""
    drawn: list[DrawnRow] = []
    for row in rows:
        drawn.append(_draw_row(row=row, top=drawn[-1].below if drawn else FIRST_ROW))
    end = drawn[-1].below if drawn else FIRST_ROW
    told = _lines(texts=((sentence, SENTENCE_WIDTH, False),), top=end + 20)
    return BridgePicture(
        title=title,
        sentence=sentence,
        rows=tuple(drawn),
        has_missing=any(row.row.missing for row in drawn),
        has_open=any(row.row.is_open for row in drawn),
        height=end + 30 + LINE_HEIGHT * len(told),
        sentence_lines=told,
        key=lay_planks(kinds=("solid", "hatched", "hollow", "dashed"), width=26, height=18, gap=0),
        folds_calm=folds_calm,
    )


def bridge_svg(*, rows: Iterable[BridgeRow], title: str, sentence: str, language: str) -> SafeString:
    """The whole bridge as one stand-alone SVG for letters and PDF; on pages use the tag `bridge`."""
    with override(language):
        picture = bridge_picture(rows=rows, title=title, sentence=sentence)
        return render_to_string("parts/charts/bridge.svg", {"bridge": picture})


def _draw_row(*, row: BridgeRow, top: int) -> DrawnRow:
    note, detail = _beside(row=row)
    return DrawnRow(
        row=row,
        planks=lay_planks(kinds=row.kinds),
        spoken=_spoken(row=row),
        note=note,
        detail=detail,
        top=top,
        lines=_lines(texts=((note, NOTE_WIDTH, False), (detail, DETAIL_WIDTH, True)), top=top + (12 if detail else 19)),
    )


def _lines(*, texts: Iterable[tuple[str, int, bool]], top: int) -> tuple[TextLine, ...]:
    """The texts broken to their width in letters: a drawing cannot break lines by itself."""
    broken = [(line, is_detail) for text, width, is_detail in texts for line in wrap(text, width)]
    return tuple(
        TextLine(text=line, y=top + place * LINE_HEIGHT, is_detail=is_detail)
        for place, (line, is_detail) in enumerate(broken)
    )


def _beside(*, row: BridgeRow) -> tuple[str, str]:
    if row.is_open:
        return row.measure or _("not talked about yet"), row.payer
    if row.missing and not row.measure:
        return _("no support found yet"), row.payer
    if not row.hatched and not row.missing:
        return row.measure or _("no support needed"), row.payer
    return row.measure, row.payer


def _spoken(*, row: BridgeRow) -> str:
    asked = ngettext("The work asks for %(count)s plank.", "The work asks for %(count)s planks.", row.demand)
    parts = [asked % {"count": row.demand}]
    if row.is_open:
        parts.append(_("Nobody has talked about this yet."))
    if row.solid:
        parts.append(_("%(count)s without support.") % {"count": row.solid})
    if row.hatched:
        parts.append(_("%(count)s with support.") % {"count": row.hatched})
    if row.missing:
        parts.append(_("%(count)s still without support.") % {"count": row.missing})
    return " ".join(parts)
