"""A spreadsheet of tasks: its columns, its rows looked at one by one, and the list written out."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.task_library import skills

from .models import Holder, Task
from .refusals import Refused
from .sheet_words import hours_read, slots_read, slots_written, yes_read
from .task_checking import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    TaskDraft,
    checked_hours,
    checked_name,
    checked_skills,
    checked_slots,
    checked_text,
    keepable,
)

MOST_ROWS = 500
LONGEST_CELL = 2000
# Heading, other headings that mean the same, and whether the file must have it.
COLUMNS: Mapping[str, tuple[str, tuple[str, ...], bool]] = {
    "name": ("Opgave", ("opgaver", "task", "hvad"), True),
    "hours": ("Timer om ugen", ("timer", "hours", "hours a week", "timer pr. uge"), True),
    "slots": ("Hvornår", ("halve dage", "when", "tidspunkt"), False),
    "place": ("Sted", ("hvor", "where", "place"), False),
    "holder": ("Stilling", ("hvem", "hvem gør det i dag", "post", "who"), False),
    "core": ("Bliver i stillingen", ("fast", "kerneopgave", "core", "stays"), False),
    "requires": ("Kræver", ("kompetencer", "requires", "skills"), False),
    "note": ("Bemærkning", ("note", "noter", "bemærkninger"), False),
}
# A cell that begins like this is taken for a formula by spreadsheet programs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (36, 14, 34, 20, 24, 18, 30, 40)


class RowState(StrEnum):
    """What a row of the file would become."""

    NEW = "new"
    KNOWN = "known"
    DIFFERS = "differs"
    TWICE = "twice"
    WRONG = "wrong"
    POST = "post"


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row as text by column, with the number that the spreadsheet program shows beside it."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """A row that was looked at: what it would become, the task it says, or what has to be put right."""

    number: int
    name: str
    state: RowState
    draft: TaskDraft | None = None
    holder: str = ""
    problem: Refused | None = None


class ColumnsMissing(ValueError):
    """The file has no column for these headings."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        super().__init__(headings)
        self.headings = headings


