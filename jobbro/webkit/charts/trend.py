"""How it has gone from talk to talk in one area, as a line of words: five levels, told and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from jobbro.webkit.dates import spoken_date

LEFT, TOP, STEP_X, STEP_Y, RADIUS = 150, 14, 72, 24, 6
LEVELS = (4, 3, 2, 1, 0)
MOST_TALKS = 8


@dataclass(frozen=True, kw_only=True)
class DrawnTalk:
    """A talk: its place, and what was said as the table has it. Not answered is a place without a mark."""

    x: int
    y: int | None
    day: str
    spoken_day: str
    told: str


@dataclass(frozen=True, kw_only=True)
class DrawnLevel:
    """A line of the picture with its word."""

    y: int
    word: str

    @property
    def word_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True, kw_only=True)
class TrendPicture:
    """All that the template shows of one area. `lines`: runs of answered talks, as points of a polyline."""

    label: str
    title: str
    talks: tuple[DrawnTalk, ...]
    levels: tuple[DrawnLevel, ...]
    lines: tuple[str, ...]
    width: int
    left: int = LEFT
    radius: int = RADIUS
    height: int = TOP + 4 * STEP_Y + 36
    day_y: int = TOP + 4 * STEP_Y + 28


def trend_picture(*, label: str, told: Sequence[tuple[date, int | None]], words: Mapping[int, str]) -> TrendPicture:
    """The newest talks in order. `words`: what each level is called; a talk without an answer breaks the line."""
    shown = list(told)[-MOST_TALKS:]
    talks = tuple(_talk(day, level, place=place, words=words) for place, (day, level) in enumerate(shown))
    return TrendPicture(
        label=label,
        title=_title(label, [level for _day, level in shown if level is not None], words=words),
        talks=talks,
        levels=tuple(DrawnLevel(y=_y(level), word=words[level]) for level in LEVELS),
        lines=_lines(talks),
        width=LEFT + max(len(talks), 1) * STEP_X,
    )


def _talk(day: date, level: int | None, *, place: int, words: Mapping[int, str]) -> DrawnTalk:
    return DrawnTalk(
        x=LEFT + place * STEP_X + STEP_X // 2,
        y=None if level is None else _y(level),
        day=format_date(day, "j.n.y"),
        spoken_day=spoken_date(day=day),
        told=_("no answer") if level is None else words[level],
    )


def _y(level: int) -> int:
    return TOP + (4 - level) * STEP_Y


def _lines(talks: Sequence[DrawnTalk]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for talk in talks:
        if talk.y is None:
            runs.append([])
        else:
            runs[-1].append(f"{talk.x},{talk.y}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


def _title(label: str, levels: Sequence[int], *, words: Mapping[int, str]) -> str:
    """What is seen, as a sentence."""
    if not levels:
        return _("%(area)s: nobody has answered yet.") % {"area": label}
    last = {"area": label, "now": words[levels[-1]]}
    if len(levels) == 1:
        return _("%(area)s: %(now)s.") % last
    before = {**last, "before": words[levels[-2]]}
    if levels[-1] == levels[-2]:
        return _("%(area)s: %(now)s, as last time.") % last
    if levels[-1] > levels[-2]:
        return _("%(area)s has become easier: from “%(before)s” to “%(now)s”.") % before
    return _("%(area)s has become harder: from “%(before)s” to “%(now)s”.") % before
