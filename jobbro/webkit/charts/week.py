"""The hours of a job in each half-day of a normal week, as a picture with the same numbers as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from jobbro.kernel.vocabulary import DAYS, WEEKDAYS
from jobbro.webkit.halfdays import DAY_NAMES, HALF_NAMES, slot_label
from jobbro.webkit.schemes.values import number_text

LEFT, TOP, CELL, GAP, ROW = 84, 26, 40, 4, 52
BAR_HEIGHT = 10


@dataclass(frozen=True, kw_only=True)
class WeekTask:
    """One task and its hours in each half-day of the job."""

    name: str
    slots: Mapping[str, Decimal] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class DrawnHalfDay:
    """A half-day: its box, how full it is, and its hours in words; empty outside the working week."""

    slot: str
    x: int
    y: int
    width: int
    filled: float
    told: str
    is_open: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def text_y(self) -> int:
        return self.y + 19

    @property
    def bar_y(self) -> int:
        return self.y + ROW - GAP - BAR_HEIGHT - 8

    @property
    def bar_x(self) -> int:
        return self.x + 5

    @property
    def bar_width(self) -> int:
        return self.width - 10


@dataclass(frozen=True, kw_only=True)
class WeekLine:
    """A half-day of the table: when, how long, and what is done then."""

    label: str
    hours: str
    tasks: str


@dataclass(frozen=True, kw_only=True)
class WeekPicture:
    """All that the week's templates show."""

    title: str
    days: tuple[tuple[str, float], ...]
    halves: tuple[tuple[str, int], ...]
    cells: tuple[DrawnHalfDay, ...]
    lines: tuple[WeekLine, ...]
    total: str
    width: int
    height: int
    left: int = LEFT
    bar_height: int = BAR_HEIGHT

    @property
    def spoken(self) -> str:
        """The whole picture as one sentence a half-day."""
        return " ".join(f"{line.label}: {line.hours}. {line.tasks}." for line in self.lines)


def week_picture(*, tasks: Sequence[WeekTask], working: Sequence[str], slot_hours: Decimal, title: str) -> WeekPicture:
    """Days that the workplace or the job has, Monday to Friday always; a bar a half-day, full at `slot_hours`."""
    hours: dict[str, Decimal] = {}
    for task in tasks:
        for slot, some in task.slots.items():
            hours[slot] = hours.get(slot, Decimal(0)) + some
    used = {slot[:3] for slot in (*working, *hours)}
    days = tuple(day for day in DAYS if day in WEEKDAYS or day in used)
    cells = tuple(
        _cell(f"{day}_{half}", column=column, row=row, hours=hours, working=working, slot_hours=slot_hours)
        for row, half in enumerate(HALF_NAMES)
        for column, day in enumerate(days)
    )
    return WeekPicture(
        title=title,
        days=tuple((str(DAY_NAMES[day])[:3], _x(column) + CELL / 2) for column, day in enumerate(days)),
        halves=tuple((str(name).capitalize(), TOP + row * ROW + 28) for row, name in enumerate(HALF_NAMES.values())),
        cells=cells,
        lines=tuple(
            WeekLine(
                label=slot_label(cell.slot).capitalize(),
                hours=number_text(float(hours[cell.slot])),
                tasks=", ".join(_task_told(task, slot=cell.slot) for task in tasks if task.slots.get(cell.slot)),
            )
            for cell in sorted(cells, key=lambda cell: (cell.x, cell.y))
            if hours.get(cell.slot)
        ),
        total=number_text(float(sum(hours.values(), Decimal(0)))),
        width=_x(len(days)),
        height=TOP + 2 * ROW,
    )


def week_svg(picture: WeekPicture, *, language: str) -> SafeString:
    """The week as one stand-alone SVG for letters and PDF; on pages use the tag `week`."""
    with override(language):
        return render_to_string("parts/charts/week.svg", {"week": picture, "is_alone": True})


def _x(column: int) -> int:
    return LEFT + column * (CELL + GAP)


def _cell(
    slot: str,
    *,
    column: int,
    row: int,
    hours: Mapping[str, Decimal],
    working: Sequence[str],
    slot_hours: Decimal,
) -> DrawnHalfDay:
    found = hours.get(slot, Decimal(0))
    share = min(1.0, float(found / slot_hours)) if slot_hours else 0.0
    return DrawnHalfDay(
        slot=slot,
        x=_x(column),
        y=TOP + row * ROW,
        width=CELL,
        filled=round(share * (CELL - 10), 1),
        told=number_text(float(found)) if found else "",
        is_open=slot in working,
    )


def _task_told(task: WeekTask, *, slot: str) -> str:
    return f"{task.name} {number_text(float(task.slots[slot]))}"
