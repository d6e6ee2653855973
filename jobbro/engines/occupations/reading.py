"""Tables of other people read strictly: every refusal names file, line and field, and says in Danish what to do."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MAX_BYTES = 200_000_000
MAX_ROWS = 3_000_000


class SourceError(ValueError):
    """A source file is not as it should be; says file, line, field and what to do, in Danish."""

    def __init__(self, *, file: str, line: int, field: str, reason: str) -> None:
        place = f"{file}, linje {line}" + (f", {field}" if field else "")
        super().__init__(f"{place}: {reason}")
        self.file = file
        self.line = line
        self.field = field
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a source file: its values by column, and where it stands."""

    file: str
    line: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """The value of a column that must not be empty. Raises `SourceError`."""
        value = self.values[column].strip()
        if not value:
            raise self.error(column, "feltet er tomt, men skal være udfyldt.")
        return value

    def number(self, column: str, *, low: float, high: float) -> float:
        """The value of a column as a number from `low` to `high`. Raises `SourceError`."""
        return number(self.values[column], row=self, field=column, low=low, high=high)

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The value of a column that is one of `allowed`. Raises `SourceError`."""
        value = self.values[column].strip()
        if value not in allowed:
            raise self.error(column, f"{value!r} er ikke en af værdierne {', '.join(allowed)}.")
        return value

    def error(self, field: str, reason: str) -> SourceError:
        """A refusal of this row."""
        return SourceError(file=self.file, line=self.line, field=field, reason=reason)


def number(text: str, *, row: Row, field: str, low: float, high: float) -> float:
    """`text` as a finite number from `low` to `high`. Raises `SourceError`."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise row.error(field, f"{text!r} er ikke et tal fra {low:g} til {high:g}.")
    return value


def read_rows(
    path: Path, *, columns: Sequence[str], delimiter: str = ",", header_line: int = 1, max_bytes: int = MAX_BYTES
) -> Iterator[Row]:
    """The rows under the header in line `header_line`, with at least `columns`; empty lines are left out.

    Raises `SourceError` for a file that is missing, too large, not UTF-8, without one of the columns, or with a row of
    another length than its header.
    """
    lines = read_lines(path, delimiter=delimiter, max_bytes=max_bytes)
    header = next((cells for line, cells in lines if line >= header_line), None)
    if header is None:
        raise SourceError(file=path.name, line=1, field="", reason="filen har ingen rækker.")
    header = [name.strip() for name in header]
    for column in columns:
        if header.count(column) != 1:
            found = "findes ikke" if column not in header else "står flere gange"
            reason = f"kolonnen {found}. Brug den officielle fil, som den blev hentet."
            raise SourceError(file=path.name, line=header_line, field=column, reason=reason)
    for line, cells in lines:
        if cells:
            if len(cells) != len(header):
                reason = f"rækken har {len(cells)} felter, men overskriften har {len(header)}."
                raise SourceError(file=path.name, line=line, field="", reason=reason)
            yield Row(file=path.name, line=line, values=dict(zip(header, cells, strict=True)))


def read_lines(path: Path, *, delimiter: str = ",", max_bytes: int = MAX_BYTES) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each record. Raises `SourceError`."""
    text = _text(path, max_bytes=max_bytes)
    # Files of O*NET are plain tab-separated text: a quotation mark in them is a quotation mark.
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    started = 1
    try:
        for count, cells in enumerate(reader):
            if count > MAX_ROWS:
                reason = f"filen har flere end {MAX_ROWS} rækker. Er det den rigtige fil?"
                raise SourceError(file=path.name, line=started, field="", reason=reason)
            yield started, cells
            started = reader.line_num + 1
    except csv.Error as error:
        reason = f"rækken kan ikke læses som CSV ({error})."
        raise SourceError(file=path.name, line=started, field="", reason=reason) from error


def _text(path: Path, *, max_bytes: int) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        reason = f"filen kan ikke læses ({error.strerror}). Læg den i mappen, og prøv igen."
        raise SourceError(file=path.name, line=1, field="", reason=reason) from error
    if len(content) > max_bytes:
        reason = f"filen er større end {max_bytes // 1_000_000} MB. Er det den rigtige fil?"
        raise SourceError(file=path.name, line=1, field="", reason=reason)
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "tegnsættet er ikke UTF-8. Gem filen som UTF-8, eller hent den igen."
        raise SourceError(file=path.name, line=line, field="", reason=reason) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(file=path.name, line=line, field="", reason="filen har et nul-tegn og er ikke en tekstfil.")
    return text
