"""The competence map as a picture: a row a subject, how many citizens it helps beside how many colleagues know it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.teams.enums import CompetenceKind
from jobbro.apps.teams.selectors.knowledge import FEWEST, CompetenceMap, MapLine

from .words import subject_label

# A line of words and below it the bar of citizens with its number, and the colleagues as marks from MARKS on.
WIDTH, ROW, TOP, LONGEST, MARKS = 400, 48, 4, 170, 262
MARK, MOST_MARKS = 14, 8


@dataclass(frozen=True, kw_only=True)
class MapRow:
    """One subject in words and drawing."""

    label: str
    citizens: str
    knows: str
    can_teach: int
    is_unknown: bool
    y: int
    bar: float
    marks: tuple[tuple[int, bool], ...]

    @property
    def label_y(self) -> int:
        return self.y + 14

    @property
    def bar_y(self) -> int:
        return self.y + 20

    @property
    def text_y(self) -> int:
        return self.y + 34

    @property
    def count_x(self) -> float:
        return self.bar + 6 if self.bar else 0


@dataclass(frozen=True, kw_only=True)
class MapPicture:
    """All rows of one kind, with a sentence as title."""

    code: str
    heading: str
    title: str
    rows: tuple[MapRow, ...]
    height: int
    width: int = WIDTH
    marks_x: int = MARKS


HEADINGS = (CompetenceKind.AREA, CompetenceKind.SCHEME, CompetenceKind.LANGUAGE)


def map_picture(shown: CompetenceMap) -> list[MapPicture]:
    """One picture a kind: areas, schemes, languages; a kind without subjects is left out."""
    most = max([line.citizens or 0 for line in shown.lines] + [1])
    pictures = []
    for kind in HEADINGS:
        lines = [line for line in shown.lines if line.kind == kind]
        if lines:
            pictures.append(_picture(kind, lines=lines, most=most))
    return pictures


def _picture(kind: CompetenceKind, *, lines: Iterable[MapLine], most: int) -> MapPicture:
    ordered = sorted(lines, key=lambda line: -(line.citizens or 0))
    rows = tuple(_row(line, place=place, most=most) for place, line in enumerate(ordered))
    headings = {
        CompetenceKind.AREA: _("Function areas"),
        CompetenceKind.SCHEME: _("Schemes"),
        CompetenceKind.LANGUAGE: _("Languages"),
    }
    return MapPicture(
        code=kind.value, heading=headings[kind], title=_title(ordered), rows=rows, height=TOP + ROW * len(rows)
    )


def _row(line: MapLine, *, place: int, most: int) -> MapRow:
    shown = min(line.knows, MOST_MARKS)
    return MapRow(
        label=subject_label(line.kind, line.code),
        citizens=str(line.citizens) if line.citizens is not None else _("fewer than %(n)s") % {"n": FEWEST},
        knows=str(line.knows),
        can_teach=line.can_teach,
        is_unknown=line.citizens is not None and line.knows == 0,
        y=TOP + ROW * place,
        bar=round(LONGEST * (line.citizens or 0) / most, 1),
        marks=tuple((MARKS + number * (MARK + 2), number < line.can_teach) for number in range(shown)),
    )


def _title(lines: list[MapLine]) -> str:
    """What the picture shows, in a sentence: which subjects help many while nobody has told that they know them."""
    unknown = [line for line in lines if line.citizens is not None and line.knows == 0]
    if not unknown:
        return _("Somebody knows each subject that helps five citizens or more.")
    first = subject_label(unknown[0].kind, unknown[0].code)
    text = ngettext(
        "Nobody has told that they know “%(first)s”, which helps %(citizens)s citizens.",
        "Nobody has told that they know %(number)s subjects. The one that helps most citizens is “%(first)s”.",
        len(unknown),
    )
    return text % {"number": len(unknown), "first": first, "citizens": unknown[0].citizens}
