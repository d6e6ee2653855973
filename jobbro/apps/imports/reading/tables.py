"""What is read from a file, whatever its format."""

from collections.abc import Iterable
from dataclasses import dataclass

from jobbro.apps.imports.enums import Refusal

ROW_LIMIT = 20_000
COLUMN_LIMIT = 100
# Rows that are only looked at to find the next one with text; a file of empty rows is no file.
LOOKED_AT = 200_000
CELL_LIMIT = 1_000


class Unreadable(ValueError):
    """The file cannot be read; `code` says why."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class TextRow:
    """One row with the number that the spreadsheet program shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The first row with text, and the rows with text below it."""

    header: tuple[str, ...]
    rows: tuple[TextRow, ...]


def table_of(rows: Iterable[tuple[str, ...]]) -> Table:
    """The rows as a table; raises Unreadable when there are too many or none."""
    found: list[TextRow] = []
    for number, cells in enumerate(rows, start=1):
        if number > LOOKED_AT or len(found) > ROW_LIMIT + 1:
            raise Unreadable(Refusal.TOO_MANY_ROWS)
        kept = _without_empty_end(cells)
        if not kept:
            continue
        if len(kept) > COLUMN_LIMIT:
            raise Unreadable(Refusal.TOO_MANY_COLUMNS)
        found.append(TextRow(number=number, cells=kept))
    if not found:
        raise Unreadable(Refusal.EMPTY)
    if len(found) > ROW_LIMIT + 1:
        raise Unreadable(Refusal.TOO_MANY_ROWS)
    return Table(header=found[0].cells, rows=tuple(found[1:]))


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    # One sign more than there is room for is enough to tell that a cell is too long.
    cut = [cell.strip()[: CELL_LIMIT + 1] for cell in cells]
    while cut and not cut[-1]:
        cut.pop()
    return tuple(cut)
