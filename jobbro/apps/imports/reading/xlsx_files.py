"""XLSX, unpacked with limits; formulas are never evaluated, links never followed, macros never opened."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from jobbro.apps.imports.enums import Refusal

from .tables import COLUMN_LIMIT, Table, Unreadable, table_of

UNPACKED_LIMIT = 120 * 1024 * 1024
RATIO_LIMIT = 250
# Small members squeeze well without harm: the ratio counts from here.
RATIO_FROM = 1024 * 1024
MEMBER_LIMIT = 1_000
SHEET_LIMIT = 50
CHUNK = 256 * 1024
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    # Both XML readers say it this way when a part is no XML.
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    OSError,
    AttributeError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


def read_xlsx(*, content: bytes) -> Table:
    """The rows of the first sheet; raises Unreadable when the file is broken, hostile or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive)
            _check_unpacked(archive)
        return _first_sheet(content)
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable(Refusal.NOT_A_TABLE) from None


def _check_directory(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename.lower() for member in members}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(Refusal.MACROS)
    if "xl/workbook.xml" not in names:
        raise Unreadable(Refusal.NOT_A_TABLE)
    if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > SHEET_LIMIT:
        raise Unreadable(Refusal.TOO_MANY_SHEETS)
    if len(members) > MEMBER_LIMIT or sum(member.file_size for member in members) > UNPACKED_LIMIT:
        raise Unreadable(Refusal.HOSTILE)
    if any(_is_squeezed(member) or member.flag_bits & 1 for member in members):
        raise Unreadable(Refusal.HOSTILE)


def _is_squeezed(member: zipfile.ZipInfo) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)


def _check_unpacked(archive: zipfile.ZipFile) -> None:
    """What the directory promises is not trusted: every member is unpacked once, counted and thrown away."""
    unpacked = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > UNPACKED_LIMIT or b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                    raise Unreadable(Refusal.HOSTILE)


def _first_sheet(content: bytes) -> Table:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        if not book.worksheets:
            raise Unreadable(Refusal.EMPTY)
        sheet = book.worksheets[0]
        # The size that the sheet claims is not its size.
        sheet.reset_dimensions()
        return table_of(_rows(sheet))
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    # Rows that the file leaves out come as one and the same object: a file of one row with a high number says 200,000
    # times nothing, and reading each of its cells took 12 seconds.
    blank: Any = None
    for row in sheet.iter_rows(max_col=COLUMN_LIMIT + 1):
        if row is blank:
            yield ()
            continue
        cells = tuple(_text(cell) for cell in row)
        blank = blank if any(cells) else row
        yield cells


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return "=" + str(value).removeprefix("=")
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d-%m-%Y")
    return str(value)
