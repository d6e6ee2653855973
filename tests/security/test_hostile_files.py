"""Small files that ask for much work, and parts that are no XML."""

import io
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from jobbro.apps.imports.reading import Unreadable, read_table
from jobbro.apps.jobs.openings_bringing import demand_read
from jobbro.apps.jobs.sheet_words import hours_read, slots_read

LIMIT = 10 * 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE l [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><Types>&b;</Types>'


def _workbook(**parts: bytes) -> io.BytesIO:
    """A plain workbook with some of its parts exchanged."""
    plain, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["CPR"])
    book.save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    made.seek(0)
    return made


def _sheet(row: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{row}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize("number", [1_048_576, 999_999_999_999])
def test_one_row_far_down_is_refused_at_once(number: int) -> None:
    file = _workbook(**{SHEET: _sheet(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>')})
    began = time.process_time()
    with pytest.raises(Unreadable):
        read_table(file=file, limit=LIMIT)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", SHEET])
@pytest.mark.parametrize("content", [ENTITIES.encode("utf-16"), b"<a", b"\xff\xfe", b""])
def test_a_part_that_is_no_xml_is_refused(part: str, content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_table(file=_workbook(**{part: content}), limit=LIMIT)


@pytest.mark.parametrize("read", [demand_read, hours_read, slots_read])
@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\xa0", " \n"])
def test_a_cell_full_of_blanks_takes_no_time(read: Callable[[str], object], blank: str) -> None:
    """A pattern that tries every way to share out the blanks would take minutes."""
    began = time.process_time()
    for start in ("1", "1 timer", "mandag", "stå"):
        assert read(f"{start}{blank * 30_000}b") is None
    assert time.process_time() - began < 1