def sheet_rows(*, header: tuple[str, ...], rows: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[SheetRow, ...]:
    """The rows by column. Raises ColumnsMissing; Refused `rows_many`. Columns that mean nothing here are left out."""
    places = {code: place for place, heading in enumerate(header) if (code := _column(heading))}
    missing = tuple(heading for code, (heading, _, needed) in COLUMNS.items() if needed and code not in places)
    if missing:
        raise ColumnsMissing(missing)
    found = tuple(
        SheetRow(
            number=number,
            cells={code: cells[place] for code, place in places.items() if place < len(cells)},
        )
        for number, cells in rows
    )
    if len(found) > MOST_ROWS:
        raise Refused("rows_many", values={"most": MOST_ROWS})
    return found


def checked_rows(
    *,
    rows: Iterable[SheetRow],
    workplace: Workplace,
    tasks: Iterable[Task],
    holders: Mapping[str, Holder],
    makes_posts: bool = False,
) -> tuple[CheckedRow, ...]:
    """Each row with what it would become. `holders`: posts by name in small letters; `makes_posts` adds new ones."""
    listed = {_key(task.name, task.holder.name if task.holder else "", task.place, task.slots): task for task in tasks}
    seen: set[tuple[Any, ...]] = set()
    return tuple(
        _checked(row, workplace=workplace, listed=listed, seen=seen, holders=holders, makes_posts=makes_posts)
        for row in rows
    )


def _checked(
    row: SheetRow,
    *,
    workplace: Workplace,
    listed: Mapping[tuple[Any, ...], Task],
    seen: set[tuple[Any, ...]],
    holders: Mapping[str, Holder],
    makes_posts: bool,
) -> CheckedRow:
    name, post = _plain(row.cells.get("name", "")), _post(row)
    try:
        draft = _draft(row, workplace=workplace, holders=holders)
    except Refused as problem:
        return CheckedRow(number=row.number, name=name, state=RowState.WRONG, problem=problem)
    key = _key(draft.name, post, draft.place, draft.slots)
    state = RowState.NEW
    if key in seen:
        state = RowState.TWICE
    elif key in listed:
        state = RowState.KNOWN if listed[key].hours == draft.hours else RowState.DIFFERS
    elif post and post.casefold() not in holders and not makes_posts:
        state = RowState.POST
    seen.add(key)
    return CheckedRow(number=row.number, name=draft.name, state=state, draft=draft, holder=post)


def _draft(row: SheetRow, *, workplace: Workplace, holders: Mapping[str, Holder]) -> TaskDraft:
    for code, text in row.cells.items():
        if text.startswith("="):
            raise Refused("formula", fields=(code,), values={"column": COLUMNS[code][0]})
    cells = {code: _plain(text) for code, text in row.cells.items()}
    name = checked_name(cells.get("name", ""))
    hours = hours_read(cells.get("hours", ""))
    slots = slots_read(cells.get("slots", ""))
    is_core = yes_read(cells.get("core", ""))
    if hours is None:
        raise Refused("hours_number", fields=("hours",))
    if slots is None:
        raise Refused("slots_unread", fields=("slots",))
    if is_core is None:
        raise Refused("yes_no", fields=("core",))
    kept = checked_slots(slots, workplace=workplace)
    post = _post(row)
    holder = holders.get(post.casefold())
    if holder is not None and holder.left_on is not None:
        raise Refused("holder_left", fields=("holder",), values={"name": holder.name})
    return TaskDraft(
        name=name,
        hours=checked_hours(hours, slots=kept, workplace=workplace),
        slots=tuple(kept),
        place=checked_text(" ".join(cells.get("place", "").split()), most=LONGEST_PLACE, field="place"),
        holder_id=holder.pk if holder else None,
        new_holder="" if holder or not post else checked_name(post),
        note=checked_text(cells.get("note", ""), most=LONGEST_NOTE, field="note"),
        requires=tuple(checked_skills(_skills_read(cells.get("requires", "")))),
        is_core=is_core,
    )


def tasks_sheet(tasks: Iterable[Task]) -> bytes:
    """The list as XLSX, which can be read in again. Text is text, never a formula; wages are never in it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = "Opgaver"
    for place, (heading, _, _) in enumerate(COLUMNS.values(), start=1):
        sheet.cell(row=1, column=place, value=heading)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[place - 1]
    for number, task in enumerate(tasks, start=2):
        for place, value in enumerate(_cells_of(task), start=1):
            cell = sheet.cell(row=number, column=place)
            if isinstance(value, Decimal):
                cell.value, cell.number_format = float(value), "0.00"
            else:
                cell.value, cell.data_type, cell.number_format = safe_cell(value), "s", "@"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def safe_cell(text: str) -> str:
    """The text so that a spreadsheet shows it and never computes it."""
    kept = keepable(text)
    return "'" + kept if kept.startswith(FORMULA_SIGNS) else kept


def _cells_of(task: Task) -> tuple[str | Decimal, ...]:
    names = {skill.code: skill.name.da for skill in skills()}
    return (
        task.name,
        task.hours,
        slots_written(task.slots),
        task.place,
        task.holder.name if task.holder else "",
        "ja" if task.is_core else "nej",
        ", ".join(names.get(skill, skill) for skill in task.requires),
        task.note,
    )


def _post(row: SheetRow) -> str:
    return " ".join(_plain(row.cells.get("holder", "")).split())


def _column(heading: str) -> str:
    word = " ".join(heading.split()).casefold()
    return next((code for code, (own, others, _) in COLUMNS.items() if word in (own.casefold(), *others)), "")


def _plain(text: str) -> str:
    """What was written, without the sign that keeps it from being a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_SIGNS else text


def _key(name: str, holder: str, place: str, slots: Iterable[str]) -> tuple[Any, ...]:
    """What makes two rows the same task: what, whose, where and when; the hours may have been corrected."""
    return (*(" ".join(text.split()).casefold() for text in (name, holder, place)), tuple(sorted(slots)))


def _skills_read(text: str) -> tuple[str, ...]:
    codes = {word.casefold(): skill.code for skill in skills() for word in (skill.code, skill.name.da, skill.name.en)}
    left, found = text, []
    # Names of skills hold commas themselves: whole names are taken first.
    for word in sorted(codes, key=len, reverse=True):
        at = left.casefold().find(word)
        if at >= 0 and _is_whole(left, at, at + len(word)):
            found.append(codes[word])
            left = left[:at] + "," + left[at + len(word) :]
    return (*found, *(part.strip() for part in left.split(",") if part.strip()))


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[:start].rstrip()[-1:] or ",").isalnum() and not (text[end:].lstrip()[:1] or ",").isalnum()


def posts_by_name(rows: Iterable[Holder]) -> dict[str, Holder]:
    """Posts by name in small letters."""
    return {row.name.casefold(): row for row in rows}


def as_cells(row: SheetRow) -> list[Any]:
    """A row to be carried in a form: its number and its cells in the order of the columns."""
    return [row.number, *(row.cells.get(code, "") for code in COLUMNS)]


def from_cells(cells: list[Any]) -> SheetRow:
    """A row that was carried in a form. Raises Refused `rows_unread` when it is none."""
    if len(cells) != len(COLUMNS) + 1 or not isinstance(cells[0], int) or isinstance(cells[0], bool):
        raise Refused("rows_unread")
    if not all(isinstance(cell, str) and _can_be_kept(cell) for cell in cells[1:]):
        raise Refused("rows_unread")
    return SheetRow(number=cells[0], cells={code: cell for code, cell in zip(COLUMNS, cells[1:], strict=True) if cell})


def _can_be_kept(text: str) -> bool:
    """JSON can hold signs that neither a spreadsheet nor the database can."""
    return len(text) <= LONGEST_CELL and "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
